"""Steps that come round within a run: each occurrence is laid out when the one before is over."""

from dataclasses import replace

from playbooks.answers import is_on
from playbooks.calendars import Facts, local_day
from playbooks.definition import DUE_LIMIT, PlaybookStep
from playbooks.due_dates import due_of
from playbooks.owners import own
from playbooks.run import Run, Step, StepStatus
from playbooks.switches import in_tier


def continued(run: Run, facts: Facts) -> Run:
    """The run with the next occurrence of each series whose last one is closed."""
    for told in run.playbook.steps:
        if told.repeat and told.repeat.every:
            run = _continued(run, told, facts)
    return run


def _continued(run: Run, told: PlaybookStep, facts: Facts) -> Run:
    held = run.of(told.id)
    last = held[-1] if held else None
    if last and (not last.is_closed or last.status is StepStatus.OFF):
        return run
    step = occurrence(run, told, len(held) + 1)
    if not (in_tier(run, step) and is_on(run, told.when, facts.lists)):
        return run
    due_at, planned = due_of(run, step, facts)
    step = replace(step, due_at=due_at, due_planned=planned)
    is_over = len(held) >= DUE_LIMIT or _is_over(run, told, step)
    return run if is_over else replace(run, steps=(*run.steps, step))


def occurrence(run: Run, told: PlaybookStep, number: int) -> Step:
    """An occurrence of a step, owned by whoever plays its role."""
    role_owner = own(run, told.owner)
    return replace(role_owner, key=f"{told.id}.{number}", id=told.id, occurrence=number)


def _is_over(run: Run, told: PlaybookStep, step: Step) -> bool:
    """Whether a series has come to its end before this occurrence of it.

    Without an end of its own it goes on as long as there is other work. Work that waits for the
    series itself does not count: else each would wait for the other.
    """
    until = told.repeat.until if told.repeat else None
    if until == "anchor":
        due = step.due_at and local_day(step.due_at, run.zone)
        return bool(due and run.anchor_on and due > run.anchor_on)
    waiting = _waiting_for(run, told.id)
    if until and until not in waiting:
        ends = run.of(until)
        known = [end.due_at for end in ends if end.due_at]
        is_past = bool(step.due_at and known and step.due_at > max(known))
        return is_past or all(end.is_closed for end in ends)
    return not any(
        not other.is_closed and other.id not in waiting and run.told(other).repeat is None
        for other in run.steps
    )


def _waiting_for(run: Run, id_: str) -> frozenset[str]:
    """The steps that open only when the series is over, near and far."""
    phases = {phase.id: {step.id for step in phase.steps} for phase in run.playbook.phases}
    waiting: set[str] = {id_}
    while True:
        more = {
            told.id
            for told in run.playbook.steps
            if waiting & {*told.needs}
            or any(waiting & phases[phase] for phase in run.playbook.locks[told.id])
        }
        if more <= waiting:
            return frozenset(waiting)
        waiting |= more
