"""A step goes back to its owner: handed back by an approver, or taken up again."""

from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.flow import advance, hold_back, unsettle
from playbooks.levels import withdrawn
from playbooks.reminders import next_reminder
from playbooks.run import Change, Event, EventKind, Run, Step, StepStatus
from playbooks.turns import redrawn_soon


def handed_back(run: Run, step: Step, facts: Facts, *events: Event, at: datetime) -> Change:
    """The step is its owner's again."""
    step = replace(step, status=StepStatus.ACTIVE, rounds=step.rounds + 1, reminded=0)
    step = replace(step, remind_at=next_reminder(run, step, facts, after=at))
    return Change(redrawn_soon(run.with_step(step), step.moves[-1]), events)


def taken_up(
    run: Run, step: Step, facts: Facts, *, by: str, at: datetime, told: Event | None = None
) -> Change:
    """Open a closed or submitted step again, whoever wants it; `told` says why, if not that."""
    again = replace(
        withdrawn(step, by=by, at=at), status=StepStatus.WAITING, closed_at=None, closed_by="",
        reason="", help_by="", active_at=None, reminded=0, rounds=step.rounds + 1,
    )  # fmt: skip
    reopened = told or Event(EventKind.STEP_REOPENED, at, by, step.key)
    held = hold_back(unsettle(run, step.id, facts).with_step(again), by=by, at=at)
    opened = advance(held.run, facts, by=by, at=at)
    return Change(opened.run, (reopened, *held.events, *opened.events))
