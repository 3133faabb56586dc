"""One message that should be in Slack, who reads it, and those that stand for a run and a step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.refs import card_key
from bot.views.blocks import Message
from bot.views.dates import Zones
from bot.views.discreet import discreet, discreet_step
from bot.views.runs import build_run_message
from bot.views.steps import build_step_message
from playbooks.calendars import Facts
from playbooks.run import Run, RunStatus, Step, StepStatus


class Subject(Protocol):
    """What a message is about: a run, or something of one person across runs."""

    @property
    def id(self) -> str:
        """The run's; empty where several are meant."""

    @property
    def workspace(self) -> str:
        """Where it is said."""

    @property
    def channel(self) -> str:
        """Whose queue it stands in."""


@dataclass(frozen=True, slots=True)
class Personal:
    """What concerns one person, not one run."""

    workspace: str
    channel: str  # the person, whose queue it stands in
    id: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A frozen file that is sent itself."""

    digest: str
    title: str


@dataclass(frozen=True, slots=True)
class Saying:
    """One message to be there: `living` ones are edited in place, others are said once."""

    key: str  # derived from run, kind, subject and occasion, so that it is never said twice
    kind: str
    subject: str
    draw: Callable[[datetime], Message]
    living: bool = False
    create: bool = True  # whether a living message that is not there yet is posted
    under: "Saying | None" = None  # the living message whose thread it stands in
    to: str = ""  # somebody's direct messages; empty is the run's channel
    broadcast: bool = False
    pinned: bool = False
    called_at: datetime | None = None  # when the clock called for a reminder
    spans: bool = False  # several runs are meant, so that it belongs to none
    enclosure: Enclosure | None = None  # sent in place of what is drawn; carries no metadata

    def metadata(self, run: Subject) -> dict[str, str]:
        """What the message carries for other apps, and for us after a crash."""
        of = self.run_of(run)
        return {"key": self.key, "kind": self.kind, "run": of, "subject": self.subject}

    def run_of(self, run: "Subject") -> str:
        """The id of the run it belongs to, said while `run` has the word; empty for several."""
        return "" if self.spans else run.id


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads it: the people with their languages and zones, and whether strangers do too."""

    outsiders: bool
    facts: Facts

    @property
    def zones(self) -> Zones:
        """Where people's days are counted."""
        return zones_of(self.facts)

    def language_of(self, person: str, run: Run) -> str:
        """What somebody alone reads; empty is the channel."""
        return language_for(person, run, self.facts)


def run_card(run: Run, facts: Facts, *, outsiders: bool = False) -> Saying:
    """The run's own message."""
    zones = zones_of(facts)

    def draw(at: datetime) -> Message:
        shown = discreet(run, at) if outsiders else run
        return build_run_message(shown, at, run.language, zones)

    return Saying(
        key=f"{run.id}/run/{run.channel}", kind="run", subject=run.playbook.id, living=True,
        draw=draw, pinned=True,
    )  # fmt: skip


def step_card(run: Run, step: Step, facts: Facts, *, outsiders: bool = False) -> Saying:
    """A step's own message; posted when the step opens, edited ever after."""
    under_way = step.status in {StepStatus.ACTIVE, StepStatus.DECIDING}
    opens, zones = under_way and run.status is RunStatus.ACTIVE, zones_of(facts)

    def draw(at: datetime) -> Message:
        shown = discreet_step(run, step, at) if outsiders else (run, step)
        return build_step_message(*shown, at, run.language, zones, facts.drafts)

    return Saying(
        key=card_key(run.id, step.key, run.channel), kind="step", subject=step.id, living=True,
        draw=draw, create=opens,
    )  # fmt: skip


def zones_of(facts: Facts) -> Zones:
    """Where each owner's days are counted."""
    return Zones({id_: person.zone for id_, person in facts.people.items()})


def language_for(person: str, run: Run, facts: Facts) -> str:
    """The language to speak to somebody in; the run's where they are not known."""
    known = facts.people.get(person)
    return known.language if known else run.language
