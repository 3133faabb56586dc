"""What a receiver does about a version handed over, and what is decided in a dispute."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from playbooks.acknowledgements import next_asking
from playbooks.approvals import changes_of
from playbooks.calendars import Facts
from playbooks.fitting import Problem
from playbooks.flow import worded
from playbooks.handovers import DECISION, HANDOVER, handover_of, sends_back
from playbooks.patience import going_on
from playbooks.questions import Level
from playbooks.records import Verdict, Which
from playbooks.reopening import handed_back
from playbooks.run import Change, Refused, Run, Step
from playbooks.settling import settled
from playbooks.turns import decision, moved, redrawn_soon, require_turn

CONCERNED = 25  # people whom a decision may concern


def accept(run: Run, which: Which, facts: Facts, *, by: str, at: datetime) -> Change:
    """Receive a version; the step is done."""
    step, told = _require(run, which, HANDOVER, by=by, at=at)
    step = moved(step, "accept", told, by=by, at=at)
    run = redrawn_soon(run.with_step(step), step.moves[-1])
    return settled(run, step, facts, decision(step), by=by, at=at)


def give_back(
    run: Run, which: Which, facts: Facts, *, criterion: str, reason: str, by: str, at: datetime
) -> Change:
    """Return a version that misses a criterion; from the second time on it is decided."""
    step, told = _require(run, which, HANDOVER, by=by, at=at)
    agreed = handover_of(run, step)
    if agreed is None or criterion not in {one.id for one in agreed.criteria}:
        fields = {"criterion": Problem("handover.criterion_missing", {})}
        raise Refused("form_invalid", fields=fields)
    step = moved(step, "return", told, by=by, at=at, text=worded(reason), criterion=criterion)
    if not sends_back(step, step.moves[-1]):
        run = redrawn_soon(run.with_step(step), step.moves[-1])
        return going_on(run, step, facts, decision(step), at=at)
    return handed_back(run, _asking(step, reason), facts, decision(step), at=at)


def _asking(step: Step, text: str) -> Step:
    """The step whose last move says, a line each, what its next version has to mend."""
    *before, last = step.moves
    items = changes_of(text)
    if not items:
        raise Refused("words_missing")
    return replace(step, moves=(*before, replace(last, items=items)))


def decide(
    run: Run, which: Which, facts: Facts, *, verdict: str, reason: str,
    people: Sequence[str] = (), by: str, at: datetime,
) -> Change:  # fmt: skip
    """Decide about a version that came back too often; whom it concerns acknowledges it."""
    step, told = _require(run, which, DECISION, by=by, at=at)
    known: dict[str, Verdict] = {"accept": "accept", "remark": "remark", "return": "return"}
    if verdict not in known:
        fields = {"verdict": Problem("handover.verdict_missing", {})}
        raise Refused("form_invalid", fields=fields)
    concerned = _concerned(people, facts, by)
    step = moved(
        step, "decide", told, by=by, at=at, text=worded(reason), verdict=known[verdict],
        people=concerned,
    )  # fmt: skip
    step = replace(step, ack_at=next_asking(step, facts))
    if known[verdict] == "return":
        return handed_back(run, _asking(step, reason), facts, decision(step), at=at)
    run = redrawn_soon(run.with_step(step), step.moves[-1])
    return settled(run, step, facts, decision(step), by=by, at=at)


def _concerned(people: Sequence[str], facts: Facts, by: str) -> tuple[str, ...]:
    """Whom a decision concerns besides who makes it."""
    found = tuple(dict.fromkeys(person for person in people if person and person != by))
    if any(facts.person(person).is_bot for person in found) or len(found) > CONCERNED:
        fields = {"people": Problem("handover.people_wrong", {"limit": str(CONCERNED)})}
        raise Refused("form_invalid", fields=fields)
    return found


def _require(run: Run, which: Which, level: str, *, by: str, at: datetime) -> tuple[Step, Level]:
    if which.level != level:
        raise Refused("no_such_level")
    return require_turn(run, which, by=by, at=at)
