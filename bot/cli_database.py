"""`sopbot db`: the database's shape."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.cli_errors import Commands, fail
from bot.settings import Settings
from storage.database import Database

database_app = typer.Typer(
    help="Look after the database of DATABASE_URL.", cls=Commands, rich_markup_mode=None
)

MEND = {
    "empty": ": sopbot run makes it, or sopbot db upgrade",
    "older": " than this version: run sopbot db upgrade",
    "newer": " than this version: install the newer version, or restore a backup",
}


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
        typer.echo(database.current() or "empty")


@database_app.command(epilog="Example: sopbot db check")
def check() -> None:
    """Exit 1 where the database is not what this version works with."""
    with opened() as database:
        shape = database.shape()
    if shape != "current":
        fail(f"the database is {shape}{MEND[shape]}", code=1)
    typer.echo("the database is up to date")
