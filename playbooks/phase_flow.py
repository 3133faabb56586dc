"""What follows at the gates of phases: they are asked, lapse, and speak up again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.definition import Phase
from playbooks.due_rules import Span
from playbooks.patience import Press, next_slot
from playbooks.phases import (
    answer_of,
    asked_phases,
    deciders_of,
    gate_moves,
    gate_of,
    is_over,
    overriders_of,
)
from playbooks.records import GateKind, GateMove
from playbooks.run import Event, EventKind, Run
from playbooks.working_time import waited_since, working_after

REMIND = Span(1, "workdays")
ESCALATE = Span(3, "workdays")


def with_move(
    run: Run, phase: Phase, kind: GateKind, *, by: str, at: datetime, reason: str = "", to: str = ""
) -> Run:
    """The run with one more move at a phase's gate."""
    return replace(run, gates=(*run.gates, GateMove(phase.id, kind, by, at, reason, to)))


def lapsed(run: Run, *, by: str, at: datetime) -> tuple[Run, list[Event]]:
    """What was asked or answered at the gate of a phase that is no longer over counts no more."""
    events = []
    for phase in run.playbook.phases:
        last = answer_of(run, phase)
        if last is None or last.kind == "lapsed" or is_over(run, phase):
            continue
        run = with_move(run, phase, "lapsed", by=by, at=at)
        events.append(Event(EventKind.PHASE_LAPSED, at, by, facts={"phase": phase.id}))
    return run, events


def asked(run: Run, facts: Facts, *, by: str, at: datetime) -> tuple[Run, list[Event]]:
    """Ask at the gates of phases that are over, and plan when the clock speaks of them."""
    events = []
    for phase in run.playbook.phases:
        if gate_of(run, phase) == "shut" and is_over(run, phase):
            run = with_move(run, phase, "asked", by=by, at=at)
            events.append(Event(EventKind.PHASE_ASKED, at, by, facts={"phase": phase.id}))
    return planned(run, facts), events


def planned(run: Run, facts: Facts) -> Run:
    """The run with the moment when the clock next speaks of an open gate."""
    presses = (press.at for phase in asked_phases(run) for press in gate_ladder(run, phase, facts))
    return replace(run, gate_at=min(presses, default=None))


def gate_ladder(run: Run, phase: Phase, facts: Facts) -> tuple[Press, ...]:
    """What is still to come while an open gate is not passed, in order."""
    return tuple(sorted(_rungs(run, phase, facts), key=lambda press: (press.at, press.rung)))


def _rungs(run: Run, phase: Phase, facts: Facts) -> Iterator[Press]:
    last = answer_of(run, phase)
    if last is None:
        return
    who = deciders_of(run, phase)[0]
    past = [move for move in gate_moves(run, phase) if move.at >= last.at]
    said = [move.at for move in past if move.kind == "remind"]
    since = waited_since(run, last.at)
    yield Press(next_slot(REMIND, who, since, said, facts), "remind", who)
    told = any(move.kind == "escalate" for move in past)
    if last.kind != "held" and not told and (boss := _boss(run, phase)):
        yield Press(working_after(facts, who, since, ESCALATE), "escalate", boss)


def _boss(run: Run, phase: Phase) -> str:
    """Who hears of a gate that nobody answers at: the lead, else who may override it."""
    people = (run.lead, *overriders_of(run))
    mine = deciders_of(run, phase)
    return next((person for person in people if person not in mine), "")
