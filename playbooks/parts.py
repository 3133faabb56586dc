"""Who has a part in an approval: whose work it is, the people of a level, what they have done."""

from playbooks.handovers import asked_first
from playbooks.questions import Level
from playbooks.records import Move, Version
from playbooks.run import Run, Step


def authors(step: Step) -> frozenset[str]:
    """Whose work it is: they decide on none of its later levels."""
    version = step.version
    return frozenset(
        {step.owner, step.stands_for, *((version.by, version.owner) if version else ())} - {""}
    )


def moves_of(step: Step, version: Version, level: str = "") -> tuple[Move, ...]:
    """What counts of the moves about a version, or about one of its levels."""
    return tuple(
        move
        for move in step.moves
        if move.version == version.number and not move.undone and level in {"", move.level}
    )


def approved_by(step: Step, level: Level) -> tuple[str, ...]:
    """Who has approved a level of the latest version."""
    version = step.version
    moves = moves_of(step, version, level.level) if version else ()
    return tuple(move.by for move in moves if move.kind == "approve")


def recalls(step: Step, version: Version, level: Level) -> tuple[Move, ...]:
    """The decisions before a level whose undoing has taken its request back, in order."""
    return tuple(
        move
        for move in step.moves
        if move.version == version.number and level.level in move.recalled
    )


def seats_of(run: Run, step: Step, level: Level) -> tuple[str, ...]:
    """Whom `need: all` means: the role's people, as handed over since, without the authors."""
    return _part(run, step, level, added=False)


def part_of(run: Run, step: Step, level: Level) -> tuple[str, ...]:
    """Everybody with a part in a level: the seats, and who was asked or named besides."""
    return _part(run, step, level, added=True)


def _part(run: Run, step: Step, level: Level, *, added: bool) -> tuple[str, ...]:
    people = list(asked_first(run, step, level))
    for move in step.moves:
        if move.level != level.level or move.undone:
            continue
        if move.kind == "delegate" and move.of in people:
            people = [move.to if person == move.of else person for person in people]
        elif added and _adds(run, step, move):
            people.append(move.to)
    return tuple(p for p in dict.fromkeys(people) if p not in authors(step))


def _adds(run: Run, step: Step, move: Move) -> bool:
    """Whether a move gives somebody a part beside the role's people.

    A part handed over by somebody who has it no longer, since the roles were filled anew, is void.
    """
    if move.kind == "backup":
        return step.version is not None and move.version == step.version.number
    return move.kind == "delegate" and move.of in {"", run.stand_in}
