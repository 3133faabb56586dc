"""Phases of a run: which are under way, how their gates stand, and what these lock."""

from datetime import datetime
from typing import Literal

from playbooks.definition import Phase
from playbooks.owners import people_of
from playbooks.records import GateMove
from playbooks.run import Run, RunStatus, Step, StepStatus

GateState = Literal["none", "shut", "open", "held", "passed"]
_STATES: dict[str, GateState] = {
    "asked": "open", "undone": "open", "held": "held", "passed": "passed",
    "overridden": "passed", "lapsed": "shut",
}  # fmt: skip
_UNDER_WAY = frozenset({StepStatus.ACTIVE, StepStatus.DECIDING})


def phase_of(run: Run, step: Step) -> Phase:
    """The phase that a step belongs to."""
    return next(p for p in run.playbook.phases if any(told.id == step.id for told in p.steps))


def phase_named(run: Run, id_: str) -> Phase | None:
    """The phase with this id."""
    return next((phase for phase in run.playbook.phases if phase.id == id_), None)


def steps_of(run: Run, phase: Phase) -> tuple[Step, ...]:
    """The steps of a phase that are part of the run, those switched off left out."""
    ids = {told.id for told in phase.steps}
    return tuple(s for s in run.steps if s.id in ids and s.status is not StepStatus.OFF)


def is_over(run: Run, phase: Phase) -> bool:
    """Whether every step of a phase is closed; one that has none never is."""
    steps = steps_of(run, phase)
    return bool(steps) and all(step.is_closed for step in steps)


def has_opened(run: Run, phase: Phase) -> bool:
    """Whether a step of a phase is or was under way."""
    started = _UNDER_WAY | {StepStatus.DONE}
    return any(step.status in started for step in steps_of(run, phase))


def gate_moves(run: Run, phase: Phase) -> tuple[GateMove, ...]:
    """What has been said at a phase's gate."""
    return tuple(move for move in run.gates if move.phase == phase.id)


def answer_of(run: Run, phase: Phase) -> GateMove | None:
    """The latest move that says how a gate stands."""
    moves = (move for move in reversed(gate_moves(run, phase)) if move.kind in _STATES)
    return next(moves, None)


def gate_of(run: Run, phase: Phase) -> GateState:
    """How a gate stands: none to pass, shut until the phase is over, open to decide, …"""
    if phase.gate is None or not steps_of(run, phase):
        return "none"
    last = answer_of(run, phase)
    return _STATES[last.kind] if last else "shut"


def is_asked(run: Run, phase: Phase) -> bool:
    """Whether a gate is to be decided now."""
    return run.status is RunStatus.ACTIVE and gate_of(run, phase) in {"open", "held"}


def asked_phases(run: Run) -> tuple[Phase, ...]:
    """The phases whose gate is to be decided now, in order."""
    return tuple(phase for phase in run.playbook.phases if is_asked(run, phase))


def round_of(run: Run, phase: Phase) -> int:
    """How often a gate has been asked."""
    return sum(move.kind == "asked" for move in gate_moves(run, phase))


def deciders_of(run: Run, phase: Phase) -> tuple[str, ...]:
    """Who answers at a phase's gate."""
    return people_of(run, phase.gate.by) if phase.gate else ()


def overriders_of(run: Run) -> tuple[str, ...]:
    """Who may pass a gate against a "not yet"; empty where nobody may."""
    role = run.playbook.override
    return people_of(run, role) if role else ()


def locked_by(run: Run, step: Step) -> tuple[Phase, ...]:
    """The phases whose gate has to be passed before a step may open."""
    names = run.playbook.locks[step.id]
    phases = (phase for phase in run.playbook.phases if phase.id in names)
    return tuple(phase for phase in phases if gate_of(run, phase) not in {"none", "passed"})


def is_held(run: Run, step: Step) -> bool:
    """Whether a step lacks something before it may open: a step it needs, or a gate."""
    return any(run.unmet(step)) or bool(locked_by(run, step))


def is_to_pass(run: Run) -> bool:
    """Whether any gate is still to be passed."""
    return any(gate_of(run, phase) not in {"none", "passed"} for phase in run.playbook.phases)


def under_way(run: Run) -> Phase | None:
    """The phase a run is in: the first with work or a decision in it, else the next."""
    phases = run.playbook.phases
    busy = (p for p in phases if is_asked(run, p) or _is_busy(run, p))
    left = (p for p in phases if steps_of(run, p) and not is_over(run, p))
    return next(busy, None) or next(left, None)


def _is_busy(run: Run, phase: Phase) -> bool:
    return any(step.status in _UNDER_WAY for step in steps_of(run, phase))


def unlocked_by(run: Run, phase: Phase) -> tuple[Step, ...]:
    """The steps that wait for a phase's gate."""
    return tuple(s for s in run.steps if phase.id in run.playbook.locks[s.id])


def closed_since(run: Run, phase: Phase, at: datetime) -> bool:
    """Whether anybody has closed a step since `at` that a phase's gate unlocked."""
    closed = {StepStatus.DONE, StepStatus.SKIPPED}
    return any(
        step.status in closed and step.closed_at is not None and step.closed_at >= at
        for step in unlocked_by(run, phase)
    )
