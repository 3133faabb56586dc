"""The next run of a schedule: started, not started, and what becomes of the one before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from playbooks.calendars import Facts, local_day, local_moment
from playbooks.definition import Playbook
from playbooks.levels import withdrawn
from playbooks.openings import Every
from playbooks.params import valid_params
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus, Step, StepStatus
from playbooks.schedules import Schedule, facts_of_cycle, following, moved_on
from playbooks.start import NAME_LIMIT, StartForm, start_run

CARRIED = "carried"  # why a step was skipped that goes on in the next run
CLOCK = "clock"

Labels = Callable[[Every, date, str], str]  # a period's name in a language


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of an opening: of the schedule, of its last run, and the new run if there is one"""

    schedule: Schedule
    last: Change
    new: Change | None = None


def open_cycle(
    schedule: Schedule, last: Run, playbook: Playbook, facts: Facts, *, labels: Labels,
    run_id: str, version: str, at: datetime,
) -> Turn:  # fmt: skip
    """Start the latest cycle that is due; of those missed before it only their number is told."""
    rule = playbook.schedule
    if rule is None:  # the newest version starts no more runs by itself
        stopped = Event(EventKind.CYCLES_STOPPED, at, CLOCK, facts=facts_of_cycle(schedule))
        return Turn(replace(schedule, state="stopped", skip=None), Change(last, (stopped,)))
    pinned = replace(last, playbook=playbook)
    due, missed = _latest(schedule, pinned, at)
    tonight = local_moment(local_day(at, last.zone), time.max, last.zone)  # never two on one day
    after = moved_on(due, following(pinned, after=tonight))
    told = facts_of_cycle(due) | {"next_at": after.next_at.isoformat()}
    lapsed = _lapsed(schedule, at)
    is_open = last.status in {RunStatus.ACTIVE, RunStatus.PAUSED}
    if is_open and rule.if_open == "skip":
        skipped = Event(EventKind.CYCLE_SKIPPED, at, CLOCK, facts=told | {"open": last.name})
        return Turn(after, Change(last, (*lapsed, skipped)))
    form = _form(due, last, playbook, labels(rule.every, due.period, last.language))
    try:
        new = start_run(playbook, form, facts, run_id=run_id, workspace=last.workspace,
                        version=version, by=last.lead, at=at)  # fmt: skip
    except Refused as refused:
        failed = told | {"fields": sorted(refused.facts.get("fields", {}))}
        event = Event(EventKind.CYCLE_FAILED, at, CLOCK, facts=failed)
        return Turn(after, Change(last, (*lapsed, event)))
    closing = carried(last, at=at) if is_open and rule.if_open == "carry" else Change(last, ())
    opened = _opened(due, closing, last, missed, at)
    closing = Change(closing.run, (*lapsed, *closing.events))
    return Turn(replace(after, run_id=run_id), closing, _with(new, opened))


def _latest(schedule: Schedule, run: Run, at: datetime) -> tuple[Schedule, int]:
    """The last of the cycles that are due, and how many were missed before it."""
    missed = 0
    opening = following(run, after=schedule.next_at)
    while opening.at <= at:
        schedule, missed = moved_on(schedule, opening), missed + 1
        opening = following(run, after=opening.at)
    return schedule, missed


def _lapsed(schedule: Schedule, at: datetime) -> tuple[Event, ...]:
    """That it takes place although somebody asked to leave it out: nobody agreed in time."""
    if schedule.skip is None:
        return ()
    skip = schedule.skip
    told = {"reason": skip.reason, "asked_by": skip.by, "head": skip.head}
    kept = facts_of_cycle(schedule) | told
    return (Event(EventKind.CYCLE_KEPT, at, CLOCK, facts=kept),)


def _form(schedule: Schedule, last: Run, playbook: Playbook, label: str) -> StartForm:
    day = local_day(schedule.next_at, last.zone)
    room = NAME_LIMIT - len(label) - 3
    return StartForm(
        name=f"{schedule.name[:room]} · {label}", channel=last.channel, start_on=day,
        anchor_on=day if playbook.anchor else None, language=last.language,
        calendar=last.calendar, people=last.people, outsiders=last.outsiders,
        params=_params(last, playbook), tier=last.tier, stand_in=last.stand_in,
    )  # fmt: skip


def _params(last: Run, playbook: Playbook) -> Mapping[str, str]:
    """What was filled in before; days have passed, and are left to their default."""
    days = {param.id for param in playbook.params if param.type == "date"}
    kept = valid_params(playbook, last.params)
    return {id_: value for id_, value in kept.items() if id_ not in days}


def _opened(due: Schedule, closing: Change, last: Run, missed: int, at: datetime) -> Event:
    late = local_day(at, last.zone) > local_day(due.next_at, last.zone)
    left = [
        {"id": step.id, "owner": step.owner}
        for step, before in zip(closing.run.steps, last.steps, strict=True)
        if step.is_closed and not before.is_closed
    ]
    told = facts_of_cycle(due) | {"late": late, "missed": missed, "from": last.name, "left": left}
    return Event(EventKind.CYCLE_OPENED, at, CLOCK, facts=told)


def _with(new: Change, opened: Event) -> Change:
    """The start, with what is to be said of it before any of its steps."""
    return Change(new.run, (opened, *new.events))


def carried(run: Run, *, at: datetime) -> Change:
    """Close a run whose open steps go on in the next one; what was gathered stays with it."""
    steps = tuple(step if step.is_closed else _left(step, at) for step in run.steps)
    closed = replace(
        run, steps=steps, status=RunStatus.FINISHED, ended_at=at, ended_by=CLOCK, gate_at=None,
    )  # fmt: skip
    skipped = [
        Event(EventKind.STEP_SKIPPED, at, CLOCK, step.key, {"reason": CARRIED})
        for step in run.steps
        if not step.is_closed
    ]
    return Change(closed, (*skipped, Event(EventKind.RUN_FINISHED, at, CLOCK)))


def _left(step: Step, at: datetime) -> Step:
    return replace(
        withdrawn(step, by=CLOCK, at=at), status=StepStatus.SKIPPED, reason=CARRIED, closed_at=at,
        closed_by=CLOCK, remind_at=None,
    )  # fmt: skip
