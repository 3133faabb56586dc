"""Whose turn it is to decide, and the moves that are kept of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from playbooks.flow import require_open, require_step
from playbooks.handovers import DECISION, RESERVED
from playbooks.levels import Standing, all_levels, deciders, ending, lacking, standing
from playbooks.parts import approved_by, authors, moves_of
from playbooks.questions import Level
from playbooks.receiving import answer_to, sides_of
from playbooks.records import Move, MoveKind, Which
from playbooks.run import Event, EventKind, Refused, Run, RunStatus, Step

UNDO_WITHIN = timedelta(minutes=5)


def require_turn(run: Run, which: Which, *, by: str, at: datetime) -> tuple[Step, Level]:
    """The step and level that `by` may decide now; refuse everybody else, and old versions."""
    found = run.step(which.step)
    if found is None or run.status is not RunStatus.FINISHED:
        found = require_step(run, which.step)
    step, now = found, require_version(run, found, which.version)
    told = next(
        (one for one in all_levels(run, step, now.version) if one.level == which.level), None
    )
    if told is None:
        raise Refused("no_such_level")
    _require_undecided(run, step, now, told, by)
    require_open(run)
    if told in now.open and by in deciders(run, step, told):
        return step, told
    raise tried(_not_theirs(run, step, now, told, by), which, by, at)


def _require_undecided(run: Run, step: Step, now: Standing, told: Level, by: str) -> None:
    """Refuse where a version or its level needs no decision any more, or `by` has made theirs."""
    if end := ending(step, now.version):
        if end.kind == "lapse":
            raise Refused("version_lapsed", at=end.at)
        if end.kind == "withdraw":
            raise Refused("version_withdrawn", by=end.by, at=end.at)
        if end.kind in {"change", "material"}:
            raise Refused("changed_since", by=end.by, version=now.version.number)
        raise Refused("already_decided", by=end.by, at=end.at)
    if answer := answer_to(step, now.version, told.level):
        raise Refused("already_decided", by=answer.by, at=answer.at)
    made = [m for m in moves_of(step, now.version, told.level) if m.kind == "approve"]
    mine = next((move for move in made if move.by == by), None)
    if mine or (made and lacking(run, step, told) <= 0):
        move = mine or made[-1]
        raise Refused("already_decided", by=move.by, at=move.at)


def tried(refused: Refused, which: Which, by: str, at: datetime) -> Refused:
    """The refusal, with the try to keep on record."""
    told = {"level": which.level, "version": which.version, "why": refused.code}
    refused.event = Event(EventKind.DECISION_TRIED, at, by, which.step, told)
    return refused


def require_version(run: Run, step: Step, version: int) -> Standing:
    """Where the approval stands; refuse when another version is up for decision, or none."""
    now = standing(run, step)
    if now is None or not now.version.levels:
        raise Refused("nothing_to_decide")
    if now.version.number != version:
        raise Refused("version_passed", version=version, now=now.version.number)
    return now


def _not_theirs(run: Run, step: Step, now: Standing, told: Level, by: str) -> Refused:
    """Whose turn it is, and when it is theirs, if ever."""
    if told.level in RESERVED and told in now.open:
        return _not_to_receive(run, step, told, by)
    open_ = told if told in now.open else now.open[0]
    whose = deciders(run, step, open_)
    levels = all_levels(run, step, now.version)
    facts = {
        "person": whose[0] if whose else run.lead,
        "level": number_of_level(run, step, open_),
    }
    if by in authors(step):
        return Refused("decides_own", **facts)
    if any(by in approved_by(step, other) for other in levels):
        return Refused("decides_twice", **facts)
    to_come = [o for o in levels if o not in now.open and lacking(run, step, o) > 0]
    waiting = [o for o in to_come if by in deciders(run, step, o)]
    if waiting:
        return Refused("decides_later", **facts, mine=number_of_level(run, step, waiting[0]))
    return Refused("decides_other", **facts)


def _not_to_receive(run: Run, step: Step, told: Level, by: str) -> Refused:
    """Who accepts a hand-over, or decides about it, and why it is not them."""
    person = next(iter(deciders(run, step, told)), run.lead)
    own = by in sides_of(step, told.level)
    if told.level == DECISION and own:
        return Refused("dispute_side", person=person)
    if told.level == DECISION:
        return Refused("dispute_other", person=person)
    return (
        Refused("handover_own", person=person) if own else Refused("handover_other", person=person)
    )


def number_of_level(run: Run, step: Step, level: Level) -> int:
    """Which of the version's levels it is, from 1; the owner's own check counts."""
    version = step.version
    ids = version.levels if version else ()
    return ids.index(level.level) + 1 if level.level in ids else 1


def final_at(move: Move) -> datetime:
    """When a decision can no longer be undone."""
    return move.at + UNDO_WITHIN + timedelta(seconds=1)


def redrawn_soon(run: Run, move: Move) -> Run:
    """The run whose cards are drawn anew when a decision can no longer be undone."""
    over = final_at(move)
    return replace(run, redraw_at=min(run.redraw_at or over, over))


def moved(step: Step, kind: MoveKind, level: Level, *, by: str, at: datetime, **told: Any) -> Step:
    """The step with one more move about its latest version; `told` are fields of Move."""
    move = Move(kind, by, at, step.versions[-1].number, level.level, **told)
    return replace(step, moves=(*step.moves, move))


def decision(step: Step) -> Event:
    """The event that tells of a step's latest move."""
    move = step.moves[-1]
    told = {"kind": move.kind, "level": move.level, "version": move.version, "to": move.to}
    return Event(EventKind.DECIDED, move.at, move.by, step.key, told)
