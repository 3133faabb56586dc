"""`sopbot db`: the database's shape."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.cli_errors import Commands, fail
from bot.settings import Settings
from storage.database import Database

database_app = typer.Typer(
    help="Look after the database of DATABASE_URL.",
    cls=Commands,
    rich_markup_mode=None,
    epilog="Example: sopbot db upgrade",
)

MEND = {
    "empty": ": sopbot run makes it, or sopbot db upgrade",
    "older": " than this version: run sopbot db upgrade",
    "newer": " than this version: install the newer version, or restore a backup",
}


def fault_of(database: Database) -> str:
    """What keeps this version from working with a database, and what to do; empty if nothing."""
    if folder := database.missing_folder():
        return f"the folder {folder!r} of the database is missing{MEND['empty']}"
    shape = database.shape()
    return "" if shape == "current" else f"the database {database.place} is {shape}{MEND[shape]}"


@contextmanager
def opened() -> Iterator[Database]:
    """The database of DATABASE_URL."""
    database = Database(Settings.read().database_url)
    try:
        yield database
    finally:
        database.close()


@database_app.command(epilog="Example: sopbot db upgrade")
def upgrade() -> None:
    """Bring an empty or older database up to date."""
    with opened() as database:
        database.upgrade()
        typer.echo(f"the database is at {database.current()}")


@database_app.command(epilog="Example: sopbot db current")
def current() -> None:
    """Print the revision the database is at."""
    with opened() as database:
        folder = database.missing_folder()
        none = f"none: the folder {folder!r} is missing" if folder else "empty"
        typer.echo(database.current() or none)


@database_app.command(epilog="Example: sopbot db check")
def check() -> None:
    """Exit 1 where the database is not what this version works with."""
    with opened() as database:
        fault = fault_of(database)
    if fault:
        fail(fault, code=1)
    typer.echo("the database is up to date")
