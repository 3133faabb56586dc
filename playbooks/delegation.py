"""Hand a decision over: to a deputy, or to somebody named where nobody may decide."""

from datetime import datetime

from playbooks.calendars import Facts
from playbooks.flow import TEXT_LIMIT, require_step
from playbooks.levels import Standing, approved_by, authors, deciders, later_levels, moves_of
from playbooks.patience import going_on
from playbooks.questions import Level
from playbooks.records import Which
from playbooks.run import Change, Refused, Run, Step
from playbooks.turns import decision, moved, require_version


def delegate(
    run: Run, which: Which, facts: Facts, *, person: str, by: str,
    at: datetime, reason: str = "",
) -> Change:  # fmt: skip
    """Hand a decision to somebody else, or name somebody where nobody may decide."""
    step, now, told, whose = require_may_name(run, which, by=by)
    _require_may_take(run, step, now, told, facts, person)
    of = by if by in whose else next(iter(whose), "")
    step = moved(step, "delegate", told, by=by, at=at, text=reason[:TEXT_LIMIT], of=of, to=person)
    return going_on(run, step, facts, decision(step))


def require_may_name(
    run: Run, which: Which, *, by: str
) -> tuple[Step, Standing, Level, tuple[str, ...]]:
    """The open level and who decides it; refuse whoever may hand it over to nobody.

    The author names no one, unless they lead and nobody else decides at all.
    """
    step = require_step(run, which.step)
    now = require_version(run, step, which.version)
    told = next((one for one in now.open if one.level == which.level), None)
    if told is None:
        raise Refused("nothing_to_decide")
    whose = deciders(run, step, told)
    levels = later_levels(run, step, now.version)
    others = {p for o in levels for p in deciders(run, step, o)} - {by}
    leads = by == run.lead and (by not in authors(step) or not others)
    if by in whose or leads or (not whose and by in others):
        return step, now, told, whose
    person = next(iter(whose), "") or (run.lead if run.lead != by else next(iter(others), run.lead))
    raise Refused("not_to_name", person=person)


def _require_may_take(
    run: Run, step: Step, now: Standing, told: Level, facts: Facts, person: str
) -> None:
    if not person or facts.person(person).is_bot:
        raise Refused("cannot_decide", person=person)
    if person in authors(step):
        raise Refused("delegate_author", person=person)
    levels = later_levels(run, step, now.version)
    others = (other for other in levels if other.level != told.level)
    seats = {p for o in others for p in (*approved_by(step, o), *deciders(run, step, o))}
    if person in seats:
        raise Refused("delegate_twice", person=person)
    had = any(
        m.kind == "delegate" and m.of == person for m in moves_of(step, now.version, told.level)
    )
    if person in deciders(run, step, told) or had:
        raise Refused("delegate_same", person=person)
