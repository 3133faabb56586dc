"""Open steps get the dates that their rules give from another day."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from playbooks.calendars import Facts, local_day
from playbooks.due_dates import due_of, is_past
from playbooks.pausing import later_by
from playbooks.reminders import next_reminder
from playbooks.run import Event, EventKind, Run, Step, StepStatus
from playbooks.start import Late, hurried


@dataclass(frozen=True, slots=True)
class NewDate:
    """What the lead wishes: the day, and what becomes of what it does not fit."""

    anchor_on: date | None  # where a playbook has no anchor, the day the run starts on
    late: Late = "compress"  # what becomes of steps that would already be late
    also: bool = False  # dates given by hand move along
    sent: Collection[str] = ()  # keys of steps of which somebody outside has a link or document


class Redating:
    """Gives one step after the other its new date."""

    def __init__(
        self, before: Run, after: Run, facts: Facts, wish: NewDate, by: str, at: datetime
    ) -> None:
        self.before, self.after = before, after
        self.facts, self.wish, self.by, self.at = facts, wish, by, at
        self.late: list[str] = []
        self.by_hand: list[str] = []
        self.events: list[Event] = []  # what was left out

    def look_at(self, step: Step) -> None:
        """Move a step whose rule gives another day now."""
        was, _ = due_of(self.before, step, self.facts)
        due_at, planned = due_of(self.after, step, self.facts)
        if step.is_closed or due_at == was:
            return
        moved = replace(step, due_at=due_at, due_planned=planned, compressed=False)
        if step.due_by_hand:
            self.by_hand.append(step.key)
            if not (self.wish.also and step.due_at and was and due_at):
                return
            zone = self.facts.person(step.owner).zone
            days = self.facts.calendar.between(local_day(was, zone), local_day(due_at, zone))
            moved = replace(step, due_at=later_by(step.due_at, days, self.facts, zone))
        self._keep(step, moved)

    def _keep(self, step: Step, moved: Step) -> None:
        if is_past(moved.due_at, self.at, self.facts.person(step.owner).zone):
            self.late.append(step.key)
            moved = self._hurried(step, moved)
        if moved.status is StepStatus.ACTIVE and moved.due_at != step.due_at:
            again = next_reminder(self.after, moved, self.facts, after=self.at)
            moved = replace(moved, remind_at=again)
        self.after = self.after.with_step(moved)

    def _hurried(self, step: Step, moved: Step) -> Step:
        """What becomes of a step whose new date has passed; nobody's decision is left out."""
        if self.wish.late == "skip" and step.status is StepStatus.DECIDING:
            return moved
        if self.wish.late == "compress" and step.compressed and not self._is_past(step):
            return step  # the date that somebody works towards already
        hurry = hurried(self.after, moved, self.facts, self.wish.late, by=self.by, at=self.at)
        if hurry.status is StepStatus.SKIPPED:
            told = {"reason": hurry.reason}
            self.events.append(Event(EventKind.STEP_SKIPPED, self.at, self.by, step.key, told))
            return replace(hurry, remind_at=None, help_by="")
        return hurry

    def _is_past(self, step: Step) -> bool:
        return is_past(step.due_at, self.at, self.facts.person(step.owner).zone)
