"""The day a run counts from moves, and the dates of its open steps with it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from playbooks.calendars import Facts, in_reach, local_day
from playbooks.flow import advance, require_open
from playbooks.pausing import moved_steps
from playbooks.redating import NewDate, Redating
from playbooks.run import Change, Event, EventKind, Refused, Run, Step, StepStatus


@dataclass(frozen=True, slots=True)
class Shift:
    """A step whose date moves."""

    step: Step  # afterwards
    before: datetime | None
    on_day_off: bool  # its new day is none that people work on

    @property
    def after(self) -> datetime | None:
        """Its new due moment."""
        return self.step.due_at


@dataclass(frozen=True, slots=True)
class Move:
    """What moving the date does: shown before, and then done just so."""

    run: Run  # afterwards
    events: tuple[Event, ...]  # of what follows from it
    before: date
    after: date
    shifts: tuple[Shift, ...]  # the open steps whose date moves, in the playbook's order
    late: tuple[str, ...]  # keys of those that would already be late
    skipped: tuple[str, ...]  # of these, the ones left out
    by_hand: tuple[str, ...]  # whose date was given by hand, and would move by its rule
    promised: tuple[str, ...]  # which somebody outside was promised, or will sign
    reminders: int  # that come at another moment
    is_day_off: bool  # the new day itself, which is never moved off it


def require_may_move(run: Run, by: str) -> None:
    """Refuse whoever neither leads the run nor has started it."""
    require_open(run)
    if by not in {run.lead, run.started_by}:
        raise Refused("lead_only", lead=run.lead)


def counts_from(run: Run) -> date:
    """The day that moves: the anchor, or the start where there is none."""
    return (run.anchor_on if run.playbook.anchor else None) or run.start_on


def move_date(
    run: Run, facts: Facts, wish: NewDate, *, reason: str = "", by: str, at: datetime
) -> Change:
    """Move the day a run counts from; raises Refused "start_invalid" where the day is wrong."""
    move = plan_move(run, facts, wish, by=by, at=at)
    told = {
        "of": "anchor" if run.playbook.anchor else "start",
        "from": move.before.isoformat(), "to": move.after.isoformat(), "reason": reason.strip(),
        "moved": [[s.step.key, _text(s.before), _text(s.after)] for s in move.shifts],
        "late": wish.late if move.late else "", "hurried": list(move.late),
        "skipped": list(move.skipped), "kept": [] if wish.also else list(move.by_hand),
        "promised": list(move.promised),
    }  # fmt: skip
    return Change(move.run, (Event(EventKind.DATE_MOVED, at, by, facts=told), *move.events))


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def plan_move(run: Run, facts: Facts, wish: NewDate, *, by: str, at: datetime) -> Move:
    """What a new date does to a run; raises as `move_date` does, and changes nothing."""
    require_may_move(run, by)
    before, after = counts_from(run), _checked(run, wish.anchor_on, at)
    has_anchor = run.playbook.anchor is not None
    dated = replace(run, anchor_on=after) if has_anchor else replace(run, start_on=after)
    plan = Redating(run, dated, facts, wish, by, at)
    for step in run.steps:
        plan.look_at(step)
    done = advance(plan.after, facts, by=by, at=at)
    shifts = _shifts(run, done.run, facts)
    known = {step.key: step.remind_at for step in run.steps}
    planned = [step for step in done.run.steps if known[step.key] not in {None, step.remind_at}]
    return Move(
        done.run, (*plan.events, *done.events), before, after, shifts,
        late=tuple(plan.late), skipped=tuple(e.step for e in plan.events),
        by_hand=tuple(plan.by_hand),
        promised=_promised(run, {shift.step.key for shift in shifts}, wish.sent),
        reminders=len(planned), is_day_off=not facts.calendar.is_workday(after),
    )  # fmt: skip


def _checked(run: Run, day: date | None, at: datetime) -> date:
    """The day as it may be; refuse another, at its field."""
    problem = None
    if day is None:
        problem = "start.anchor_missing"
    elif not in_reach(day):
        problem = "start.date_far"
    elif day == counts_from(run):
        problem = "move.same"
    elif day < local_day(at, run.zone):
        problem = "start.date_past"
    elif run.playbook.anchor and day < run.start_on:
        problem = "start.anchor_before_start"
    if day is None or problem:
        name = "anchor_on" if run.playbook.anchor else "start_on"
        raise Refused("start_invalid", fields={name: problem})
    return day


def _shifts(before: Run, after: Run, facts: Facts) -> tuple[Shift, ...]:
    known = {step.key: step.due_at for step in before.steps}
    moved = moved_steps(before, after)
    return tuple(Shift(step, known[step.key], _on_day_off(step, facts)) for step in moved)


def _on_day_off(step: Step, facts: Facts) -> bool:
    day = step.due_at and local_day(step.due_at, facts.person(step.owner).zone)
    return day is not None and not facts.calendar.is_workday(day)


def _promised(run: Run, moved: Collection[str], sent: Collection[str]) -> tuple[str, ...]:
    """The steps that somebody outside counts on: what they were sent, sign, or do themselves."""
    found = []
    for step in run.steps:
        asked = any(rule.side == "client" for rule in run.told(step).sign)
        has_it = asked and step.status in {StepStatus.DECIDING, StepStatus.DONE}
        will = step.key in moved and (asked or bool(step.reach))
        if has_it or will or step.key in sent:
            found.append(step.key)
    return tuple(found)
