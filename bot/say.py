"""What an event makes the bot say: pure, so that a rehearsal says the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.ids import OnceKey
from bot.say_approvals import requests, say_approvals, say_settled
from bot.say_documents import living_documents, say_document
from bot.saying import Saying, language_for, run_card, step_card
from bot.views.blocks import Message
from bot.views.notices import (
    build_blocked_message,
    build_comment_message,
    build_handed_over_message,
    build_help_asked_message,
    build_past_trouble,
    build_reopened_message,
    build_rescheduled_message,
    build_trouble_message,
)
from bot.views.reminders import build_past_message, build_reminder_message
from playbooks.calendars import Facts
from playbooks.documents import Document
from playbooks.run import Comment, Event, EventKind, Run, Step, StepStatus

NONE: Mapping[str, Document] = {}


def say(
    event: Event, number: int, run: Run, facts: Facts, *, outsiders: bool,
    said: Iterable[str] = (), documents: Mapping[str, Document] = NONE,
) -> Iterator[Saying]:  # fmt: skip
    """What should be in Slack after an event, in order; drawn from the present state.

    `facts` know the languages that people read, for what is said to one of them alone; `said` are
    the keys of what stands there with buttons.
    """
    step = run.step(event.step) if event.step else None
    if event.kind is EventKind.TROUBLE:
        yield _trouble(event, number, run, language_for(run.lead, run, facts))
        return
    if step:
        yield step_card(run, step)
        yield from _in_thread(event, number, run, step, outsiders, facts)
        yield from say_approvals(event, number, run, step, facts, outsiders=outsiders)
        if document := documents.get(step.key):
            yield from say_document(event, number, run, step, document, facts, outsiders=outsiders)
    if event.kind is EventKind.DAY_TURNED:
        yield from say_settled(event, run, facts, outsiders=outsiders)
    if event.kind not in _QUIET:
        yield run_card(run)
    if event.kind not in _QUIET | _ALONE:
        yield from _others(event, run, facts, documents, outsiders=outsiders)
    for key in filter(None, map(OnceKey.parse, said)):
        yield from _past(event, number, run, key, facts)


def _others(
    event: Event, run: Run, facts: Facts, documents: Mapping[str, Document], *, outsiders: bool
) -> Iterator[Saying]:
    """The other steps' cards, the requests that are open, and the documents."""
    for other in run.steps:
        if other.key == event.step:
            continue
        if other.status is not StepStatus.OFF:
            yield step_card(run, other)
        if other.status is StepStatus.DECIDING:
            yield from requests(run, other, facts, outsiders=outsiders)
        if document := documents.get(other.key):
            yield from living_documents(run, other, document, facts, outsiders=outsiders)


_QUIET = frozenset({
    EventKind.EVIDENCE_ADDED, EventKind.COMMENT_ADDED, EventKind.ANSWERS_SAVED,
    EventKind.DECISION_TRIED, EventKind.DOCUMENT_NOTED, EventKind.DOCUMENT_FILLED,
    EventKind.DOCUMENT_SENT, EventKind.DOCUMENT_CHASED,
})  # fmt: skip
# What changes no other step: neither its date nor what it waits for.
_ALONE = frozenset({
    EventKind.ITEMS_TICKED, EventKind.HELP_ASKED, EventKind.REMINDED, EventKind.GATE_CLOSED,
    EventKind.GATE_OVERRIDDEN, EventKind.APPROVAL_PRESSED, EventKind.STEP_SUBMITTED,
    EventKind.DECIDED, EventKind.DECISION_UNDONE, EventKind.DOCUMENT_FROZEN,
    EventKind.DOCUMENT_ASKED, EventKind.DOCUMENT_SIGNED, EventKind.DOCUMENT_VOIDED,
    EventKind.PAPER_RECORDED, EventKind.CHANGES_ASKED, EventKind.CHANGE_WAIVED,
})  # fmt: skip
# After which it no longer matters who owned a step.
_LEFT = frozenset({
    EventKind.STEP_DONE, EventKind.STEP_SKIPPED, EventKind.STEP_REOPENED, EventKind.STEP_BLOCKED,
    EventKind.STEP_ASSIGNED,
})  # fmt: skip
# What an event of the step makes obsolete that was said with buttons, by the kind in its key.
_SETTLED_BY: Mapping[str, frozenset[EventKind]] = {
    EventKind.REMINDED: _LEFT | {EventKind.STEP_RESCHEDULED, EventKind.HELP_ASKED},
    EventKind.TROUBLE: _LEFT,
    EventKind.APPROVAL_PRESSED: _LEFT | {EventKind.DECIDED, EventKind.STEP_SUBMITTED},
}
_ENDED = frozenset({EventKind.RUN_CANCELLED, EventKind.RUN_FINISHED})


