"""Hand a step in: its boxes, its evidence, its answers, and the owner's own signed check."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from playbooks.answers import (
    Given,
    Problem,
    closed_gates,
    problems,
    questions_of,
    with_answers,
)
from playbooks.calendars import Facts
from playbooks.digests import at_once, sealed, to_fetch, to_freeze
from playbooks.flow import (
    closed,
    items_of,
    lacks_evidence,
    open_items,
    require_active,
    require_theirs,
    worded,
)
from playbooks.levels import in_force, later_levels, moves_of
from playbooks.patience import next_press
from playbooks.records import Comment, Evidence, Tick, Version
from playbooks.run import Change, Event, EventKind, Refused, Run, Step, StepStatus


def needs_form(run: Run, key: str, *, by: str) -> bool:
    """Whether something must be filled in before the step can be done; refuses like doing it."""
    step = require_active(run, key)
    require_theirs(run, step, by)
    asked = questions_of(run, step) or wanted_changes(step)
    return bool(open_items(run, step) or lacks_evidence(run, step) or asked or is_signed(run, step))


def is_signed(run: Run, step: Step) -> bool:
    """Whether the owner signs for their own work when they hand it in."""
    return any(level.by == "owner" for level in in_force(run, step))


def wanted_changes(step: Step) -> tuple[str, ...]:
    """The changes asked for in the last round, in order; empty where there was none."""
    version = step.version
    moves = moves_of(step, version) if version else ()
    return next((move.items for move in reversed(moves) if move.kind == "changes"), ())


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
    return Change(saved.with_step(step), (Event(EventKind.ANSWERS_SAVED, at, by, key),))


def _asked(name: str, given: Collection[str]) -> bool:
    return name.split(".")[1] in given


def complete_step(
    run: Run, key: str, facts: Facts, *, by: str, at: datetime, handed: Handed | None = None
) -> Change:
    """Close a step as done, or send it to its approvers; a closed gate keeps it open."""
    handed = handed or Handed()
    step = require_active(run, key)
    require_theirs(run, step, by)
    run, step = _with_handed(run, step, handed, by=by, at=at)
    _require_whole(run, step, signed=handed.signed)
    if blocking := closed_gates(run, step):
        asked = {"questions": [question.id for question in blocking]}
        return Change(run.with_step(step), (Event(EventKind.GATE_CLOSED, at, by, key, asked),))
    step = _submitted(run, step, handed, by=by, at=at)
    return _handed_in(run.with_step(step), step, facts, by=by, at=at)


def _with_handed(
    run: Run, step: Step, handed: Handed, *, by: str, at: datetime
) -> tuple[Run, Step]:
    known = {item.id for item in items_of(run, step)}
    new = sorted(known & set(handed.ticked) - step.ticked())
    step = replace(step, ticks=step.ticks + tuple(Tick(item, by, at) for item in new))
    step = with_evidence(step, handed.evidence)
    if handed.comment.strip():
        step = replace(step, comments=(*step.comments, Comment(worded(handed.comment), by, at)))
    return with_answers(run, step, handed.given, by=by, at=at)


def _require_whole(run: Run, step: Step, *, signed: bool) -> None:
    missing = open_items(run, step)
    if missing:
        raise Refused("items_open", items=tuple(item.id for item in missing))
    if lacks_evidence(run, step):
        raise Refused("evidence_missing", step=step.id)
    wrong = problems(run, step)
    if is_signed(run, step) and not signed:
        wrong["signed"] = Problem("answer.signature_missing", {})
    if wrong:
        raise Refused("form_invalid", fields=wrong)


def _handed_in(run: Run, step: Step, facts: Facts, *, by: str, at: datetime) -> Change:
    version = step.versions[-1]
    said = {"comment": version.comment, "version": version.number}
    if not later_levels(run, step, version):
        done = Event(EventKind.STEP_DONE, at, by, step.key, said)
        return closed(run, replace(step, status=StepStatus.DONE), (done,), facts, by=by, at=at)
    step = replace(step, status=StepStatus.DECIDING, help_by="")
    run = run.with_step(step)
    step = replace(step, remind_at=next_press(run, step, facts))
    submitted = Event(EventKind.STEP_SUBMITTED, at, by, step.key, said)
    return Change(run.with_step(step), (submitted,))


def _submitted(run: Run, step: Step, handed: Handed, *, by: str, at: datetime) -> Step:
    """The step with one more version; its files are fetched afresh, they may have changed."""
    step = replace(step, evidence=to_fetch(step.evidence))
    version = Version(
        number=len(step.versions) + 1, by=by, at=at, evidence=step.evidence,
        levels=tuple(level.level for level in in_force(run, step)),
        comment=handed.comment.strip(),
        replies=tuple(reply.strip() for reply in handed.replies),
    )  # fmt: skip
    step = replace(step, versions=(*step.versions, sealed(step, version)))
    return to_freeze(step, at=at)


def with_evidence(step: Step, evidence: Sequence[Evidence]) -> Step:
    """The step with more evidence; the same piece twice changes nothing."""
    pieces = {(piece.kind, piece.value): piece for piece in step.evidence}
    for piece in evidence:
        pieces.setdefault((piece.kind, piece.value), at_once(piece))
    return replace(step, evidence=tuple(pieces.values()))
