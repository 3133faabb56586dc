"""What was decided on a run's steps: each level of each version, who, what and when."""

from collections.abc import Iterator
from typing import Any

from bot.exports.record import Record
from playbooks.deliveries import Delivery, deliveries
from playbooks.handovers import ACK, DECISION
from playbooks.levels import DECISIONS, all_levels, standing
from playbooks.parts import moves_of
from playbooks.questions import Level
from playbooks.receiving import handover_levels
from playbooks.records import Move, Version
from playbooks.run import Step

_DECIDED = DECISIONS | {"lapse", "withdraw"}


def decision_rows(record: Record) -> Iterator[dict[str, Any]]:
    """A row a level and version, in the order of the steps; what was said in confidence is not.

    A hand-over is a level too, and so is the decision about it, with who has read it.
    """
    asked = deliveries(record.run, record.events)
    for step in record.run.steps:
        for version in step.versions:
            levels = [one for one in record.run.told(step).approvals if one.level in version.levels]
            for level in (*levels, *handover_levels(record.run, step, version)):
                yield {
                    **_row(record, step, version, level),
                    "deliveries": [
                        _delivery(record, one)
                        for one in asked
                        if (one.step, one.version) == (step.key, version.number)
                        and one.level in _ids(level)
                    ],
                }


def _row(record: Record, step: Step, version: Version, level: Level) -> dict[str, Any]:
    own = level.by == "owner"
    moves = [m for m in moves_of(step, version) if m.level in {*_ids(level), ""}]
    return {
        "step": step.key, "version": version.number, "level": level.level, "role": level.by,
        "submitted_by": version.by, "submitted_at": version.at, "sha256": version.digest,
        "outcome": "signed" if own else _outcome(record, step, version, level, moves),
        "moves": [_move(record, move) for move in ([] if own else moves)],
    }  # fmt: skip


def _ids(level: Level) -> frozenset[str]:
    """What is kept of a level: a decision's acknowledgements are kept with it."""
    return frozenset({DECISION, ACK}) if level.level == DECISION else frozenset({level.level})


def _delivery(record: Record, one: Delivery) -> dict[str, Any]:
    done = one.move
    return {
        "to": one.person, "asked_for": "ack" if one.level == ACK else "decision",
        "at": record.local(one.asked_at), "did": done.kind if done else "",
        "did_at": record.local(done.at) if done else None,
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
        "of": move.of, "to": move.to, "why": move.why, "changes": list(move.items),
        "criterion": move.criterion,
        "verdict": move.verdict, "concerns": list(move.people),
    }  # fmt: skip


def decided_on(record: Record, step: Step) -> Iterator[tuple[Version, Level, Move]]:
    """The moves about a step's later levels, in order, for what people read."""
    for version in step.versions:
        levels = {
            id_: level for level in all_levels(record.run, step, version) for id_ in _ids(level)
        }
        for move in moves_of(step, version):
            if move.level in levels and move.by != "clock":
                yield version, levels[move.level], move


def delivered(record: Record) -> Iterator[tuple[Step, Level, Delivery]]:
    """Who was asked for what about which version, in order, for what people read."""
    for one in deliveries(record.run, record.events):
        step = record.run.step(one.step)
        version = step.versions[one.version - 1] if step else None
        levels = all_levels(record.run, step, version) if step and version else ()
        found = next((level for level in levels if one.level in _ids(level)), None)
        if step and found:
            yield step, found, one
