"""`sopbot db`: the database's shape."""

import typer

from bot.settings import Settings
from storage.database import Database

database_app = typer.Typer(
    help="Look after the database of DATABASE_URL.", no_args_is_help=True, rich_markup_mode=None
)


@database_app.command(epilog="Example: sopbot db upgrade")
def upgrade() -> None:
    """Bring an empty or older database up to date."""
    database = Database(Settings.read().database_url)
    database.upgrade()
    typer.echo(f"the database is at {database.current()}")
    database.close()


@database_app.command(epilog="Example: sopbot db current")
def current() -> None:
    """Print the revision the database is at."""
    database = Database(Settings.read().database_url)
    typer.echo(database.current() or "empty")
    database.close()


@database_app.command(epilog="Example: sopbot db check")
def check() -> None:
    """Exit 1 where the database is not what this version works with."""
    database = Database(Settings.read().database_url)
    is_current = database.is_current()
    database.close()
    if not is_current:
        typer.echo("the database is not up to date: run sopbot db upgrade", err=True)
        raise typer.Exit(1)
    typer.echo("the database is up to date")
