"""Migrations bring any older database to the tables; a newer one is refused."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from storage.columns import metadata
from storage.database import Database
from storage.engine import open_engine
from storage.schema import TooNew


def test_an_empty_database_is_brought_up_to_date(empty_url: str) -> None:
    database = Database(empty_url)
    assert database.current() is None
    assert not database.is_current()
    database.upgrade()
    assert database.is_current()
    database.close()


def test_migrations_make_exactly_the_tables(url: str) -> None:
    engine = open_engine(url, threads=1)
    with engine.begin() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        assert found == []
        assert indexes(connection) == {
            str(index.name): index.dialect_options["sqlite"]["where"] is not None
            for table in metadata.tables.values()
            for index in table.indexes
        }
    engine.dispose()


def indexes(connection: Connection) -> dict[str, bool]:
    """Whether each index is partial, which Alembic does not compare."""
    queries = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index'",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }
    rows = connection.execute(text(queries[connection.dialect.name]))
    return {name: " WHERE " in sql for name, sql in rows if name.startswith("ix_")}


def test_upgrading_twice_changes_nothing(url: str) -> None:
    database = Database(url)
    before = database.current()
    database.upgrade()
    assert database.current() == before
    database.close()


def test_a_newer_database_is_refused_in_one_line_and_left_alone(url: str) -> None:
    engine = open_engine(url, threads=1)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    database = Database(url)
    with pytest.raises(TooNew) as refused:
        database.upgrade()
    assert "9999" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert database.current() == "9999"
    assert not database.is_current()
    database.close()


def test_a_failed_upgrade_leaves_an_empty_database(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: Connection) -> None:
        raise ZeroDivisionError

    database = Database(empty_url)
    upgrade = "storage.schema.upgrade"
    with monkeypatch.context() as patch:
        patch.setattr(upgrade, fail)
        with pytest.raises(ZeroDivisionError):
            database.upgrade()
    assert database.current() is None
    database.upgrade()
    assert database.is_current()
    database.close()


def test_every_revision_stands_in_one_line(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    database.upgrade()
    assert database.current() == "0012"
    database.close()
