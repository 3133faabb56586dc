"""What people do at the gate of a phase: pass it, hold it, take the pass back."""

from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.definition import Phase
from playbooks.flow import advance, hold_back, require_open, worded
from playbooks.patience import Press
from playbooks.phase_flow import gate_ladder, planned, with_move
from playbooks.phases import (
    answer_of,
    asked_phases,
    closed_since,
    deciders_of,
    gate_of,
    is_asked,
    overriders_of,
    phase_named,
    round_of,
)
from playbooks.records import GateKind, WhichGate
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus
from playbooks.turns import UNDO_WITHIN

_ORDER = ("escalate", "remind")  # the strongest first


def require_asked(run: Run, which: WhichGate) -> Phase:
    """The phase whose gate is to be decided now."""
    phase = _require_phase(run, which)
    last = answer_of(run, phase)
    if last and gate_of(run, phase) == "passed":
        raise Refused("gate_passed", phase=phase.id, by=last.by, at=last.at)
    if not is_asked(run, phase):
        raise Refused("gate_shut", phase=phase.id)
    if which.round != round_of(run, phase):
        raise Refused("gate_asked_anew", phase=phase.id)
    return phase


def _require_phase(run: Run, which: WhichGate) -> Phase:
    require_open(run)
    phase = phase_named(run, which.phase)
    if phase is None or phase.gate is None:
        raise Refused("no_such_gate")
    return phase


def require_decides(run: Run, phase: Phase, *, by: str) -> None:
    """Refuse unless it is for `by` to answer at this gate."""
    whose = deciders_of(run, phase)
    if by not in whose:
        raise Refused("gate_not_yours", phase=phase.id, person=whose[0])


def needs_reason(run: Run, which: WhichGate, *, by: str) -> bool:
    """Whether `by` may pass only against a "not yet", for a reason; refuses like passing."""
    phase = require_asked(run, which)
    if by in deciders_of(run, phase):
        return False
    if gate_of(run, phase) == "held" and by in overriders_of(run):
        return True
    require_decides(run, phase, by=by)
    return False


def pass_gate(
    run: Run, which: WhichGate, facts: Facts, *, by: str, at: datetime, reason: str = ""
) -> Change:
    """Let it go on; the head may do so against a "not yet", for a reason that stays."""
    phase = require_asked(run, which)
    against = needs_reason(run, which, by=by)
    run = with_move(
        run, phase, "overridden" if against else "passed", by=by, at=at,
        reason=worded(reason) if against else "",
    )  # fmt: skip
    passed = Event(EventKind.PHASE_PASSED, at, by, facts={"phase": phase.id, "against": against})
    opened = advance(run, facts, by=by, at=at)
    return Change(opened.run, (passed, *opened.events))


def hold_gate(
    run: Run, which: WhichGate, facts: Facts, *, reason: str, by: str, at: datetime
) -> Change:
    """Say "not yet", for a reason; the same again changes nothing."""
    phase = require_asked(run, which)
    require_decides(run, phase, by=by)
    reason, last = worded(reason), answer_of(run, phase)
    if last and (last.kind, last.by, last.reason) == ("held", by, reason):
        return Change(run, ())
    held = planned(with_move(run, phase, "held", by=by, at=at, reason=reason), facts)
    told = {"phase": phase.id, "reason": reason}
    return Change(held, (Event(EventKind.PHASE_HELD, at, by, facts=told),))


def undo_pass(run: Run, which: WhichGate, facts: Facts, *, by: str, at: datetime) -> Change:
    """Take one's own pass back; what it unlocked and is open waits again."""
    phase = _require_phase(run, which)
    last = answer_of(run, phase)
    passed = gate_of(run, phase) == "passed" and which.round == round_of(run, phase)
    if last is None or not passed or last.by != by:
        raise Refused("undo_not_yours")
    if at - last.at > UNDO_WITHIN:
        raise Refused("gate_undo_late", phase=phase.id)
    if closed_since(run, phase, last.at):
        raise Refused("gate_undo_passed", phase=phase.id)
    undone = Event(EventKind.PHASE_UNDONE, at, by, facts={"phase": phase.id})
    held = hold_back(with_move(run, phase, "undone", by=by, at=at), by=by, at=at)
    opened = advance(held.run, facts, by=by, at=at)
    return Change(opened.run, (undone, *held.events, *opened.events))


def press_gates(run: Run, facts: Facts, *, at: datetime) -> Change:
    """Do what is due while gates are open; what several rungs are due for is said once."""
    if run.status is not RunStatus.ACTIVE or run.gate_at is None or run.gate_at > at:
        return Change(run, ())
    events: list[Event] = []
    waits: list[datetime] = []
    for phase in asked_phases(run):
        due = [press for press in gate_ladder(run, phase, facts) if press.at <= at]
        opens = min((facts.next_working(press.to, at) for press in due), default=at)
        if opens > at:  # not at this hour of theirs
            waits.append(opens)
        elif due:
            run, event = _pressed(run, phase, due, at)
            events.append(event)
    later = planned(run, facts)
    if waits and later.gate_at and later.gate_at <= at:
        later = replace(later, gate_at=min(waits))
    return Change(later, tuple(events))


def _pressed(run: Run, phase: Phase, due: list[Press], at: datetime) -> tuple[Run, Event]:
    for press in due:
        kind: GateKind = "escalate" if press.rung == "escalate" else "remind"
        run = with_move(run, phase, kind, by="clock", at=at, to=press.to)
    first = min(due, key=lambda press: _ORDER.index(press.rung))
    told = {"phase": phase.id, "rung": first.rung, "to": first.to}
    return run, Event(EventKind.PHASE_PRESSED, at, "clock", facts=told)
