"""Keep the workspace's time, which people and tests move forward by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """Tell a moment that stands still, or follows real time, and can be moved forward.

    Without a start it follows real time from now; with one it stands there unless `ticking`.
    """

    def __init__(self, start: datetime | None = None, *, ticking: bool | None = None) -> None:
        self._moment = (start or datetime.now(UTC)).astimezone(UTC)
        self._since = datetime.now(UTC)
        self._ticking = start is None if ticking is None else ticking
        self._heard: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Return the present moment of the workspace, aware, in UTC."""
        if not self._ticking:
            return self._moment
        return self._moment + (datetime.now(UTC) - self._since)

    def advance(self, seconds: float | timedelta) -> datetime:
        """Move forward by a span and return the new moment."""
        span = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        return self.set(self.now() + span)

    def set(self, moment: datetime) -> datetime:
        """Move forward to a moment; a workspace never goes back in time."""
        if moment < self.now():
            raise ValueError("the clock only moves forward")
        self._moment, self._since = moment.astimezone(UTC), datetime.now(UTC)
        for heard in self._heard:
            heard()
        return self._moment

    def subscribe(self, heard: Callable[[], None]) -> None:
        """Call `heard` after each move by hand."""
        self._heard.append(heard)
