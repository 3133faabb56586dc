"""The decisions of somebody away go to who may make them, and come back undecided."""

from collections.abc import Iterator
from datetime import datetime

from playbooks.away import away_in, deputies, here
from playbooks.calendars import Facts
from playbooks.delegation import is_theirs, why_not
from playbooks.escalation import backup_of, boss_of
from playbooks.leave import Leave
from playbooks.levels import Standing, deciders, lacking, standing
from playbooks.parts import approved_by, moves_of, part_of
from playbooks.questions import Level
from playbooks.run import Event, EventKind, Run, Step
from playbooks.turns import decision, moved


def stood_for(run: Run, step: Step, level: Level) -> dict[str, str]:
    """By who decides a level instead of somebody away, whose part it is.

    A part handed on by hand since is nobody's to give back.
    """
    held: dict[str, str] = {}
    for move in step.moves:
        if move.kind != "delegate" or move.level != level.level or move.undone:
            continue
        person = held.pop(move.of, move.of)
        if move.why == "leave":
            held[move.to] = person
    part = part_of(run, step, level)
    return {deputy: person for deputy, person in held.items() if deputy in part}


def decided_for(
    run: Run, step: Step, facts: Facts, at: datetime
) -> tuple[Step, tuple[Event, ...]]:  # fmt: skip
    """The step whose open levels are with whoever is there to decide them."""
    now = standing(run, step)
    events: list[Event] = []
    for level in now.open if now else ():
        for change in (_back_or_on, _handed):
            step, told = change(run.with_step(step), step, level, facts, at)
            events += told
    return step, tuple(events)


def _back_or_on(
    run: Run, step: Step, level: Level, facts: Facts, at: datetime
) -> tuple[Step, list[Event]]:
    """What is decided for somebody: theirs again when they are back, else with the best there."""
    events: list[Event] = []
    for deputy, person in stood_for(run, step, level).items():
        if deputy in approved_by(step, level):
            continue
        leave = away_in(run, person, facts, at)
        if leave is None:
            if _may_take(run, step, level, facts, person):
                step = moved(
                    step, "delegate", level, by=person, at=at, of=deputy, to=person, why="back"
                )
                events.append(decision(step))
        elif (found := _first(run, step, level, person, facts, at, deputy)) not in {"", deputy}:
            step, event = _given(run, step, level, leave, facts, (deputy, found), at)
            events.append(event)
        run = run.with_step(step)
    return step, events


def _handed(
    run: Run, step: Step, level: Level, facts: Facts, at: datetime
) -> tuple[Step, list[Event]]:
    """Hand over what nobody who is there can decide: as many parts as the level lacks."""
    events: list[Event] = []
    whose = deciders(run, step, level)
    away = [(person, leave) for person in whose if (leave := away_in(run, person, facts, at))]
    missing = max(0, lacking(run, step, level) - (len(whose) - len(away)))
    for person, leave in away[:missing]:
        found = _first(run, step, level, person, facts, at)
        if found:
            step, event = _given(run, step, level, leave, facts, (person, found), at)
            events.append(event)
        elif boss := _to_tell(run, step, level):
            step, event = _told(step, level, boss, at)
            events.append(event)
        run = run.with_step(step)
    return step, events


def _first(
    run: Run, step: Step, level: Level, person: str, facts: Facts, at: datetime, held: str = ""
) -> str:
    """The first who may decide for somebody away; `held` is who does so far."""
    for one in _instead(run, step, level, person, facts, at):
        if one == held or (one != person and _may_take(run, step, level, facts, one)):
            return one
    return ""


def _instead(
    run: Run, step: Step, level: Level, person: str, facts: Facts, at: datetime
) -> Iterator[str]:
    """Deputies, then the level's backup, then who hears of it when nobody decides."""
    yield from deputies(run, person, facts, at)
    for other in (backup_of(run, step, level), boss_of(run, step, level), run.lead):
        yield from here(run, other, facts, at)


def _may_take(run: Run, step: Step, level: Level, facts: Facts, person: str) -> bool:
    now = standing(run, step)
    return now is not None and _is_free(run, step, now, level, facts, person)


def _is_free(
    run: Run, step: Step, now: Standing, level: Level, facts: Facts, person: str
) -> bool:  # fmt: skip
    barred = why_not(run, step, now, level, facts, person)
    return barred is None and not is_theirs(run, step, level, person)


def _given(
    run: Run, step: Step, level: Level, leave: Leave, facts: Facts, way: tuple[str, str],
    at: datetime,
) -> tuple[Step, Event]:  # fmt: skip
    """Hand a part from one to another; `people` names the deputy who may not have it, if so."""
    of, to = way
    barred = leave.deputy != to and not _may_take(run, step, level, facts, leave.deputy)
    passed = (leave.deputy,) if barred else ()
    step = moved(
        step, "delegate", level, by=leave.set_by, at=at, of=of, to=to, why="leave", people=passed
    )
    return step, decision(step)


def _to_tell(run: Run, step: Step, level: Level) -> str:
    """Who is told that nobody is there to decide; nobody where that has been said."""
    moves = moves_of(step, step.versions[-1], level.level)
    said = any(move.kind == "escalate" for move in moves)
    return "" if said else boss_of(run, step, level) or run.lead


def _told(step: Step, level: Level, boss: str, at: datetime) -> tuple[Step, Event]:
    step = moved(step, "escalate", level, by="clock", at=at, to=boss, why="leave")
    told = {
        "level": level.level, "version": step.versions[-1].number, "rung": "away", "to": boss,
    }  # fmt: skip
    return step, Event(EventKind.APPROVAL_PRESSED, at, "clock", step.key, told)
