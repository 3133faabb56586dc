"""Approval levels: which are open, who may decide, and what has come of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from playbooks.answers import UNKNOWN, Lists, is_on
from playbooks.handovers import DECISION, RESERVED, handover_of, sends_back
from playbooks.parts import approved_by, authors, moves_of, part_of, seats_of
from playbooks.questions import Level
from playbooks.receiving import answer_to, handover_levels, sides_of
from playbooks.records import Move, Version
from playbooks.run import Run, Step, StepStatus
from playbooks.seats import can_be_filled

Outcome = Literal[
    "open", "approved", "changes", "rejected", "returned", "lapsed", "withdrawn", "changed",
]  # fmt: skip
_ENDS: Mapping[str, Outcome] = {
    "changes": "changes", "reject": "rejected", "return": "returned", "decide": "returned",
    "lapse": "lapsed", "withdraw": "withdrawn", "change": "changed", "material": "changed",
}  # fmt: skip
DECISIONS = frozenset({"approve", "changes", "reject", "accept", "return", "decide"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the approval of a version stands."""

    version: Version
    outcome: Outcome
    open: tuple[Level, ...] = ()  # the levels to decide now


def in_force(run: Run, step: Step, lists: Lists = UNKNOWN) -> tuple[Level, ...]:
    """The levels that apply to what is submitted now."""
    return tuple(level for level in run.told(step).approvals if is_on(run, level.when, lists))


def later_levels(run: Run, step: Step, version: Version) -> tuple[Level, ...]:
    """A version's levels that others than the owner decide, in order."""
    return tuple(
        level
        for level in run.told(step).approvals
        if level.level in version.levels and level.by != "owner"
    )


def all_levels(run: Run, step: Step, version: Version) -> tuple[Level, ...]:
    """What others have to say about a version, in order: its levels, then its hand-over."""
    return later_levels(run, step, version) + handover_levels(run, step, version)


def is_decided_later(run: Run, step: Step) -> bool:
    """Whether others have a say when the step is handed in, as far as it is known."""
    later = any(level.by != "owner" for level in in_force(run, step))
    return later or handover_of(run, step) is not None


def standing(run: Run, step: Step) -> Standing | None:
    """Where the approval of the latest version stands; None where nothing was submitted."""
    version = step.version
    if version is None:
        return None
    if ended := ending(step, version):
        return Standing(version, _ENDS[ended.kind])
    for group in _groups(all_levels(run, step, version)):
        pending = tuple(level for level in group if lacking(run, step, level) > 0)
        if pending:
            return Standing(version, "open", pending)
    return Standing(version, "approved")


def ending(step: Step, version: Version) -> Move | None:
    """The move that ended the approval of a version before all had approved."""
    moves = moves_of(step, version)
    return next((m for m in moves if m.kind == "withdraw" or sends_back(step, m)), None)


def _groups(levels: Sequence[Level]) -> Iterator[list[Level]]:
    """Levels decided at the same time; a parallel one joins the one before it."""
    group: list[Level] = []
    for level in levels:
        if group and not level.parallel:
            yield group
            group = []
        group.append(level)
    if group:
        yield group


def levels_before(run: Run, step: Step, version: Version, level: Level) -> frozenset[str]:
    """The ids of the levels that have to be decided before this one is open."""
    before: set[str] = set()
    for group in _groups(all_levels(run, step, version)):
        if level in group:
            break
        before.update(one.level for one in group)
    return frozenset(before)


def lacking(run: Run, step: Step, level: Level) -> int:
    """How many approvals a level still lacks."""
    if level.level in RESERVED:
        return int(step.version is None or answer_to(step, step.version, level.level) is None)
    approved = approved_by(step, level)
    if level.need != "all":
        return (1 if level.need == "any" else int(level.need)) - len(approved)
    seats = seats_of(run, step, level)
    instead = {run.stand_in, *part_of(run, step, level)} - set(seats)
    vacant = len(set(seats) - set(approved)) - len(instead & set(approved))
    return max(vacant, 1 - len(approved))


def deciders(run: Run, step: Step, level: Level) -> tuple[str, ...]:
    """Who may decide a level of the latest version now, those asked last time first.

    Nobody decides about their own work, or on two levels of one approval.
    """
    if level.level in RESERVED:
        return _receivers(run, step, level)
    held = _held_elsewhere(run, step, level)
    done = held | set(approved_by(step, level))
    free = tuple(person for person in part_of(run, step, level) if person not in done)
    free = tuple(p for p in free if leaves_enough(run, step, level, p)) or free
    free = _same_again(step, level, free)
    if len(free) < lacking(run, step, level) and run.stand_in not in {"", *done, *authors(step)}:
        free = tuple(dict.fromkeys((*free, run.stand_in)))
    return free


def _receivers(run: Run, step: Step, level: Level) -> tuple[str, ...]:
    """Who receives the work, or decides about it: no level of an approval, so no seat of one."""
    sides = sides_of(step, level.level)
    free = tuple(person for person in part_of(run, step, level) if person not in sides)
    if level.level != DECISION:
        free = _same_again(step, level, free)
    return free or ((run.stand_in,) if run.stand_in not in {"", *sides} else ())


def waiting_for(run: Run, step: Step) -> tuple[str, ...]:
    """Everybody who may decide on a step now."""
    if step.status is not StepStatus.DECIDING:
        return ()
    open_ = now.open if (now := standing(run, step)) else ()
    return tuple(dict.fromkeys(p for level in open_ for p in deciders(run, step, level)))


def _same_again(step: Step, level: Level, free: tuple[str, ...]) -> tuple[str, ...]:
    """A new round comes back to who decided in the last one, where they still may."""
    now = len(step.versions)
    own = [move for move in step.moves if move.level == level.level and not move.undone]
    made = [move for move in own if move.kind in DECISIONS and move.version < now]
    last = max((move.version for move in made), default=0)
    taken_back = {move.version for move in step.moves if move.kind == "withdraw"}
    if not set(range(last + 1, now)) <= taken_back:
        return free  # in the round between nobody answered
    same = [p for p in free if any(m.by == p and m.version == last for m in made)]
    moved = any(move.version == now and move.kind in {"delegate", "backup"} for move in own)
    if level.need == "any" and same and not moved:
        return tuple(same)
    return tuple(dict.fromkeys((*same, *free)))


def _held_elsewhere(run: Run, step: Step, level: Level) -> frozenset[str]:
    version = step.version
    if version is None:
        return frozenset()
    others = (o for o in later_levels(run, step, version) if o.level != level.level)
    return frozenset(person for other in others for person in approved_by(step, other))


def leaves_enough(run: Run, step: Step, level: Level, person: str) -> bool:
    """Whether the levels after this one can still be decided when `person` decides here."""
    version = step.version
    if version is None:
        return True
    seats = []
    for other in later_levels(run, step, version):
        part = set(part_of(run, step, other)) - set(approved_by(step, other))
        part -= _held_elsewhere(run, step, other)
        open_ = max(0, lacking(run, step, other) - (other.level == level.level))
        seats += [part - {person}] * open_
    return can_be_filled(seats)


def withdrawn(step: Step, *, by: str, at: datetime) -> Step:
    """The step whose latest version is decided on no longer."""
    version = step.version
    if version is None or not version.levels or ending(step, version):
        return step
    return replace(step, moves=(*step.moves, Move("withdraw", by, at, version.number)))
