"""Hand a decision over: to a deputy, or to somebody named where nobody may decide."""

from datetime import datetime

from playbooks.calendars import Facts
from playbooks.flow import TEXT_LIMIT, require_step
from playbooks.handovers import RESERVED
from playbooks.levels import Standing, deciders, later_levels
from playbooks.parts import approved_by, authors, moves_of
from playbooks.patience import going_on
from playbooks.questions import Level
from playbooks.receiving import sides_of
from playbooks.records import Which
from playbooks.run import Change, Refused, Run, Step
from playbooks.turns import decision, moved, require_version, tried


def delegate(
    run: Run, which: Which, facts: Facts, *, person: str, by: str,
    at: datetime, reason: str = "",
) -> Change:  # fmt: skip
    """Hand a decision to somebody else, or name somebody where nobody may decide."""
    step, now, told, whose = require_may_name(run, which, by=by, at=at)
    _require_may_take(run, step, now, told, facts, person)
    of = by if by in whose else next(iter(whose), "")
    step = moved(step, "delegate", told, by=by, at=at, text=reason[:TEXT_LIMIT], of=of, to=person)
    return going_on(run, step, facts, decision(step), at=at)


def require_may_name(
    run: Run, which: Which, *, by: str, at: datetime
) -> tuple[Step, Standing, Level, tuple[str, ...]]:
    """The open level and who decides it; refuse whoever may hand it over to nobody.

    The lead may, and whom the clock has told that nobody answers. The author names no one,
    unless they lead and nobody else decides at all.
    """
    step = require_step(run, which.step)
    now = require_version(run, step, which.version)
    told = next((one for one in now.open if one.level == which.level), None)
    if told is None:
        raise Refused("nothing_to_decide")
    whose = deciders(run, step, told)
    levels = later_levels(run, step, now.version)
    part = {p for o in levels for p in deciders(run, step, o)}
    others = part - {by}
    leads = by == run.lead and (by not in authors(step) or not others)
    called = by in _called(step, now, told) - authors(step)
    if by in whose or leads or called or (not whose and by in part):
        return step, now, told, whose
    person = next(iter(whose), "") or (run.lead if run.lead != by else next(iter(others), run.lead))
    raise tried(Refused("not_to_name", person=person), which, by, at)


def _called(step: Step, now: Standing, told: Level) -> set[str]:
    """Who was told that nobody decides a level."""
    return {m.to for m in moves_of(step, now.version, told.level) if m.kind == "escalate"}


def _require_may_take(
    run: Run, step: Step, now: Standing, told: Level, facts: Facts, person: str
) -> None:
    if why := why_not(run, step, now, told, facts, person):
        raise why
    had = any(
        m.kind == "delegate" and m.of == person and not m.why
        for m in moves_of(step, now.version, told.level)
    )
    if had or is_theirs(run, step, told, person):
        raise Refused("delegate_same", person=person)


def why_not(
    run: Run, step: Step, now: Standing, told: Level, facts: Facts, person: str
) -> Refused | None:
    """Why somebody may not hold a level: their own work, another level; None where they may."""
    if not person or facts.person(person).is_bot:
        return Refused("cannot_decide", person=person)
    if person in authors(step):
        return Refused("delegate_author", person=person)
    if person in sides_of(step, told.level):
        return Refused("delegate_side", person=person)
    levels = later_levels(run, step, now.version)
    others = (other for other in levels if other.level != told.level)
    seats = {p for o in others for p in (*approved_by(step, o), *deciders(run, step, o))}
    if person in seats and told.level not in RESERVED:
        return Refused("delegate_twice", person=person)
    return None


def is_theirs(run: Run, step: Step, told: Level, person: str) -> bool:
    """Whether somebody has a part in a level already, or has decided it."""
    return person in {*deciders(run, step, told), *approved_by(step, told)}
