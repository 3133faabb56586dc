"""The time, as everything that is not pure asks for it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Somebody who knows what time it is."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """This moment."""
        return datetime.now(UTC)
