"""Close a submitted step once all have approved it."""

from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.flow import closed
from playbooks.levels import standing
from playbooks.patience import going_on
from playbooks.run import Change, Event, EventKind, Run, Step, StepStatus


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
