"""Bring a database to the shape of the tables, with Alembic."""

from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

Shape = Literal["empty", "older", "current", "newer"]

# Any number, so long as nobody else on this database locks by it.
_LOCK = 7_672_686


class TooNew(RuntimeError):
    """The database was made by a newer version of the program."""


def bring_up_to_date(connection: Connection) -> None:
    """Upgrade an empty or older database; raise TooNew for a newer one."""
    lock(connection)
    now = shape(connection)
    if now == "newer":
        raise TooNew(
            f"the database is at revision {revision(connection)}, which this version does"
            " not know: install the newer version, or restore a backup"
        )
    if now != "current":
        upgrade(connection)


def lock(connection: Connection) -> None:
    """Wait until no other process upgrades; SQLite's transaction is such a lock already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


def revision(connection: Connection) -> str | None:
    """The revision a database is at; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The newest revision this program knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def knows(revision_: str) -> bool:
    """Whether this program has a migration of that name."""
    scripts = ScriptDirectory.from_config(_config())
    return any(script.revision == revision_ for script in scripts.walk_revisions())


def shape(connection: Connection) -> Shape:
    """How a database stands to this program."""
    now_at = revision(connection)
    if now_at is None:
        return "empty"
    if not knows(now_at):
        return "newer"
    return "current" if now_at == head() else "older"


def upgrade(connection: Connection) -> None:
    """Run the missing migrations within the connection's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config
