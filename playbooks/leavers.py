"""Somebody leaves: their roles, open steps and decisions go to one successor, in one action."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.clashes import undecidable
from playbooks.delegation import is_theirs, why_not
from playbooks.flow import require_open
from playbooks.levels import deciders, standing
from playbooks.owners import as_own, own
from playbooks.questions import Level
from playbooks.reminders import next_reminder
from playbooks.run import Change, Event, EventKind, Refused, Run, Step, StepStatus
from playbooks.settling import all_settled
from playbooks.turns import decision, moved


@dataclass(frozen=True, slots=True)
class Everything:
    """What goes from one person to another in a run, and what cannot."""

    run: Run  # as it would be
    steps: tuple[str, ...] = ()  # keys
    roles: tuple[str, ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()  # step key and level, to be made now
    # Nobody decides on their own work, or twice: what would leave a decision to nobody stays.
    left_roles: tuple[str, ...] = ()
    left_steps: tuple[str, ...] = ()
    left_decisions: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the person has no part in the run."""
        moves = self.steps or self.roles or self.decisions
        return not (moves or self.left_roles or self.left_steps or self.left_decisions)


def require_successor(facts: Facts, person: str, to: str) -> None:
    """Refuse who can take nothing over."""
    if not to or facts.person(to).is_bot or to == person:
        raise Refused("no_successor", person=to)


def everything_of(run: Run, facts: Facts, *, person: str, to: str) -> Everything:
    """What goes to a successor; steps already closed stay on record as they are."""
    found = Everything(run)
    before = _pending(run, person)
    for role in [role for role, people in run.people.items() if person in people]:
        trial, keys = _recast(found.run, role, person, to)
        if _is_stuck(found.run, trial):
            found = replace(found, left_roles=(*found.left_roles, role))
        else:
            found = replace(
                found, run=trial, roles=(*found.roles, role), steps=(*found.steps, *keys)
            )
    for step in _owned(found.run, person):
        trial = found.run.with_step(_given(found.run, step, to))
        if _is_stuck(found.run, trial):
            found = replace(found, left_steps=(*found.left_steps, step.key))
        else:
            found = replace(found, run=trial, steps=(*found.steps, step.key))
    if run.stand_in == person:
        found = replace(found, run=replace(found.run, stand_in=to))
    left = tuple(one for one in before if not _may_go(found.run, facts, one, to))
    return replace(
        found, decisions=tuple(one for one in before if one not in left), left_decisions=left
    )


def _recast(run: Run, role: str, person: str, to: str) -> tuple[Run, list[str]]:
    """The run with a role in other hands, and the steps that follow it."""
    people = dict.fromkeys(to if one == person else one for one in run.people[role])
    keys = [step.key for step in _owned(run, person) if step.role == role]
    now = replace(run, people={**run.people, role: tuple(people)})
    if role == run.playbook.lead and run.lead == person:
        now = replace(now, lead=to)
    for key in keys:
        step = run.step(key)
        now = now.with_step(_given(now, step, to)) if step else now
    return now, keys


def _owned(run: Run, person: str) -> list[Step]:
    """The open steps that are somebody's, though a deputy may do them now."""
    return [s for s in run.steps if not s.is_closed and as_own(run, s).owner == person]


def _given(run: Run, step: Step, to: str) -> Step:
    owned = own(run, step.role)
    source = owned.owner_from if owned.owner == to else "assigned"
    return replace(step, owner=to, owner_from=source, stands_for="", stands_until=None)


def _is_stuck(before: Run, after: Run) -> bool:
    """Whether a change of people leaves a step without enough others to decide on it."""
    return bool(set(undecidable(after)) - set(undecidable(before)))


def _pending(run: Run, person: str) -> tuple[tuple[str, str], ...]:
    """The decisions that wait for somebody: step and level."""
    return tuple((step.key, level.level) for step, level in _open(run, person))


def _open(run: Run, person: str) -> Iterator[tuple[Step, Level]]:
    for step in run.steps:
        now = standing(run, step) if step.status is StepStatus.DECIDING else None
        for level in now.open if now else ():
            if person in deciders(run, step, level):
                yield step, level


def _may_go(run: Run, facts: Facts, which: tuple[str, str], to: str) -> bool:
    step = run.step(which[0])
    now = standing(run, step) if step else None
    level = next((one for one in now.open if one.level == which[1]), None) if now else None
    if step is None or now is None or level is None:
        return True
    return is_theirs(run, step, level, to) or why_not(run, step, now, level, facts, to) is None


def hand_everything(
    run: Run, facts: Facts, *, person: str, to: str, by: str, at: datetime
) -> Change:
    """Hand all of somebody's part in a run to their successor; the run says it in one line."""
    require_open(run)
    require_successor(facts, person, to)
    if by not in {person, run.lead}:
        raise Refused("lead_only", lead=run.lead)
    goes = everything_of(run, facts, person=person, to=to)
    if goes.is_empty:
        return Change(run, ())
    now, events = goes.run, []
    for key in goes.steps:
        step = now.step(key)
        if step and step.status is StepStatus.ACTIVE:
            step = replace(step, help_by="")
            step = replace(step, remind_at=next_reminder(now, step, facts, after=at))
            now = now.with_step(step)
    for key, id_ in goes.decisions:
        now, told = _handed_on(now, key, id_, person, to, by, at)
        events += told
    change = all_settled(now, facts, by=by, at=at)
    said = {
        "from": person, "to": to, "steps": list(goes.steps), "roles": list(goes.roles),
        "decisions": [list(one) for one in goes.decisions], "left_roles": list(goes.left_roles),
        "left_steps": list(goes.left_steps),
        "left_decisions": [list(one) for one in goes.left_decisions],
    }  # fmt: skip
    line = Event(EventKind.EVERYTHING_HANDED, at, by, facts=said)
    return Change(change.run, (line, *events, *change.events))


def _handed_on(
    run: Run, key: str, id_: str, person: str, to: str, by: str, at: datetime
) -> tuple[Run, list[Event]]:
    """A decision that did not follow its role goes on by hand."""
    step = run.step(key)
    mine = (level for one, level in _open(run, person) if (one.key, level.level) == (key, id_))
    level = next(mine, None)
    if step is None or level is None:
        return run, []
    step = moved(step, "delegate", level, by=by, at=at, of=person, to=to)
    return run.with_step(step), [decision(step)]
