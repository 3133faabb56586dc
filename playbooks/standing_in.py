"""Whoever is away is stood for, and whoever is back has their own again: steps and decisions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time

from playbooks.away import away_in, deputies, here
from playbooks.calendars import Facts, local_moment
from playbooks.deciding_for import decided_for
from playbooks.handovers import asked_first, handover_of
from playbooks.leave import Leave
from playbooks.levels import in_force
from playbooks.owners import as_own, backups
from playbooks.patience import going_on
from playbooks.reminders import next_reminder
from playbooks.run import Change, Event, EventKind, Run, RunStatus, Step, StepStatus


def with_stand_ins(change: Change, facts: Facts, *, at: datetime) -> Change:
    """The change in which each step and decision is with whoever is there for it.

    What results hangs on the run and the leaves alone, so doing it twice changes nothing more.
    """
    run, events = change.run, list(change.events)
    if run.status is not RunStatus.ACTIVE:
        return change
    for key in [step.key for step in run.steps if not step.is_closed]:
        step = run.step(key)
        if step is None:
            continue
        owned = _owned(run, step, facts, at)
        if owned != step:
            run = run.with_step(_reminded(run, owned, facts, at))
            if owned.status is not StepStatus.WAITING:
                events.append(_rerouted(step, owned, at))
        if owned.status is StepStatus.DECIDING:
            run, moved = _decided(run, key, facts, at)
            events += moved
    return Change(run, tuple(events))


def _owned(run: Run, step: Step, facts: Facts, at: datetime) -> Step:
    """The step with its owner, or with who stands in for them.

    One that is not open waits for its owner; one handed in stays with whoever handed it in, as
    nothing is to be done about it, and who owns a step decides on none.
    """
    own = as_own(run, step)
    leave = away_in(run, own.owner, facts, at)
    if leave is None:
        return own
    if step.status is not StepStatus.ACTIVE:
        return step
    who = _stand_in(run, step, own.owner, facts, at)
    if who == own.owner:
        return own
    return replace(
        own, owner=who, owner_from="leave", stands_for=own.owner, stands_until=leave.until_on
    )


def _stand_in(run: Run, step: Step, person: str, facts: Facts, at: datetime) -> str:
    """Who does a step for somebody away, if possible nobody who decides on it; at last the lead."""
    found = [one for one in present(run, step.role, person, facts, at) if one != person]
    deciding = _deciding(run, step)
    fit = (one for one in found if one not in deciding)
    return next(fit, None) or next(iter(found), run.lead)


def present(run: Run, role: str, person: str, facts: Facts, at: datetime) -> Iterator[str]:
    """Who takes somebody's steps while they are away: their deputies, the role's backups, the lead.

    Those who are away themselves are left out.
    """
    yield from deputies(run, person, facts, at)
    for backup in backups(run, role):
        yield from here(run, backup, facts, at)


def stand_ins_of(run: Run, leave: Leave, facts: Facts, at: datetime) -> list[str]:
    """Who has somebody's open steps of a run from the first day of their leave, each once."""
    zone = facts.person(leave.person).zone
    begins = max(at, local_moment(leave.from_on, time(0), zone))
    mine = (s for s in run.steps if not s.is_closed and as_own(run, s).owner == leave.person)
    people = (_stand_in(run, step, leave.person, facts, begins) for step in mine)
    return list(dict.fromkeys(people))


def _deciding(run: Run, step: Step) -> set[str]:
    """Who decides on a step, or receives it."""
    levels = [level for level in in_force(run, step) if level.by != "owner"]
    people = {person for level in levels for person in asked_first(run, step, level)}
    agreed = handover_of(run, step)
    return people | set(run.people.get(agreed.to, ()) if agreed else ())


def _reminded(run: Run, step: Step, facts: Facts, at: datetime) -> Step:
    if step.status is not StepStatus.ACTIVE:
        return step
    return replace(step, remind_at=next_reminder(run, step, facts, after=at))


def _rerouted(step: Step, owned: Step, at: datetime) -> Event:
    told = {"from": step.owner, "to": owned.owner, "for": owned.stands_for}
    return Event(EventKind.STEP_REROUTED, at, "clock", step.key, told)


def _decided(run: Run, key: str, facts: Facts, at: datetime) -> tuple[Run, tuple[Event, ...]]:
    step = run.step(key)
    if step is None:
        return run, ()
    moved, events = decided_for(run, step, facts, at)
    if moved == step:
        return run, ()
    change = going_on(run.with_step(moved), moved, facts, *events, at=at)
    return change.run, change.events
