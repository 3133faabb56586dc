"""Close a submitted step once all have approved it."""

from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.flow import closed
from playbooks.levels import standing
from playbooks.patience import going_on
from playbooks.run import Change, Event, EventKind, Run, RunStatus, Step, StepStatus


def all_settled(run: Run, facts: Facts, *, by: str, at: datetime) -> Change:
    """Decisions follow their roles: others are asked now, or nobody is lacking any more."""
    events: list[Event] = []
    for key in [step.key for step in run.steps if step.status is StepStatus.DECIDING]:
        step = run.step(key)
        if step and step.status is StepStatus.DECIDING and run.status is RunStatus.ACTIVE:
            change = settled(run, step, facts, by=by, at=at)
            run, events = change.run, [*events, *change.events]
    return Change(run, tuple(events))


def settled(run: Run, step: Step, facts: Facts, *events: Event, by: str, at: datetime) -> Change:
    """The change that closes a submitted step once every level has approved it.

    One with a document to sign stays open until both sides have.
    """
    now = standing(run, step)
    if now is None or now.outcome != "approved" or run.told(step).sign:
        return going_on(run, step, facts, *events, at=at)
    told = {"version": now.version.number, "comment": ""}
    done = Event(EventKind.STEP_DONE, at, by, step.key, told)
    step = replace(step, status=StepStatus.DONE)
    return closed(run, step, (*events, done), facts, by=now.version.by, at=at)
