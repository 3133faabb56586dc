"""What follows from a change: steps open, close the run, or wait again."""

from dataclasses import replace
from datetime import datetime

from playbooks.answers import is_on
from playbooks.calendars import Facts
from playbooks.due_dates import due_of, rule_of
from playbooks.levels import withdrawn
from playbooks.phase_flow import asked, lapsed
from playbooks.phases import deciders_of, has_opened, is_held, is_to_pass, locked_by, phase_of
from playbooks.questions import Item
from playbooks.reminders import next_reminder
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus, Step, StepStatus
from playbooks.series import continued
from playbooks.switches import switched

TEXT_LIMIT = 3000  # characters of a reason or remark


def require_open(run: Run) -> None:
    """Refuse when the run is paused or has ended."""
    if pause := run.pause:
        raise Refused("run_paused", by=pause.by, at=pause.at, lead=run.lead)
    if run.status is RunStatus.CANCELLED:
        raise Refused("run_cancelled", by=run.ended_by, at=run.ended_at, lead=run.lead)
    if run.status is not RunStatus.ACTIVE:
        raise Refused("run_ended", by=run.ended_by, at=run.ended_at, lead=run.lead)


def require_step(run: Run, key: str) -> Step:
    """The step of an open run."""
    require_open(run)
    step = run.step(key)
    if step is None:
        raise Refused("no_such_step", step=key)
    return step


def require_active(run: Run, key: str) -> Step:
    """The step, which must be under way."""
    step = require_step(run, key)
    if step.status is StepStatus.DONE:
        raise Refused("already_done", by=step.closed_by, at=step.closed_at)
    if step.status is StepStatus.SKIPPED:
        raise Refused("already_skipped", by=step.closed_by, at=step.closed_at)
    if step.status is StepStatus.OFF:
        raise Refused("switched_off", reason=step.reason)
    if step.status is StepStatus.WAITING:
        raise _waiting(run, step)
    if step.status is StepStatus.DECIDING:
        raise Refused("being_decided", version=len(step.versions))
    return step


def _waiting(run: Run, step: Step) -> Refused:
    gates = locked_by(run, step)
    if gates and not any(run.unmet(step)):
        return Refused("waits_for_gate", phase=gates[0].id, person=deciders_of(run, gates[0])[0])
    return Refused("still_waiting", steps=tuple(other.id for other in run.unmet(step)))


def require_on(run: Run, key: str) -> Step:
    """The step, open or closed, unless it is switched off."""
    step = require_step(run, key)
    if step.status is StepStatus.OFF:
        raise Refused("switched_off", reason=step.reason)
    return step


def require_theirs(run: Run, step: Step, by: str) -> None:
    """Refuse unless `by` owns the step, is stood for by its owner, or leads the run."""
    if by not in {step.owner, step.stands_for, run.lead} - {""}:
        raise Refused("not_yours", owner=step.owner, lead=run.lead)


def require_lead(run: Run, by: str) -> None:
    """Refuse unless `by` leads the run."""
    if by != run.lead:
        raise Refused("lead_only", lead=run.lead)


def worded(text: str) -> str:
    """A reason or remark as it is kept; refuse when there is none."""
    if not text.strip():
        raise Refused("words_missing")
    return text.strip()[:TEXT_LIMIT]


def items_of(run: Run, step: Step) -> tuple[Item, ...]:
    """The checklist items that apply in this run."""
    return tuple(item for item in run.told(step).checklist if is_on(run, item.when))


def is_late(step: Step, at: datetime) -> bool:
    """Whether a step is under way past its due moment."""
    return step.status is StepStatus.ACTIVE and step.due_at is not None and step.due_at < at


def open_items(run: Run, step: Step) -> tuple[Item, ...]:
    """The required items nobody has ticked yet."""
    ticked = step.ticked()
    return tuple(i for i in items_of(run, step) if i.required and i.id not in ticked)


def advance(run: Run, facts: Facts, *, by: str, at: datetime) -> Change:
    """Open what may open, plan what hangs on it, and finish the run when all is closed."""
    run, events = switched(run, facts.lists, by=by, at=at)
    if events:  # a step that is needed after all may be one that others need
        held = hold_back(run, by=by, at=at)
        run, events = held.run, [*events, *held.events]
    run = continued(replan(run, facts, at=at), facts)
    for step in run.steps:
        if step.status is StepStatus.WAITING and not is_held(run, step):
            run, opened = _opened(run, step, facts, by=by, at=at)
            events += opened
    run, gates = asked(run, facts, by=by, at=at)
    events += gates
    if run.steps and all(step.is_closed for step in run.steps) and not is_to_pass(run):
        run = replace(run, status=RunStatus.FINISHED, ended_at=at, ended_by=by)
        events.append(Event(EventKind.RUN_FINISHED, at, by))
    return Change(run, tuple(events))


def _opened(
    run: Run, step: Step, facts: Facts, *, by: str, at: datetime
) -> tuple[Run, list[Event]]:
    """The step under way, and with it perhaps its phase."""
    phase = phase_of(run, step)
    first = (phase.objective or phase.gate) and not has_opened(run, phase)
    events = [Event(EventKind.PHASE_OPENED, at, by, facts={"phase": phase.id})] if first else []
    opened = replace(step, status=StepStatus.ACTIVE, active_at=at, help_by="")
    opened = replace(opened, remind_at=next_reminder(run, opened, facts, after=at))
    return run.with_step(opened), [*events, Event(EventKind.STEP_OPENED, at, by, step.key)]


def closed(
    run: Run, step: Step, events: tuple[Event, ...], facts: Facts, *, by: str, at: datetime
) -> Change:
    """Close a step, and let what waited for it open."""
    step = replace(step, closed_at=at, closed_by=by, remind_at=None)
    followed = advance(run.with_step(step), facts, by=by, at=at)
    return Change(followed.run, (*events, *followed.events))


def replan(run: Run, facts: Facts, *, at: datetime) -> Run:
    """Give the due moments that hang on other steps their present value."""
    for step in run.steps:
        if step.is_closed or not (step.due_planned or step.due_at is None):
            continue
        due_at, planned = due_of(run, step, facts)
        moved = replace(step, due_at=due_at, due_planned=planned)
        if moved.status is StepStatus.ACTIVE and moved.due_at != step.due_at:
            moved = replace(moved, remind_at=next_reminder(run, moved, facts, after=at))
        run = run.with_step(moved)
    return run


def unsettle(run: Run, id_: str, facts: Facts) -> Run:
    """Let due moments hang again on a step that is about to be opened again."""
    for step in run.steps:
        rule = rule_of(run, step)
        if step.is_closed or rule.base != "after" or rule.ref != id_:
            continue
        if due_of(run, step, facts) == (step.due_at, False):  # else it was given by hand
            run = run.with_step(replace(step, due_planned=True))
    return run


def hold_back(run: Run, *, by: str, at: datetime) -> Change:
    """Make active steps wait again whose needs are open again, or the gate before them."""
    run, events = lapsed(run, by=by, at=at)
    for step in run.steps:
        under_way = step.status in {StepStatus.ACTIVE, StepStatus.DECIDING}
        if under_way and is_held(run, step):
            held = replace(
                withdrawn(step, by=by, at=at), status=StepStatus.WAITING, active_at=None,
                remind_at=None,
            )  # fmt: skip
            run = run.with_step(held)
            events.append(Event(EventKind.STEP_BLOCKED, at, by, step.key))
    return Change(run, tuple(events))
