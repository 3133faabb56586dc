"""Somebody is away for some days, or leaves for good: who stands in, and who has agreed to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from playbooks.events import Event

LeaveState = Literal[
    "asked", "accepted", "declined",  # by the deputy
    "ended", "cancelled",  # over, or never begun
    "leaving", "left",  # for good: everything goes to the deputy
]  # fmt: skip
OPEN: frozenset[LeaveState] = frozenset({"asked", "accepted", "declined"})


@dataclass(frozen=True, slots=True)
class Leave:
    """One absence of one person; the days are theirs, both included."""

    id: str
    workspace: str
    person: str
    from_on: date
    until_on: date
    deputy: str
    state: LeaveState
    set_by: str  # the person, or the lead of a run of theirs
    set_at: datetime
    answered_at: datetime | None = None
    comment: str = ""
    asks: tuple[str, ...] = ()  # whom it was asked of, in order; the last one counts
    told: tuple[str, ...] = ()  # who has had the list of what came to them
    turn_at: datetime | None = None  # when the clock acts next

    @property
    def is_open(self) -> bool:
        """Whether it holds, now or later."""
        return self.state in OPEN

    @property
    def is_held(self) -> bool:
        """Whether the deputy stands in.

        A lead hands work over without asking, so whom they name holds it at once and may decline.
        """
        ordered = self.state == "asked" and self.set_by != self.person
        return self.state == "accepted" or ordered

    def covers(self, at: datetime, zone: str) -> bool:
        """Whether somebody who lives in `zone` is away at a moment."""
        today = at.astimezone(ZoneInfo(zone)).date()
        return self.is_open and self.from_on <= today <= self.until_on


@dataclass(frozen=True, slots=True)
class LeaveChange:
    """The new leave and the events that explain it."""

    leave: Leave
    events: tuple[Event, ...] = ()
