"""A run stands still for a while, goes on, or is opened again after its end."""

from dataclasses import replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from playbooks.acknowledgements import next_asking
from playbooks.calendars import Facts, local_day, local_moment
from playbooks.days import dawn_of
from playbooks.flow import replan, require_lead, require_open, worded
from playbooks.patience import next_press
from playbooks.phase_flow import planned
from playbooks.records import Pause
from playbooks.reminders import next_reminder
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus, Step, StepStatus

Dates = Literal["keep", "shift"]


def pause_run(run: Run, *, reason: str, by: str, at: datetime) -> Change:
    """Let a run stand still, for a reason; nothing is sent for it until it is resumed."""
    require_open(run)
    require_lead(run, by)
    reason = worded(reason)
    paused = replace(run, status=RunStatus.PAUSED, pauses=(*run.pauses, Pause(at, by, reason)))
    return Change(paused, (Event(EventKind.RUN_PAUSED, at, by, facts={"reason": reason}),))


def require_paused(run: Run, by: str) -> Pause:
    """The pause a run is in; refuse where it is in none, and whoever does not lead it."""
    if run.pause is None:
        require_open(run)
        raise Refused("not_paused")
    require_lead(run, by)
    return run.pause


def resume_run(run: Run, facts: Facts, *, dates: Dates, by: str, at: datetime) -> Change:
    """Go on, with the dates as they are or later by the working days lost; the anchor stays."""
    pause, days = require_paused(run, by), lost_days(run, facts, at)
    going = replace(run, status=RunStatus.ACTIVE, pauses=(*run.pauses[:-1], _over(pause, at)))
    if dates == "shift":
        going = _shifted(going, facts, days, at)
    told = {
        "dates": dates,
        "days": days,
        "moved": len({step.id for step in moved_steps(run, going)}),
    }
    event = Event(EventKind.RUN_RESUMED, at, by, facts=told)
    return Change(woken(going, facts, at), (event,))


def reopen_run(run: Run, facts: Facts, *, reason: str, by: str, at: datetime) -> Change:
    """Take up a cancelled or finished run again, for a reason, its steps as they were."""
    ended_at = require_ended(run, by)
    reason = worded(reason)
    still = Pause(ended_at, run.ended_by, run.reason, at)  # its end was a pause, as it turns out
    going = replace(
        run, status=RunStatus.ACTIVE, ended_at=None, ended_by="", reason="",
        pauses=(*run.pauses, still),
    )  # fmt: skip
    event = Event(EventKind.RUN_REOPENED, at, by, facts={"reason": reason, "was": str(run.status)})
    return Change(woken(going, facts, at), (event,))


def require_ended(run: Run, by: str) -> datetime:
    """When a run has ended; refuse where it has not, and whoever does not lead it."""
    if run.ended_at is None:
        raise Refused("not_ended")
    require_lead(run, by)
    return run.ended_at


def lost_days(run: Run, facts: Facts, at: datetime) -> int:
    """The working days since a run was paused."""
    if run.pause is None:
        return 0
    return facts.calendar.between(local_day(run.pause.at, run.zone), local_day(at, run.zone))


def resumed_later(run: Run, facts: Facts, at: datetime) -> Run:
    """The run with its dates as they would be after the working days lost."""
    return _shifted(run, facts, lost_days(run, facts, at), at)


def moved_steps(before: Run, after: Run) -> tuple[Step, ...]:
    """The open steps of `after` that have another date than before."""
    known = {step.key: step.due_at for step in before.steps}
    return tuple(s for s in after.steps if not s.is_closed and known[s.key] != s.due_at)


def woken(run: Run, facts: Facts, at: datetime) -> Run:
    """The run with what the clock does to it planned anew: what has passed is not made up for."""
    steps = tuple(_woken(run, step, facts, at) for step in run.steps)
    run = replace(run, steps=steps, redraw_at=dawn_of(run, facts, after=at))
    return planned(run, facts)


def _woken(run: Run, step: Step, facts: Facts, at: datetime) -> Step:
    if step.status is StepStatus.ACTIVE:
        step = replace(step, remind_at=next_reminder(run, step, facts, after=at))
    if step.status is StepStatus.DECIDING:
        step = replace(step, remind_at=next_press(run, step, facts, at=at))
    return replace(step, ack_at=next_asking(step, facts))


def _over(pause: Pause, at: datetime) -> Pause:
    return replace(pause, until=at)


def _shifted(run: Run, facts: Facts, days: int, at: datetime) -> Run:
    """Every open step later by so many working days; what hangs on another follows that."""
    for step in run.steps:
        if step.due_at and not (step.is_closed or step.due_planned):
            due_at = later_by(step.due_at, days, facts, facts.person(step.owner).zone)
            run = run.with_step(replace(step, due_at=due_at))
    return replan(run, facts, at=at)


def later_by(due_at: datetime, days: int, facts: Facts, zone: str) -> datetime:
    """The same time of day so many working days later, or earlier where they are negative."""
    local = due_at.astimezone(ZoneInfo(zone))
    return local_moment(facts.calendar.shift(local.date(), days), local.time(), zone)
