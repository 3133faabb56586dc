"""A run of a playbook: one frozen aggregate of its steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from playbooks.calendars import WorkCalendar
from playbooks.definition import Playbook, PlaybookStep
from playbooks.events import Event, EventKind
from playbooks.records import (
    Answer,
    Comment,
    Evidence,
    GateMove,
    Move,
    Override,
    Pause,
    Tick,
    Version,
)

__all__ = [
    "Change", "Comment", "Event", "EventKind", "Evidence", "Refused", "Run", "RunStatus", "Step",
    "StepStatus", "Tick",
]  # fmt: skip


class RunStatus(StrEnum):
    """Where a run is."""

    ACTIVE = "active"
    PAUSED = "paused"  # nothing is sent for it until it is resumed
    FINISHED = "finished"  # every step closed, every gate passed
    CANCELLED = "cancelled"


class StepStatus(StrEnum):
    """Where a step is."""

    WAITING = "waiting"  # for the steps it needs, or for a gate
    ACTIVE = "active"
    DECIDING = "deciding"  # submitted, its approvers have not all decided
    DONE = "done"
    SKIPPED = "skipped"  # by a person, with a reason
    OFF = "off"  # switched off by its `when:` condition, or outside the tier


OPEN = frozenset({StepStatus.WAITING, StepStatus.ACTIVE, StepStatus.DECIDING})


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work of a run, or one occurrence of it, with exactly one owner."""

    key: str  # the step's id, or "<id>.<n>" where it occurs more than once
    id: str  # the step's id in the playbook
    occurrence: int  # 0 where it occurs once, else 1, 2, …
    role: str
    owner: str  # a Slack user id, never empty
    owner_from: Literal["role", "backup", "lead", "assigned", "leave"] = "role"
    stands_for: str = ""  # whose step it is, while the owner stands in for them
    stands_until: date | None = None  # their last day away
    reach: str = ""  # an outsider's name the owner must reach
    status: StepStatus = StepStatus.WAITING
    due_at: datetime | None = None  # planned while a step it counts from is open
    due_planned: bool = False  # True while `due_at` hangs on an open step
    due_by_hand: bool = False  # somebody gave it its date, which moves with no other
    compressed: bool = False  # would have been late at the start, so due at once
    remind_at: datetime | None = None
    ack_at: datetime | None = None  # when whoever has not acknowledged a decision is asked again
    reminded: int = 0  # reminders said since it opened
    snoozes: int = 0  # how often its reminders were put off
    held_at: datetime | None = None  # when its reminder was held back: the owner had had enough
    escalated: int = 0  # 1: the lead has heard that it is late, 2: the head has too
    tell_to: str = ""  # who is to hear that it is late
    tell_at: datetime | None = None
    active_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: str = ""  # why it was skipped or switched off
    help_by: str = ""  # who asked for help; stops the nagging
    ticks: tuple[Tick, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    comments: tuple[Comment, ...] = ()
    answers: tuple[Answer, ...] = ()
    overrides: tuple[Override, ...] = ()
    versions: tuple[Version, ...] = ()
    moves: tuple[Move, ...] = ()
    rounds: int = 0  # how often it was opened again
    freeze_at: datetime | None = None  # when its files are fetched (again); None: nothing to do
    freeze_tries: int = 0  # attempts to fetch them so far

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.status not in OPEN

    @property
    def version(self) -> Version | None:
        """What was submitted last."""
        return self.versions[-1] if self.versions else None

    def ticked(self) -> frozenset[str]:
        """The ids of the items done."""
        return frozenset(tick.item for tick in self.ticks)


@dataclass(frozen=True, slots=True)
class Run:
    """One campaign following a playbook in a channel."""

    id: str
    workspace: str
    playbook: Playbook
    version: str  # content hash of the playbook it is pinned to
    name: str
    channel: str
    language: str
    calendar: str  # such as CN; decides working days
    zone: str  # IANA name; used where nobody is named
    start_on: date
    anchor_on: date | None
    lead: str
    people: Mapping[str, tuple[str, ...]]  # role → Slack user ids, the accountable one first
    outsiders: Mapping[str, str]  # role → name of somebody without Slack
    params: Mapping[str, str]
    started_by: str
    started_at: datetime
    tier: str = ""
    stand_in: str = ""  # decides where somebody would decide twice, or about their own work
    code: str = ""  # the project's, issued when both sides have signed
    established_at: datetime | None = None
    redraw_at: datetime | None = None  # when its cards are drawn for a new day
    gates: tuple[GateMove, ...] = ()  # what has been said at the gates of its phases
    gate_at: datetime | None = None  # when the clock speaks of an open gate
    pauses: tuple[Pause, ...] = ()  # when it stood still; the last may last
    status: RunStatus = RunStatus.ACTIVE
    ended_at: datetime | None = None
    ended_by: str = ""
    reason: str = ""
    steps: tuple[Step, ...] = ()
    own_days: Mapping[date, bool] = field(default_factory=dict)  # of the company: whether worked

    @property
    def work_calendar(self) -> WorkCalendar:
        """The days the run counts as worked."""
        return WorkCalendar(self.calendar, self.own_days)

    @property
    def pause(self) -> Pause | None:
        """The pause it is in."""
        return self.pauses[-1] if self.pauses and self.status is RunStatus.PAUSED else None

    def step(self, key: str) -> Step | None:
        """The step with this key."""
        return next((step for step in self.steps if step.key == key), None)

    def of(self, id_: str) -> tuple[Step, ...]:
        """Every occurrence of a playbook step."""
        return tuple(step for step in self.steps if step.id == id_)

    def told(self, step: Step) -> PlaybookStep:
        """What the playbook says of a step."""
        return self.playbook.steps_by_id[step.id]

    def with_step(self, step: Step) -> "Run":
        """The run with one step replaced."""
        return replace(self, steps=tuple(step if s.key == step.key else s for s in self.steps))

    def unmet(self, step: Step) -> Iterator[Step]:
        """The open steps that this one waits for, earlier occurrences of itself included."""
        needed = (other for id_ in self.told(step).needs for other in self.of(id_))
        repeat = self.told(step).repeat
        series = () if repeat and repeat.on_demand else self.of(step.id)
        before = (other for other in series if other.occurrence < step.occurrence)
        return (other for other in (*needed, *before) if not other.is_closed)


@dataclass(frozen=True, slots=True)
class Change:
    """The new run and the events that explain it."""

    run: Run
    events: tuple[Event, ...]


class Refused(Exception):
    """The rules do not allow the action: a code for `bot/words`, and the facts it names."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.run: Run | None = None  # known where the action had one
        self.event: Event | None = None  # what is kept of the try, where it is kept
