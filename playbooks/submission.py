"""Hand a step in: its boxes, its evidence, its answers, and the owner's own signed check."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from playbooks.answers import (
    UNKNOWN,
    Given,
    Lists,
    closed_gates,
    questions_of,
    with_answers,
)
from playbooks.calendars import Facts
from playbooks.digests import sealed, to_fetch, to_freeze
from playbooks.evidence import lacks_evidence, require_evidence, with_evidence
from playbooks.fitting import Problem, problems
from playbooks.flow import (
    closed,
    items_of,
    open_items,
    require_active,
    require_theirs,
    worded,
)
from playbooks.handovers import HANDOVER, handover_of
from playbooks.levels import all_levels, in_force
from playbooks.parts import moves_of
from playbooks.patience import going_on
from playbooks.questions import Question
from playbooks.records import Comment, Evidence, Tick, Version
from playbooks.run import Change, Event, EventKind, Refused, Run, Step, StepStatus


def needs_form(run: Run, key: str, *, by: str) -> bool:
    """Whether something must be filled in before the step can be done; refuses like doing it."""
    step = require_active(run, key)
    require_theirs(run, step, by)
    asked = questions_of(run, step) or wanted_changes(step)
    return bool(open_items(run, step) or lacks_evidence(run, step) or asked or is_signed(run, step))


def is_signed(run: Run, step: Step, lists: Lists = UNKNOWN) -> bool:
    """Whether the owner signs for their own work when they hand it in."""
    return any(level.by == "owner" for level in in_force(run, step, lists))


def wanted_changes(step: Step) -> tuple[str, ...]:
    """The changes asked for in the last round, in order; empty where there was none."""
    version = step.version
    moves = moves_of(step, version) if version else ()
    return next((move.items for move in reversed(moves) if move.items), ())


@dataclass(frozen=True, slots=True)
class Handed:
    """What the owner hands in with the step."""

    ticked: Collection[str] = ()  # ids of items
    evidence: Sequence[Evidence] = ()
    comment: str = ""
    given: Mapping[str, Given] = field(default_factory=dict)
    signed: bool = False  # the owner's own check against the standard
    replies: Sequence[str] = ()  # to the changes asked for, in their order


def save_page(run: Run, key: str, *, handed: Handed, by: str, at: datetime) -> Change:
    """Keep one page of a long form; the step stays open."""
    step = require_active(run, key)
    require_theirs(run, step, by)
    saved, step = _with_handed(run, step, handed, by=by, at=at)
    wrong = {name: p for name, p in problems(saved, step).items() if _asked(name, handed.given)}
    if wrong:
        raise Refused("form_invalid", fields=wrong)
    return _saved(run, saved, step, by=by, at=at)


def keep_form(run: Run, key: str, *, handed: Handed, by: str, at: datetime) -> Change:
    """Keep what was filled in where another page lacks something, so that nothing is lost."""
    step = require_active(run, key)
    require_theirs(run, step, by)
    saved, step = _with_handed(run, step, handed, by=by, at=at)
    return _saved(run, saved, step, by=by, at=at)


def _saved(before: Run, run: Run, step: Step, *, by: str, at: datetime) -> Change:
    run = run.with_step(step)
    kept = Event(EventKind.ANSWERS_SAVED, at, by, step.key)
    return Change(run, (kept,) if run != before else ())


def _asked(name: str, given: Collection[str]) -> bool:
    return name.split(".")[1] in given


def complete_step(
    run: Run, key: str, facts: Facts, *, by: str, at: datetime, handed: Handed | None = None
) -> Change:
    """Close a step as done, or send it to its approvers; a closed gate keeps it open."""
    handed = handed or Handed()
    step = require_active(run, key)
    require_theirs(run, step, by)
    before = run
    run, step = _with_handed(run, step, handed, by=by, at=at, lists=facts.lists)
    _require_whole(run, step, facts.lists, signed=handed.signed)
    if blocking := closed_gates(run, step, facts.lists):
        return _kept_open(before, run.with_step(step), step, blocking, by=by, at=at)
    step = _submitted(run, step, handed, facts.lists, by=by, at=at)
    return _handed_in(run.with_step(step), step, facts, by=by, at=at)


def _kept_open(
    before: Run, run: Run, step: Step, blocking: Sequence[Question], *, by: str, at: datetime
) -> Change:
    """The answers stay, and so does the step; the same answers again are refused at their field."""
    if run == before:
        again = {f"question.{gate.id}": Problem("answer.keeps_open", {}) for gate in blocking}
        raise Refused("form_invalid", fields=again)
    asked = {"questions": [question.id for question in blocking]}
    return Change(run, (Event(EventKind.GATE_CLOSED, at, by, step.key, asked),))


def _with_handed(
    run: Run, step: Step, handed: Handed, *, by: str, at: datetime, lists: Lists = UNKNOWN
) -> tuple[Run, Step]:
    known = {item.id for item in items_of(run, step)}
    new = sorted(known & set(handed.ticked) - step.ticked())
    step = replace(step, ticks=step.ticks + tuple(Tick(item, by, at) for item in new))
    step = with_evidence(step, handed.evidence)
    last = step.comments[-1] if step.comments else None
    said = handed.comment.strip() and worded(handed.comment)
    if said and (last is None or (last.text, last.by) != (said, by)):
        step = replace(step, comments=(*step.comments, Comment(said, by, at)))
    return with_answers(run, step, handed.given, by=by, at=at, lists=lists)


def _require_whole(run: Run, step: Step, lists: Lists, *, signed: bool) -> None:
    missing = open_items(run, step)
    if missing:
        raise Refused("items_open", items=tuple(item.id for item in missing))
    require_evidence(run, step)
    wrong = problems(run, step, lists)
    if is_signed(run, step, lists) and not signed:
        wrong["signed"] = Problem("answer.signature_missing", {})
    if wrong:
        raise Refused("form_invalid", fields=wrong)


def _handed_in(run: Run, step: Step, facts: Facts, *, by: str, at: datetime) -> Change:
    version = step.versions[-1]
    said = {"comment": version.comment, "version": version.number}
    waits = all_levels(run, step, version) or run.told(step).sign
    if not waits:
        done = Event(EventKind.STEP_DONE, at, by, step.key, said)
        return closed(run, replace(step, status=StepStatus.DONE), (done,), facts, by=by, at=at)
    step = replace(step, status=StepStatus.DECIDING, help_by="")
    submitted = Event(EventKind.STEP_SUBMITTED, at, by, step.key, said)
    return going_on(run, step, facts, submitted, at=at)


def _submitted(
    run: Run, step: Step, handed: Handed, lists: Lists, *, by: str, at: datetime
) -> Step:
    """The step with one more version; its files are fetched afresh, they may have changed."""
    step = replace(step, evidence=to_fetch(step.evidence))
    levels = [level.level for level in in_force(run, step, lists)]
    handover = [HANDOVER] if handover_of(run, step) else []
    version = Version(
        number=len(step.versions) + 1, by=by, at=at, owner=step.owner, evidence=step.evidence,
        levels=(*levels, *handover),
        comment=handed.comment.strip(),
        replies=tuple(reply.strip() for reply in handed.replies),
    )  # fmt: skip
    step = replace(step, versions=(*step.versions, sealed(step, version)))
    return to_freeze(step, at=at)
