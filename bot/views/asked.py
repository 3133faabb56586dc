"""One level of a submitted version, and who reads the request about it."""

from dataclasses import dataclass
from typing import Literal

from bot.refs import DecisionRef
from bot.views.markup import Markup, title
from playbooks.calendars import Facts
from playbooks.levels import deciders, standing
from playbooks.parts import approved_by, recalls
from playbooks.questions import Level
from playbooks.records import Move, Version
from playbooks.run import Run, RunStatus, Step, StepStatus

State = Literal["open", "elsewhere", "over"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One level of a version of a step, and what its card needs to be drawn."""

    run: Run
    step: Step
    version: Version  # what is decided on
    level: Level
    facts: Facts
    language: str
    reader: str = ""  # whose direct messages it stands in; empty in the step's thread
    nth: int = 1  # how often it has been asked: anew where the decision before it was undone

    @property
    def ref(self) -> str:
        """What its buttons act on."""
        return str(DecisionRef(self.run.id, self.step.key, self.version.number, self.level.level))

    @property
    def recalled(self) -> Move | None:
        """The decision whose undoing took this request back; the next one is a new message."""
        return next(iter(recalls(self.step, self.version, self.level)[self.nth - 1 :]), None)

    @property
    def is_open(self) -> bool:
        """Whether it is to be decided now."""
        if self.recalled:
            return False
        under_way = self.step.status is StepStatus.DECIDING and self.version == self.step.version
        now = standing(self.run, self.step) if self.run.status is RunStatus.ACTIVE else None
        return bool(under_way and now and self.level in now.open)

    @property
    def state(self) -> State:
        """What its reader sees: to be decided, by others than them, or over."""
        if not self.is_open:
            return "over"
        if not self.reader or self.reader in deciders(self.run, self.step, self.level):
            return "open"
        return "over" if self.reader in approved_by(self.step, self.level) else "elsewhere"


def level_name(run: Run, level: Level, language: str) -> Markup:
    """What a level is called: its title, or its role's."""
    told = level.title or run.playbook.roles[level.by].title
    return title(told.to(language), 60)
