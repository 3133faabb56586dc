"""A playbook that starts again by itself: when next, who stops it, who agrees to leave one out."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Literal

from playbooks.calendars import WorkCalendar, local_day, local_moment
from playbooks.definition import Playbook
from playbooks.flow import require_lead, worded
from playbooks.openings import Opening, next_opening
from playbooks.run import Event, EventKind, Refused, Run

HEAD = "head"  # the role that is asked first


@dataclass(frozen=True, slots=True)
class Skip:
    """That the next cycle be left out, asked of somebody who has not answered."""

    reason: str
    by: str
    head: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """What starts the runs of a playbook one after the other; all else is told by the last run."""

    workspace: str
    id: str  # that of the first run
    playbook_id: str
    run_id: str  # of the last cycle that was started
    name: str  # of its runs, without their cycle
    cycle: int  # number of the next one
    next_at: datetime
    period: date  # the first day of the period that the next one is for
    state: Literal["active", "stopped"] = "active"
    skip: Skip | None = None


@dataclass(frozen=True, slots=True)
class Scheduled:
    """The schedule as it is now, and what its last run's history says of it."""

    schedule: Schedule
    events: tuple[Event, ...]


def first_opening(
    playbook: Playbook, *, calendar: str, zone: str, start_on: date, at: datetime
) -> Opening | None:
    """When a run started so would be followed by the next, which is never on the same day."""
    if playbook.schedule is None:
        return None
    day = max(start_on, local_day(at, zone))
    return _next(playbook, calendar, zone, local_moment(day, time.max, zone))


def begin(run: Run, opening: Opening) -> Schedule:
    """The schedule that a first run gives rise to."""
    return Schedule(
        run.workspace, run.id, run.playbook.id, run.id, run.name, 2, opening.at, opening.period
    )


def following(run: Run, *, after: datetime) -> Opening:
    """The first opening after a moment, by the rule of a cycle's run."""
    opening = _next(run.playbook, run.calendar, run.zone, after)
    if opening is None:
        raise Refused("repeats_no_more")
    return opening


def _next(playbook: Playbook, calendar: str, zone: str, after: datetime) -> Opening | None:
    rule = playbook.schedule
    if rule is None:
        return None
    return next_opening(rule.every, rule.day, WorkCalendar(calendar), zone, after=after)


def head_of(run: Run) -> str:
    """Who has to agree that a cycle is left out: the head, else who decides last; "" is nobody."""
    levels = max((step.approvals for step in run.playbook.steps), key=len, default=())
    roles = (HEAD, *(level.by for level in reversed(levels)))
    people = (next(iter(run.people.get(role, ())), "") for role in roles)
    return next((person for person in people if person), "")


def ask_skip(
    schedule: Schedule, run: Run, *, cycle: int, reason: str, by: str, at: datetime
) -> Scheduled:
    """Leave the next cycle out: at once where nobody stands above the lead, else when agreed."""
    require_lead(run, by)
    require_next(schedule, cycle)
    reason = worded(reason)
    if schedule.skip:
        raise Refused("skip_asked", person=schedule.skip.head)
    skip = Skip(reason, by, head_of(run))
    if skip.head in {"", by}:
        return _skipped(replace(schedule, skip=skip), run, by=by, at=at)
    told = facts_of_cycle(schedule) | {"reason": reason, "by": by, "head": skip.head}
    asked = Event(EventKind.CYCLE_ASKED, at, by, facts=told)
    return Scheduled(replace(schedule, skip=skip), (asked,))


def answer_skip(
    schedule: Schedule, run: Run, *, cycle: int, agreed: bool, by: str, at: datetime
) -> Scheduled:
    """Agree that a cycle is left out, or have it take place."""
    require_next(schedule, cycle)
    if schedule.skip is None:
        raise Refused("skip_over")
    if by != schedule.skip.head:
        raise Refused("not_the_head", person=schedule.skip.head)
    if agreed:
        return _skipped(schedule, run, by=by, at=at)
    kept = Event(EventKind.CYCLE_KEPT, at, by, facts=facts_of_cycle(schedule) | _asked(schedule))
    return Scheduled(replace(schedule, skip=None), (kept,))


def _skipped(schedule: Schedule, run: Run, *, by: str, at: datetime) -> Scheduled:
    moved = moved_on(schedule, following(run, after=max(at, schedule.next_at)))
    told = facts_of_cycle(schedule) | _asked(schedule) | {"next_at": moved.next_at.isoformat()}
    return Scheduled(moved, (Event(EventKind.CYCLE_SKIPPED, at, by, facts=told),))


def moved_on(schedule: Schedule, opening: Opening) -> Schedule:
    """The schedule with its next cycle at another opening."""
    return replace(
        schedule, cycle=schedule.cycle + 1, next_at=opening.at, period=opening.period, skip=None
    )


def stop(schedule: Schedule, run: Run, *, by: str, at: datetime) -> Scheduled:
    """Start no further run."""
    require_lead(run, by)
    if schedule.state == "stopped":
        return Scheduled(schedule, ())
    stopped = Event(
        EventKind.CYCLES_STOPPED, at, by, facts=facts_of_cycle(schedule) | _asked(schedule)
    )
    return Scheduled(replace(schedule, state="stopped", skip=None), (stopped,))


def resume(schedule: Schedule, run: Run, *, by: str, at: datetime) -> Scheduled:
    """Start runs again, from the next opening on."""
    require_lead(run, by)
    if schedule.state == "active":
        return Scheduled(schedule, ())
    moved = replace(moved_on(schedule, following(run, after=at)), state="active")
    return Scheduled(moved, (Event(EventKind.CYCLES_RESUMED, at, by, facts=facts_of_cycle(moved)),))


def require_next(schedule: Schedule, cycle: int) -> None:
    """Refuse unless this is the cycle that comes next."""
    if schedule.state == "stopped":
        raise Refused("cycles_stopped")
    if cycle != schedule.cycle:
        raise Refused("skip_over")


def facts_of_cycle(schedule: Schedule) -> dict[str, Any]:
    """What an event says of the cycle it is about."""
    return {
        "cycle": schedule.cycle, "name": schedule.name, "schedule": schedule.id,
        "period": schedule.period.isoformat(), "opens_at": schedule.next_at.isoformat(),
    }  # fmt: skip


def _asked(schedule: Schedule) -> dict[str, Any]:
    skip = schedule.skip
    return {"reason": skip.reason, "asked_by": skip.by, "head": skip.head} if skip else {}
