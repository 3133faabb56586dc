"""What approvers do about a submitted version: pure actions that return a change, or refuse."""

import re
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.flow import require_step, worded
from playbooks.handovers import RESERVED
from playbooks.patience import going_on, open_questions
from playbooks.questions import Level
from playbooks.records import Move, Which
from playbooks.reopening import handed_back, taken_up
from playbooks.run import Change, Refused, Run, Step, StepStatus
from playbooks.settling import settled
from playbooks.turns import decision, moved, redrawn_soon, require_turn, require_version

ITEMS = 20  # changes asked for at a time
# Before a line of a list; "-5 %" and "1.5 m" are no list.
_MARK = re.compile(r"^\s*(?:[•·]|[-–](?!\d)|\*(?=\s|$)|[(（]?\d{1,2}[.．)、）](?!\d))\s*")


def approve(
    run: Run, which: Which, facts: Facts, *, by: str, at: datetime,
    comment: str = "", note: str = "",
) -> Change:  # fmt: skip
    """Approve a version on one level; the last approval closes the step."""
    step, told = require_turn(run, _of_approval(which), by=by, at=at)
    step = moved(step, "approve", told, by=by, at=at, text=comment, note=note.strip())
    run = redrawn_soon(run.with_step(step), step.moves[-1])
    return settled(run, step, facts, decision(step), by=by, at=at)


def _of_approval(which: Which) -> Which:
    """Refuse what is no approval's level: a hand-over is accepted, not approved."""
    if which.level in RESERVED:
        raise Refused("no_such_level")
    return which


def request_changes(
    run: Run, which: Which, facts: Facts, *, comment: str, by: str,
    at: datetime, note: str = "", other: str = "",
) -> Change:  # fmt: skip
    """Send a version back with numbered changes, a line each; `other` is the step to open."""
    step, told = require_turn(run, _of_approval(which), by=by, at=at)
    items = changes_of(worded(comment))
    if not items:
        raise Refused("words_missing")
    opened = _to_open(run, step, other)
    step = moved(
        step, "changes", told, by=by, at=at, text=worded(comment), note=note.strip(), items=items,
        opens=opened.key if opened else "",
    )  # fmt: skip
    back = handed_back(run, step, facts, decision(step), at=at)
    if opened is None:
        return back
    again = taken_up(back.run, opened, facts, by=by, at=at)
    return Change(again.run, (*back.events, *again.events))


def _to_open(run: Run, step: Step, other: str) -> Step | None:
    """The earlier step in which a change begins; None where it is the submitted one itself."""
    if other in {"", step.key}:
        return None
    found = next((one for one in earlier_steps(run, step) if one.key == other), None)
    if found is None:
        raise Refused("no_such_step", step=other)
    return found


def earlier_steps(run: Run, step: Step) -> tuple[Step, ...]:
    """The closed steps that this one needs, near and far."""
    seen: dict[str, None] = {}
    ahead = list(run.told(step).needs)
    while ahead:
        id_ = ahead.pop(0)
        if id_ not in seen:
            seen[id_] = None
            ahead += run.playbook.steps_by_id[id_].needs
    closed = {StepStatus.DONE, StepStatus.SKIPPED}
    return tuple(one for id_ in seen for one in run.of(id_) if one.status in closed)


def changes_of(comment: str) -> tuple[str, ...]:
    """The changes in a comment: a line each, without its own bullet or number."""
    found = [_MARK.sub("", line).strip() for line in comment.splitlines()]
    found = [line for line in found if line]
    rest = " ".join(found[ITEMS - 1 :])
    return (*found[: ITEMS - 1], rest) if rest else tuple(found)


def reject(
    run: Run, which: Which, facts: Facts, *, comment: str, by: str,
    at: datetime, note: str = "",
) -> Change:  # fmt: skip
    """Turn a version down; the step is its owner's again, and the lead hears of it."""
    step, told = require_turn(run, _of_approval(which), by=by, at=at)
    step = moved(step, "reject", told, by=by, at=at, text=worded(comment), note=note.strip())
    return handed_back(run, step, facts, decision(step), at=at)


def ask(
    run: Run, which: Which, facts: Facts, *, question: str, by: str,
    at: datetime,
) -> Change:  # fmt: skip
    """Ask the submitter something; until they answer the clock runs to them."""
    step, told = require_turn(run, which, by=by, at=at)
    to = step.versions[-1].by
    known = open_questions(step, told).get(by)
    if known and known.text == worded(question):  # the form was sent twice
        return Change(run, ())
    step = moved(step, "ask", told, by=by, at=at, text=worded(question), to=to)
    return going_on(run, step, facts, decision(step), at=at)


def require_asked(run: Run, which: Which, *, by: str, asker: str = "") -> tuple[Step, Level, Move]:
    """The approver's question that `by` may answer; `asker` is whose, else the first."""
    step = require_step(run, which.step)
    now = require_version(run, step, which.version)
    told = next((one for one in now.open if one.level == which.level), None)
    asked = open_questions(step, told) if told else {}
    question = asked.get(asker or next(iter(asked), ""))
    if told is None or question is None:
        raise Refused("nothing_asked")
    if by not in {question.to, step.owner, step.stands_for, run.lead} - {question.by, ""}:
        raise Refused("not_yours", owner=question.to, lead=run.lead)
    return step, told, question


def answer(
    run: Run, which: Which, facts: Facts, *, text: str, by: str, at: datetime, asker: str = ""
) -> Change:
    """Answer an approver's question; the clock runs to them again."""
    step, told, question = require_asked(run, which, by=by, asker=asker)
    step = moved(step, "answer", told, by=by, at=at, text=worded(text), to=question.by)
    return going_on(run, step, facts, decision(step), at=at)
