"""What goes wrong at the command line: one line on stderr that says what to do, and an exit code.

1 is a fault that was found, 2 a command that was used wrongly.
"""

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import typer
from pydantic import ValidationError
from typer.core import TyperGroup
from typer.exceptions import TyperException

from bot.os_errors import reason_of
from bot.settings import WrongSettings
from playbooks.type_words import say_type
from storage.database import DatabaseError, WrongUrl, driver_reason


class Commands(TyperGroup):
    """A group of commands that fail in one line, without a trace."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Bare `sopbot` shows the help; a bare group names the commands it has."""
        if not args and ctx.parent is None:
            args = ["--help"]
        elif not args:
            ctx.fail(f"missing command, one of {', '.join(self.commands)}")
        return super().parse_args(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command, and exit with its code."""
        given = (args, prog_name, complete_var, False, windows_expand_args)
        if not standalone_mode:
            return super().main(*given, **extra)
        try:
            code = super().main(*given, **extra)
        except (TyperException, WrongSettings, DatabaseError, OSError, RuntimeError) as error:
            code, line = told(error)
            tell(line)
        sys.exit(code if isinstance(code, int) else 0)


def fail(line: str, code: int = 2) -> NoReturn:
    """End the command."""
    tell(line)
    raise typer.Exit(code)


def tell(line: str) -> None:
    """Say in one line on stderr what is wrong and what to do."""
    typer.echo(f"sopbot: {' '.join(line.split())}", err=True)


def told(error: Exception) -> tuple[int, str]:
    """The exit code and the line of what a command was stopped by."""
    match error:
        case TyperException():
            return error.exit_code, _misused(error)
        case WrongSettings() | WrongUrl():
            return 2, str(error)
        case DatabaseError():
            return 1, f"the database cannot be used ({driver_reason(error)}): check DATABASE_URL"
        case OSError():
            place = f" {str(error.filename)!r}" if error.filename else ""
            return 1, f"{reason_of(error)}{place}: check paths, rights and free space"
        case _:
            return 1, str(error) or "stopped"


def _misused(error: TyperException) -> str:
    words = error.format_message().strip().rstrip(".")
    if isinstance(cause := error.__cause__, ValidationError):
        detail = cause.errors(include_input=False, include_url=False)[0]
        words = words.replace(detail["msg"], say_type(detail))
    words = words[:1].lower() + words[1:]
    if near := getattr(error, "possibilities", None):  # of an option
        return f"unknown option {getattr(error, 'option_name', '')}: did you mean {near[0]}?"
    if words.endswith("?"):  # a command near to what was typed
        return words.replace(". Did you", ": did you")
    context = getattr(error, "ctx", None)
    return f"{words}: run {context.command_path if context else 'the command with'} --help"
