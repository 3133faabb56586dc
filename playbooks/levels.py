"""Approval levels: which are open, who may decide, and what has come of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from playbooks.answers import is_on
from playbooks.owners import people_of
from playbooks.questions import Level
from playbooks.records import Move, Version
from playbooks.run import Run, Step, StepStatus
from playbooks.seats import can_be_filled

Outcome = Literal["open", "approved", "changes", "rejected", "lapsed", "withdrawn", "changed"]
_ENDS: Mapping[str, Outcome] = {
    "changes": "changes", "reject": "rejected", "lapse": "lapsed", "withdraw": "withdrawn",
    "change": "changed", "material": "changed",
}  # fmt: skip
DECISIONS = frozenset({"approve", "changes", "reject"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the approval of a version stands."""

    version: Version
    outcome: Outcome
    open: tuple[Level, ...] = ()  # the levels to decide now


def in_force(run: Run, step: Step) -> tuple[Level, ...]:
    """The levels that apply to what is submitted now."""
    return tuple(level for level in run.told(step).approvals if is_on(run, level.when))


def later_levels(run: Run, step: Step, version: Version) -> tuple[Level, ...]:
    """A version's levels that others than the owner decide, in order."""
    return tuple(
        level
        for level in run.told(step).approvals
        if level.level in version.levels and level.by != "owner"
    )


def later_levels_to_come(run: Run, step: Step) -> tuple[Level, ...]:
    """The levels that others will decide when the step is handed in, as far as it is known."""
    return tuple(level for level in in_force(run, step) if level.by != "owner")


def moves_of(step: Step, version: Version, level: str = "") -> tuple[Move, ...]:
    """What counts of the moves about a version, or about one of its levels."""
    return tuple(
        move
        for move in step.moves
        if move.version == version.number and not move.undone and level in {"", move.level}
    )


def standing(run: Run, step: Step) -> Standing | None:
    """Where the approval of the latest version stands; None where nothing was submitted."""
    version = step.version
    if version is None:
        return None
    for move in moves_of(step, version):
        if move.kind in _ENDS:
            return Standing(version, _ENDS[move.kind])
    for group in _groups(later_levels(run, step, version)):
        pending = tuple(level for level in group if lacking(run, step, level) > 0)
        if pending:
            return Standing(version, "open", pending)
    return Standing(version, "approved")


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


def approved_by(step: Step, level: Level) -> tuple[str, ...]:
    """Who has approved a level of the latest version."""
    version = step.version
    moves = moves_of(step, version, level.level) if version else ()
    return tuple(move.by for move in moves if move.kind == "approve")


def needed(run: Run, step: Step, level: Level) -> int:
    """How many people have to approve a level."""
    if level.need == "all":
        return max(1, len(_part_of(run, step, level, with_backup=False)))
    return 1 if level.need == "any" else int(level.need)


def lacking(run: Run, step: Step, level: Level) -> int:
    """How many approvals a level still lacks."""
    return needed(run, step, level) - len(approved_by(step, level))


def deciders(run: Run, step: Step, level: Level) -> tuple[str, ...]:
    """Who may decide a level of the latest version now, those asked last time first.

    Nobody decides about their own work, or on two levels of one approval.
    """
    held = _held_elsewhere(run, step, level)
    part = _part_of(run, step, level, with_backup=True)
    free = tuple(p for p in part if p not in held and p not in approved_by(step, level))
    free = tuple(p for p in free if _leaves_enough(run, step, level, p)) or free
    if len(free) < lacking(run, step, level) and _may_stand_in(run, step, held):
        free = tuple(dict.fromkeys((*free, run.stand_in)))
    return free


def _may_stand_in(run: Run, step: Step, held: frozenset[str]) -> bool:
    return bool(run.stand_in) and run.stand_in not in held | authors(step)


def waiting_for(run: Run, step: Step) -> tuple[str, ...]:
    """Everybody who may decide on a step now."""
    if step.status is not StepStatus.DECIDING:
        return ()
    open_ = now.open if (now := standing(run, step)) else ()
    return tuple(dict.fromkeys(p for level in open_ for p in deciders(run, step, level)))


def authors(step: Step) -> frozenset[str]:
    """Whose work it is: they decide on none of its later levels."""
    return frozenset({step.owner, *([step.version.by] if step.version else [])})


def _part_of(run: Run, step: Step, level: Level, *, with_backup: bool) -> tuple[str, ...]:
    """The people of a level: its role, as handed over since, without the authors."""
    people = list(people_of(run, level.by))
    for move in step.moves:
        if move.level != level.level or move.undone:
            continue
        if move.kind == "delegate":
            people = [move.to if person == move.of else person for person in people]
            if move.to not in people:
                people.append(move.to)
        of_now = step.version is not None and move.version == step.version.number
        if with_backup and move.kind == "backup" and of_now:
            people.append(move.to)
    kept = tuple(p for p in dict.fromkeys(people) if p not in authors(step))
    return _same_again(step, level, kept) if level.need == "any" else kept


def _same_again(step: Step, level: Level, people: tuple[str, ...]) -> tuple[str, ...]:
    """A new round comes back to who decided in the last one, where they still have the part."""
    now = step.version.number if step.version else 0
    before = [
        move
        for move in step.moves
        if move.level == level.level and move.kind in DECISIONS and not move.undone
        and move.version == now - 1
    ]  # fmt: skip
    same = tuple(p for p in people if any(move.by == p for move in before))
    moved = any(
        m.version == now and m.level == level.level and m.kind in {"delegate", "backup"}
        for m in step.moves
    )
    return same if same and not moved else people


def _held_elsewhere(run: Run, step: Step, level: Level) -> frozenset[str]:
    version = step.version
    if version is None:
        return frozenset()
    others = (o for o in later_levels(run, step, version) if o.level != level.level)
    return frozenset(person for other in others for person in approved_by(step, other))


def _leaves_enough(run: Run, step: Step, level: Level, person: str) -> bool:
    """Whether the levels after this one can still be decided when `person` decides here."""
    version = step.version
    if version is None:
        return True
    seats = []
    for other in later_levels(run, step, version):
        part = set(_part_of(run, step, other, with_backup=True)) - set(approved_by(step, other))
        part -= _held_elsewhere(run, step, other)
        open_ = max(0, lacking(run, step, other) - (other.level == level.level))
        seats += [part - {person}] * open_
    return can_be_filled(seats)


def withdrawn(step: Step, *, by: str, at: datetime) -> Step:
    """The step whose latest version is decided on no longer."""
    version = step.version
    if version is None or not version.levels:
        return step
    if any(move.kind in _ENDS for move in moves_of(step, version)):
        return step
    return replace(step, moves=(*step.moves, Move("withdraw", by, at, version.number)))
