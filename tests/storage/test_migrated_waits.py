"""Whose turn it was to decide before the upgrade still waits for them after it."""

from datetime import date, time
from typing import Any

from alembic import command
from sqlalchemy import Connection, Date, DateTime, MetaData, Table, Time

from storage import schema
from storage.database import Database
from storage.engine import open_engine
from tests.storage.factories import AT, HERE

RUN = {"workspace": HERE, "id": "r1", "version": "v1", "status": "active"}


def made_up(table: Table, **known: Any) -> dict[str, Any]:
    """A row whose other columns hold anything of their type."""
    held: dict[str, Any] = {}
    for column in table.columns:
        kind = column.type
        if isinstance(kind, DateTime):
            held[column.name] = AT.replace(tzinfo=None)
        elif isinstance(kind, Date):
            held[column.name] = date(2026, 3, 2)
        elif isinstance(kind, Time):
            held[column.name] = time(9)
        elif kind.python_type in {int, bool}:
            held[column.name] = kind.python_type(0)
        else:
            held[column.name] = {} if kind.python_type is dict else ""
    return held | known


def fill_before(connection: Connection) -> None:
    """A database of the version before, in which a run waits for a decision."""
    config = schema._config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0007")
    old = MetaData()
    old.reflect(connection)
    tables = old.tables
    connection.execute(
        tables["playbooks"].insert(), made_up(tables["playbooks"], workspace=HERE, version="v1")
    )
    connection.execute(tables["runs"].insert(), made_up(tables["runs"], **RUN))
    turn = {"workspace": HERE, "run_id": "r1", "step": "brief", "person": "UHEAD"}
    connection.execute(tables["turns"].insert(), turn)


def test_a_turn_to_decide_is_a_wait_after_the_upgrade(empty_url: str) -> None:
    engine = open_engine(empty_url, threads=1)
    with engine.begin() as connection:
        fill_before(connection)
    engine.dispose()
    database = Database(empty_url)
    database.upgrade()
    found = database.run_now(lambda tx: tx.waits.of("UHEAD", "decide", workspace=HERE, limit=9))
    database.close()
    assert [(run_id, wait.kind, wait.subject) for run_id, wait in found] == [
        ("r1", "decide", "brief")
    ]
