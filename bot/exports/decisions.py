"""What was decided on a run's steps: each level of each version, who, what and when."""

from collections.abc import Iterator
from typing import Any

from bot.exports.record import Record
from playbooks.levels import later_levels, moves_of, standing
from playbooks.questions import Level
from playbooks.records import Move, Version
from playbooks.run import Step

_DECIDED = frozenset({"approve", "changes", "reject", "lapse", "withdraw"})


def decision_rows(record: Record) -> Iterator[dict[str, Any]]:
    """A row a level and version, in the order of the steps; what was said in confidence is not."""
    for step in record.run.steps:
        for version in step.versions:
            levels = [one for one in record.run.told(step).approvals if one.level in version.levels]
            for level in levels:
                yield _row(record, step, version, level)


def _row(record: Record, step: Step, version: Version, level: Level) -> dict[str, Any]:
    own = level.by == "owner"
    moves = [m for m in moves_of(step, version) if m.level in {level.level, ""}]
    return {
        "step": step.key, "version": version.number, "level": level.level, "role": level.by,
        "submitted_by": version.by, "submitted_at": version.at, "sha256": version.digest,
        "outcome": "signed" if own else _outcome(record, step, version, level, moves),
        "moves": [_move(record, move) for move in ([] if own else moves)],
    }  # fmt: skip


def _outcome(record: Record, step: Step, version: Version, level: Level, moves: list[Move]) -> str:
    """What came of a level; `open` while it is to be decided, `waiting` before its turn."""
    decided = [move.kind for move in moves if move.kind in _DECIDED]
    now = standing(record.run, step)
    if decided and (decided[-1] != "approve" or now is None or level not in now.open):
        return str(decided[-1])
    if now is None or now.version != version:
        return "over"
    return "open" if level in now.open else "waiting"


def _move(record: Record, move: Move) -> dict[str, Any]:
    return {
        "kind": move.kind, "by": move.by, "at": record.local(move.at), "text": move.text,
        "to": move.to, "changes": list(move.items),
    }  # fmt: skip


def decided_on(record: Record, step: Step) -> Iterator[tuple[Version, Level, Move]]:
    """The moves about a step's later levels, in order, for what people read."""
    for version in step.versions:
        levels = {level.level: level for level in later_levels(record.run, step, version)}
        for move in moves_of(step, version):
            if move.level in levels and move.by != "clock":
                yield version, levels[move.level], move
