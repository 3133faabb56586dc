"""One message that should be in Slack, and those that stand for a run and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.ids import card_key
from bot.views.blocks import Message
from bot.views.runs import build_run_message
from bot.views.steps import build_step_message
from playbooks.calendars import Facts
from playbooks.run import Run, Step, StepStatus


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
    enclosure: Enclosure | None = None  # sent in place of what is drawn; carries no metadata

    def metadata(self, run: Run) -> dict[str, str]:
        """What the message carries for other apps, and for us after a crash."""
        return {"key": self.key, "kind": self.kind, "run": run.id, "subject": self.subject}


def run_card(run: Run) -> Saying:
    """The run's own message."""
    return Saying(
        key=f"{run.id}/run/{run.channel}", kind="run", subject=run.playbook.id, living=True,
        draw=lambda at: build_run_message(run, at, run.language), pinned=True,
    )  # fmt: skip


def step_card(run: Run, step: Step) -> Saying:
    """A step's own message; posted when the step opens, edited ever after."""
    opens = step.status is StepStatus.ACTIVE and not run.ended_at
    return Saying(
        key=card_key(run.id, step.key, run.channel), kind="step", subject=step.id, living=True,
        draw=lambda at: build_step_message(run, step, at, run.language), create=opens,
    )  # fmt: skip


def language_for(person: str, run: Run, facts: Facts) -> str:
    """The language to speak to somebody in; the run's where they are not known."""
    known = facts.people.get(person)
    return known.language if known else run.language