def _in_thread(
    event: Event, number: int, run: Run, step: Step, outsiders: bool, facts: Facts
) -> Iterator[Saying]:
    is_reminder = event.kind is EventKind.REMINDED
    private = is_reminder and outsiders  # nobody is named late in front of a client
    language = language_for(step.owner, run, facts) if private else run.language
    draw = _drawing(event, run, step, language)
    if draw is None:
        return
    late = is_reminder and event.facts.get("moment") == "overdue"
    to = step.owner if private else ""
    saying = Saying(
        key=str(OnceKey(run.id, event.kind, step.key, number, to)),
        kind="reminder" if is_reminder else "notice", subject=step.id, draw=draw,
        under=None if private else step_card(run, step), to=to,
        broadcast=bool(late and event.facts.get("nudged")) and not private,
    )  # fmt: skip
    over = is_reminder and (step.is_closed or run.ended_at)
    yield _over(saying, run, step, language) if over else saying


def _over(saying: Saying, run: Run, step: Step, language: str) -> Saying:
    """In place of something with buttons, if it stands there: where the step has come to."""
    draw = partial(build_past_message, run, step, language=language)
    return replace(saying, draw=draw, living=True, create=False)


def _past(event: Event, number: int, run: Run, key: OnceKey, facts: Facts) -> Iterator[Saying]:
    """What stands there with buttons, without them, if the event has settled it."""
    if key.number > number or key.kind not in _SETTLED_BY or not _settles(event, run, key):
        return
    step, language = run.step(key.step), language_for(key.person, run, facts)
    old = Saying(
        str(key), "notice" if key.kind == EventKind.TROUBLE else "reminder",
        step.id if step else run.playbook.id, lambda at: build_past_trouble(run, language),
        living=True, create=False, to=key.person,
    )  # fmt: skip
    yield _over(old, run, step, language) if step else old


def _settles(event: Event, run: Run, key: OnceKey) -> bool:
    step = run.step(key.step)
    if step is None:
        return event.kind in _ENDED | {EventKind.RUN_MOVED}
    if event.kind in _ENDED:
        return not step.is_closed  # else it was settled when the step was closed
    return event.step == key.step and event.kind in _SETTLED_BY[key.kind]


def _drawing(
    event: Event, run: Run, step: Step, language: str
) -> Callable[[datetime], Message] | None:
    """How an event is told in the step's thread, if it is."""
    by, told = event.by, event.facts
    comment = Comment(told.get("text") or told.get("comment") or "", by, event.at)
    drawings: dict[EventKind, Callable[[datetime], Message]] = {
        EventKind.REMINDED: lambda at: build_reminder_message(
            run, step, told["moment"], at, language
        ),
        EventKind.HELP_ASKED: lambda at: build_help_asked_message(run, step, language),
        EventKind.STEP_ASSIGNED: lambda at: build_handed_over_message(run, step, by, language),
        EventKind.STEP_REOPENED: lambda at: build_reopened_message(run, step, by, language),
        EventKind.STEP_BLOCKED: lambda at: build_blocked_message(run, step, language),
        EventKind.STEP_RESCHEDULED: lambda at: build_rescheduled_message(
            run, step, by, told.get("reason", ""), language
        ),
    }
    if comment.text:
        drawings[EventKind.COMMENT_ADDED] = lambda at: build_comment_message(comment, language)
        drawings[EventKind.STEP_DONE] = drawings[EventKind.COMMENT_ADDED]
    return drawings.get(event.kind)


def _trouble(event: Event, number: int, run: Run, language: str) -> Saying:
    kind, step = event.facts["kind"], run.step(event.facts.get("step", ""))
    key = OnceKey(run.id, event.kind, step.key if step else "-", number, run.lead)
    return Saying(
        key=str(key), kind="notice",
        subject=step.id if step else run.playbook.id, to=run.lead,
        draw=lambda at: build_trouble_message(kind, run, language, step=step),
    )  # fmt: skip
