"""Take back one's own decision, for a few minutes."""

from dataclasses import replace
from datetime import datetime, timedelta

from playbooks.calendars import Facts
from playbooks.flow import advance, hold_back, require_step, unsettle
from playbooks.levels import DECISIONS
from playbooks.patience import next_press
from playbooks.records import Move, Which
from playbooks.run import Change, Event, EventKind, Refused, Run, Step, StepStatus
from playbooks.turns import require_version

UNDO_WITHIN = timedelta(minutes=5)
# After which a decision can no longer be taken back: another one, or the end of its version.
_PASSED = DECISIONS | {"change", "material", "minor", "withdraw", "lapse"}


def undo_decision(run: Run, which: Which, facts: Facts, *, by: str, at: datetime) -> Change:
    """Take back the latest decision on a level; what opened through it waits again."""
    step = require_step(run, which.step)
    require_version(run, step, which.version)
    move = _mine(step, which, by, at)
    moves = tuple(replace(m, undone=True) if m is move else m for m in step.moves)
    rounds = step.rounds - (move.kind != "approve")
    step = replace(
        step, moves=moves, status=StepStatus.DECIDING, rounds=rounds, closed_at=None, closed_by="",
    )  # fmt: skip
    undone = Event(
        EventKind.DECISION_UNDONE,
        at,
        by,
        step.key,
        {"level": which.level, "version": which.version},
    )
    held = hold_back(unsettle(run, step.id, facts).with_step(step), by=by, at=at)
    step = replace(step, remind_at=next_press(held.run, step, facts))
    opened = advance(held.run.with_step(step), facts, by=by, at=at)
    return Change(opened.run, (undone, *held.events, *opened.events))


def _mine(step: Step, which: Which, by: str, at: datetime) -> Move:
    """The decision to take back; refuse when it is too late for it."""
    made = [
        m for m in step.moves if m.version == which.version and m.kind in DECISIONS and not m.undone
    ]
    mine = next((m for m in reversed(made) if m.by == by and m.level == which.level), None)
    if mine is None:
        raise Refused("undo_not_yours")
    if at - mine.at > UNDO_WITHIN:
        raise Refused("undo_late")
    after = step.moves[step.moves.index(mine) + 1 :]
    gone_on = any(m.version == which.version and m.kind in _PASSED and not m.undone for m in after)
    if gone_on or mine.opens or step.status is StepStatus.WAITING:
        raise Refused("undo_passed")
    return mine
