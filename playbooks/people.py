"""The people an action takes account of."""

from dataclasses import dataclass
from datetime import time

from playbooks.leave import Leave


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workspace, with what their reminders and texts need."""

    id: str
    name: str
    zone: str = "UTC"  # IANA name
    language: str = "en"
    from_hour: time = time(9)
    to_hour: time = time(18)
    is_bot: bool = False
    is_external: bool = False  # guest, or of another company
    handle: str = ""
    calendar: str = ""  # the country whose days off they keep, such as CN; empty: that of the run
    digest_at: time = time(10)  # when reminders and the digest come, on their working days
    digest_daily: bool = False  # a digest on every day with something to say, not for many only
    leaves: tuple[Leave, ...] = ()  # those that hold, now or later

    @property
    def morning(self) -> time:
        """When reminders come on their working days: within their hours, whatever they set."""
        return self.digest_at if self.from_hour <= self.digest_at < self.to_hour else self.from_hour
