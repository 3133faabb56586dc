"""`sopbot rehearse` from the command line: what cannot be rehearsed is told in words."""

import pytest
from typer.testing import CliRunner

from bot.cli import app


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--anchor", "9999-12-31"], "too far away"),
        (["--start", "0001-01-01"], "too far away"),
        (["--start", "2025-09-01", "--anchor", "2025-08-01"], "before the start"),
        (["--anchor", "soon"], "is no day"),
    ],
)
def test_a_day_that_cannot_be_is_refused_without_a_trace(words: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["rehearse", "event", *words])
    assert (result.exit_code, type(result.exception)) == (2, SystemExit)
    assert told in " ".join(result.output.split())
