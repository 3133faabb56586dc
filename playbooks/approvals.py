"""What approvers do about a submitted version: pure actions that return a change, or refuse."""

import re
from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.flow import closed, require_step, worded
from playbooks.levels import standing
from playbooks.patience import going_on, open_question
from playbooks.questions import Level
from playbooks.records import Move, Which
from playbooks.reopening import handed_back, taken_up
from playbooks.run import Change, Event, EventKind, Refused, Run, Step, StepStatus
from playbooks.step_actions import reopen_step
from playbooks.turns import decision, moved, require_turn, require_version

ITEMS = 20  # changes asked for at a time
_MARK = re.compile(r"^\s*(?:[-*•·–]|\(?\d{1,2}[.)、）])\s*")  # before a line of a list


def approve(
    run: Run, which: Which, facts: Facts, *, by: str, at: datetime,
    comment: str = "", note: str = "",
) -> Change:  # fmt: skip
    """Approve a version on one level; the last approval closes the step."""
    step, told = require_turn(run, which, by=by, at=at)
    step = moved(step, "approve", told, by=by, at=at, text=comment, note=note.strip())
    run = run.with_step(step)
    now, decided = standing(run, step), decision(step)
    if now and now.outcome == "approved":
        done = Event(
            EventKind.STEP_DONE, at, by, step.key, {"version": which.version, "comment": ""}
        )
        step = replace(step, status=StepStatus.DONE)
        return closed(run, step, (decided, done), facts, by=now.version.by, at=at)
    return going_on(run, step, facts, decided)


def request_changes(
    run: Run, which: Which, facts: Facts, *, comment: str, by: str,
    at: datetime, note: str = "", other: str = "",
) -> Change:  # fmt: skip
    """Send a version back with numbered changes, a line each; `other` is the step to open."""
    step, told = require_turn(run, which, by=by, at=at)
    items = changes_of(worded(comment))
    step = moved(
        step, "changes", told, by=by, at=at, text=worded(comment), note=note.strip(), items=items,
        opens=other if other != step.key else "",
    )  # fmt: skip
    back = handed_back(run, step, facts, decision(step), at=at)
    opened = run.step(other) if other and other != step.key else None
    if opened is None:
        return back
    again = taken_up(back.run, opened, facts, by=by, at=at)
    return Change(again.run, (*back.events, *again.events))


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
    step, told = require_turn(run, which, by=by, at=at)
    step = moved(step, "reject", told, by=by, at=at, text=worded(comment), note=note.strip())
    return handed_back(run, step, facts, decision(step), at=at)


def ask(
    run: Run, which: Which, facts: Facts, *, question: str, by: str,
    at: datetime,
) -> Change:  # fmt: skip
    """Ask the submitter something; until they answer the clock runs to them."""
    step, told = require_turn(run, which, by=by, at=at)
    to = step.versions[-1].by
    step = moved(step, "ask", told, by=by, at=at, text=worded(question), to=to)
    return going_on(run, step, facts, decision(step))


def require_asked(run: Run, which: Which, *, by: str) -> tuple[Step, Level, Move]:
    """The approver's question that `by` may answer."""
    step = require_step(run, which.step)
    now = require_version(run, step, which.version)
    told = next((one for one in now.open if one.level == which.level), None)
    question = open_question(step, told) if told else None
    if told is None or question is None:
        raise Refused("nothing_asked")
    if by not in {question.to, step.owner, run.lead}:
        raise Refused("not_yours", owner=question.to, lead=run.lead)
    return step, told, question


def answer(run: Run, which: Which, facts: Facts, *, text: str, by: str, at: datetime) -> Change:
    """Answer an approver's question; the clock runs to them again."""
    step, told, question = require_asked(run, which, by=by)
    step = moved(step, "answer", told, by=by, at=at, text=worded(text), to=question.by)
    return going_on(run, step, facts, decision(step))


def withdraw(run: Run, key: str, facts: Facts, *, by: str, at: datetime) -> Change:
    """Take a submission back before it is decided."""
    step = require_step(run, key)
    if step.status is not StepStatus.DECIDING:
        raise Refused("nothing_to_decide")
    return reopen_step(run, key, facts, by=by, at=at)
