"""Run commands as people type them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

from bot.cli import app

SCRIPT = str(Path(sys.executable).with_name("sopbot"))


def sopbot(*words: str) -> Result:
    """Run a command in this process; a traceback fails the test."""
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def in_a_shell(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a process of its own."""
    return subprocess.run(
        [SCRIPT, *words], capture_output=True, text=True, check=False, timeout=60,
        env=os.environ | environment,
    )  # fmt: skip


def assert_one_line(
    result: Result | subprocess.CompletedProcess[str], code: int, *parts: str
) -> None:
    """A command failed with this code, and said so in one line that holds these parts."""
    found = result.exit_code if isinstance(result, Result) else result.returncode
    assert (found, result.stdout) == (code, ""), result.stderr
    assert result.stderr.startswith("sopbot: ")
    assert result.stderr.endswith("\n")
    assert len(result.stderr.splitlines()) == 1
    for part in parts:
        assert part in result.stderr


def all_commands(command: Any = None, *words: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The words of every command, the outermost first, and whether it is a group of others."""
    command = command or typer.main.get_command(app)
    inner = getattr(command, "commands", {})
    yield words, bool(inner)
    for name, each in inner.items():
        yield from all_commands(each, *words, name)
