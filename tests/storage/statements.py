"""What is sent to the databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def executed() -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements sent to any database, and their values."""
    sent: list[tuple[str, Any]] = []

    def note(*details: Any) -> None:
        sent.append((details[2], details[3]))

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)
