"""What people do to a step: pure actions that return a change, or refuse."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from playbooks.amendments import Amended, amended, is_bound, is_deliverable
from playbooks.calendars import Facts, in_reach
from playbooks.digests import to_freeze
from playbooks.evidence import with_evidence
from playbooks.flow import (
    TEXT_LIMIT,
    closed,
    items_of,
    replan,
    require_active,
    require_on,
    require_step,
    require_theirs,
    worded,
)
from playbooks.reminders import next_reminder
from playbooks.reopening import taken_up
from playbooks.run import (
    Change,
    Comment,
    Event,
    EventKind,
    Evidence,
    Refused,
    Run,
    Step,
    StepStatus,
    Tick,
)
from playbooks.settling import settled


def tick_items(
    run: Run, key: str, *, shown: Collection[str], ticked: Collection[str], by: str, at: datetime
) -> Change:
    """Set which of the `shown` items are done; what is not shown stays."""
    step = require_active(run, key)
    require_theirs(run, step, by)
    known = {item.id for item in items_of(run, step)} & set(shown)
    kept = tuple(t for t in step.ticks if t.item not in known or t.item in ticked)
    new = sorted(known & set(ticked) - step.ticked())
    gone = sorted(step.ticked() - {t.item for t in kept})
    if not new and not gone:
        return Change(run, ())
    ticks = kept + tuple(Tick(item, by, at) for item in new)
    event = Event(EventKind.ITEMS_TICKED, at, by, key, {"ticked": new, "cleared": gone})
    return Change(run.with_step(replace(step, ticks=ticks)), (event,))


def require_may_act(run: Run, key: str, *, by: str) -> Step:
    """The open step; refuse whoever is neither its owner nor the lead."""
    step = require_step(run, key)
    if step.is_closed:
        step = require_active(run, key)
    require_theirs(run, step, by)
    return step


def skip_step(run: Run, key: str, facts: Facts, *, reason: str, by: str, at: datetime) -> Change:
    """Close a step undone, for a reason; what waited for it may open."""
    step = require_step(run, key)
    if step.status is not StepStatus.WAITING:
        step = require_active(run, key)
    require_theirs(run, step, by)
    reason = worded(reason)
    skipped = Event(EventKind.STEP_SKIPPED, at, by, key, {"reason": reason})
    step = replace(step, status=StepStatus.SKIPPED, reason=reason)
    return closed(run, step, (skipped,), facts, by=by, at=at)


def reopen_step(run: Run, key: str, facts: Facts, *, by: str, at: datetime) -> Change:
    """Take a closed or submitted step up again; open steps that need it wait."""
    step = require_on(run, key)
    if not step.is_closed and step.status is not StepStatus.DECIDING:
        raise Refused("not_closed", owner=step.owner)
    require_theirs(run, step, by)
    return taken_up(run, step, facts, by=by, at=at)


def assign_step(run: Run, key: str, facts: Facts, *, person: str, by: str, at: datetime) -> Change:
    """Hand an open step to one other person."""
    step = require_may_act(run, key, by=by)
    if not person or facts.person(person).is_bot:
        raise Refused("cannot_own", person=person)
    if person == step.owner and not step.reach:
        raise Refused("already_theirs", owner=person)
    if person == step.stands_for:
        raise Refused("owner_away", person=person, owner=step.owner)
    given = replace(
        step, owner=person, owner_from="assigned", reach="", help_by="", stands_for="",
        stands_until=None,
    )  # fmt: skip
    if given.status is StepStatus.ACTIVE:
        given = replace(given, remind_at=next_reminder(run, given, facts, after=at))
    event = Event(EventKind.STEP_ASSIGNED, at, by, key, {"from": step.owner, "to": person})
    if given.status is StepStatus.DECIDING:  # who owns it decides on it no longer
        return settled(run.with_step(given), given, facts, event, by=by, at=at)
    return Change(run.with_step(given), (event,))


def reschedule_step(
    run: Run, key: str, facts: Facts, *, due_at: datetime, reason: str = "", by: str, at: datetime
) -> Change:
    """Give a step another due moment."""
    step = require_active(run, key)
    require_theirs(run, step, by)
    if due_at <= at:
        raise Refused("date_past")
    if not in_reach(due_at.date()):
        raise Refused("date_far")
    moved = replace(
        step, due_at=due_at, due_planned=False, due_by_hand=True, compressed=False, help_by=""
    )
    if moved == step:
        return Change(run, ())
    moved = replace(moved, remind_at=next_reminder(run, moved, facts, after=at))
    told = {
        "from": step.due_at.isoformat() if step.due_at else "", "to": due_at.isoformat(),
        "reason": reason.strip()[:TEXT_LIMIT],
    }  # fmt: skip
    event = Event(EventKind.STEP_RESCHEDULED, at, by, key, told)
    return Change(replan(run.with_step(moved), facts, at=at), (event,))


def add_evidence(
    run: Run, key: str, facts: Facts, *, evidence: Evidence, by: str, at: datetime
) -> Change:
    """Attach proof of work; the same piece twice changes nothing.

    More of the deliverable, once that is submitted, changes what was submitted.
    """
    step = require_on(run, key)
    told = with_evidence(step, (evidence,))
    if told == step:
        return Change(run, ())
    event = Event(EventKind.EVIDENCE_ADDED, at, by, key, {"title": evidence.title})
    if not (is_bound(run, step) and is_deliverable(run, step, evidence)):
        return Change(run.with_step(told), (event,))
    added = told.evidence[-1]
    changes = [Amended("added", added.title, after=added.digest)]
    changed = amended(run, to_freeze(told, at=at), facts, changes, by=by, at=at)
    return Change(changed.run, (event, *changed.events))


def add_comment(run: Run, key: str, *, text: str, by: str, at: datetime) -> Change:
    """Keep a remark with the step; the last one said again changes nothing."""
    step = require_on(run, key)
    comment = Comment(worded(text), by, at)
    if step.comments and (step.comments[-1].text, step.comments[-1].by) == (comment.text, by):
        return Change(run, ())
    event = Event(EventKind.COMMENT_ADDED, at, by, key, {"text": comment.text})
    return Change(run.with_step(replace(step, comments=(*step.comments, comment))), (event,))


def ask_help(run: Run, key: str, *, by: str, at: datetime) -> Change:
    """Call the lead; reminders stop until the step moves on."""
    step = require_active(run, key)
    if step.help_by:
        raise Refused("help_asked", by=step.help_by, lead=run.lead)
    event = Event(EventKind.HELP_ASKED, at, by, key, {"lead": run.lead})
    return Change(run.with_step(replace(step, help_by=by, remind_at=None)), (event,))
