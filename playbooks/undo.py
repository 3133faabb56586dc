"""Take back one's own decision, for a few minutes."""

from dataclasses import replace
from datetime import datetime

from playbooks.acknowledgements import next_asking
from playbooks.calendars import Facts
from playbooks.flow import advance, hold_back, require_step, unsettle
from playbooks.handovers import ACK, sends_back
from playbooks.levels import DECISIONS, all_levels, ending, levels_before, standing
from playbooks.parts import moves_of
from playbooks.patience import next_press
from playbooks.phases import is_held
from playbooks.records import Move, Which
from playbooks.run import Change, Event, EventKind, Refused, Run, Step, StepStatus
from playbooks.turns import UNDO_WITHIN, require_version

# Where a decision leaves its step; anywhere else the work has gone on.
_LEAVES = {
    "approve": {StepStatus.DECIDING, StepStatus.DONE},
    "changes": {StepStatus.ACTIVE},
    "reject": {StepStatus.ACTIVE},
    "accept": {StepStatus.DECIDING, StepStatus.DONE},
    "return": {StepStatus.DECIDING, StepStatus.ACTIVE},
    "decide": {StepStatus.DECIDING, StepStatus.DONE, StepStatus.ACTIVE},
}


def undo_decision(run: Run, which: Which, facts: Facts, *, by: str, at: datetime) -> Change:
    """Take back the latest decision on a level; what opened through it waits again."""
    step = require_step(run, which.step)
    require_version(run, step, which.version)
    move = _mine(run, step, which, by, at)
    rounds = step.rounds - sends_back(step, move)
    step = replace(
        _without(run, step, move), status=StepStatus.DECIDING, closed_at=None, closed_by="",
        help_by="", rounds=rounds,
    )  # fmt: skip
    step = replace(step, ack_at=next_asking(step, facts))
    told = {"level": which.level, "version": which.version}
    undone = Event(EventKind.DECISION_UNDONE, at, by, step.key, told)
    held = hold_back(unsettle(run, step.id, facts).with_step(step), by=by, at=at)
    step = replace(step, remind_at=next_press(held.run, step, facts, at=at))
    opened = advance(held.run.with_step(step), facts, by=by, at=at)
    return Change(opened.run, (undone, *held.events, *opened.events))


def _without(run: Run, step: Step, move: Move) -> Step:
    """The step as if a move had not been made, which notes what is no longer to be decided."""
    moves = tuple(replace(m, undone=True) if _falls(m, move) else m for m in step.moves)
    after = replace(step, moves=moves)
    now = _open(run, after)
    recalled = tuple(level for level in _open(run, step) if level not in now)
    noted = replace(move, undone=True, recalled=recalled)
    kept = (noted if was is move else m for was, m in zip(step.moves, moves, strict=True))
    return replace(after, moves=tuple(kept))


def _open(run: Run, step: Step) -> tuple[str, ...]:
    """The levels of a step to be decided now."""
    now = standing(run, step)
    return tuple(level.level for level in now.open) if now else ()


def _falls(move: Move, undone: Move) -> bool:
    """Whether a move goes with the decision that is taken back: its acknowledgements do."""
    told = undone.kind == "decide" and move.level == ACK and move.version == undone.version
    return move is undone or told


def _mine(run: Run, step: Step, which: Which, by: str, at: datetime) -> Move:
    """The decision to take back; refuse when it is too late for it."""
    moves = moves_of(step, step.versions[-1])
    made = [m for m in moves if m.kind in DECISIONS and m.level == which.level]
    mine = next((m for m in reversed(made) if m.by == by), None)
    if mine is None:
        raise Refused("undo_not_yours")
    if at - mine.at > UNDO_WITHIN:
        raise Refused("undo_late")
    away = step.status not in _LEAVES[mine.kind] or is_held(run, step)
    if mine.opens or away or _built_upon(run, step, mine):
        raise Refused("undo_passed")
    return mine


def _built_upon(run: Run, step: Step, mine: Move) -> bool:
    """Whether somebody else has ended the round since, or decided on a level that followed."""
    version = step.versions[-1]
    end = ending(step, version)
    if end and end is not mine:
        return True
    follow = {
        level.level
        for level in all_levels(run, step, version)
        if mine.level in levels_before(run, step, version, level)
    }
    return any(m.kind in DECISIONS and m.level in follow for m in moves_of(step, version))
