"""What an event makes the bot say: pure, so that a rehearsal says the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain

from bot.past import as_past, past
from bot.refs import OnceKey
from bot.say_amendments import say_amendments
from bot.say_approvals import say_approvals, say_settled
from bot.say_cycles import CYCLES, say_cycles
from bot.say_documents import living_documents, say_document
from bot.say_handovers import say_handovers
from bot.say_leavers import say_handed
from bot.say_nudges import say_nudges
from bot.say_phases import say_at_gate, say_phase
from bot.say_questions import say_questions
from bot.say_requests import say_requests
from bot.say_runs import say_of_run
from bot.saying import Audience, Saying, run_card, step_card
from bot.views.blocks import Message
from bot.views.notices import (
    build_blocked_message,
    build_comment_message,
    build_handed_over_message,
    build_help_asked_message,
    build_reopened_message,
    build_rescheduled_message,
    build_trouble_message,
)
from bot.views.reminders import build_reminder_message
from playbooks.calendars import Facts
from playbooks.documents import Document
from playbooks.nudges import Digest
from playbooks.run import Comment, Event, EventKind, Run, RunStatus, Step, StepStatus

NONE: Mapping[str, Document] = {}


def say(
    event: Event, number: int, run: Run, facts: Facts, *, outsiders: bool,
    said: Iterable[str] = (), documents: Mapping[str, Document] = NONE,
    digests: Iterable[Digest] = (),
) -> Iterator[Saying]:  # fmt: skip
    """What should be in Slack after an event, in order; drawn from the present state.

    `facts` know the languages that people read, for what is said to one of them alone; `said` are
    the keys of what stands there with buttons. What the clock called for is not said any more for
    a run that has been paused or has ended since.
    """
    hushed = event.kind in _NUDGES and run.status is not RunStatus.ACTIVE
    nudges = say_nudges(event, number, run, digests, Audience(outsiders, facts))
    sayings = _sayings(event, number, run, facts, outsiders, said, documents)
    for saying in chain(sayings, nudges):
        yield replace(saying, create=False) if hushed and not saying.living else saying


def _sayings(
    event: Event, number: int, run: Run, facts: Facts, outsiders: bool, said: Iterable[str],
    documents: Mapping[str, Document],
) -> Iterator[Saying]:  # fmt: skip
    readers = Audience(outsiders, facts)
    step = run.step(event.step) if event.step else None
    if event.kind is EventKind.TROUBLE:
        yield _trouble(event, number, run, readers.language_of(run.lead, run))
        return
    if step:
        yield step_card(run, step, facts, outsiders=outsiders)
        yield from _in_thread(event, number, run, step, readers)
        yield from say_approvals(event, number, run, step, facts, outsiders=outsiders)
        yield from say_amendments(event, number, run, step, facts, outsiders=outsiders)
        yield from say_handovers(event, number, run, step, facts)
        if document := documents.get(step.key):
            yield from say_document(event, number, run, step, document, facts, outsiders=outsiders)
    yield from _of_run(event, number, run, readers)
    if event.kind not in _QUIET:
        yield run_card(run, facts, outsiders=outsiders)
    yield from say_of_run(event, number, run, facts, outsiders=outsiders)
    if event.kind not in _QUIET | _ALONE:
        yield from _others(event, run, facts, documents, outsiders=outsiders)
        yield from say_at_gate(event, number, run, facts, outsiders=outsiders)
    for key in filter(None, map(OnceKey.parse, said)):
        yield from past(event, number, run, key, readers)


def _of_run(event: Event, number: int, run: Run, readers: Audience) -> Iterator[Saying]:
    """What is said beside the cards where an event is about no step."""
    yield from say_cycles(event, number, run, readers.facts, outsiders=readers.outsiders)
    if event.kind is EventKind.EVERYTHING_HANDED:
        yield say_handed(event, number, run, readers)
    if event.kind is EventKind.DAY_TURNED:
        yield from say_settled(event, run, readers.facts, outsiders=readers.outsiders)


def _others(
    event: Event, run: Run, facts: Facts, documents: Mapping[str, Document], *, outsiders: bool
) -> Iterator[Saying]:
    """The messages of phases, each before the other cards, requests and documents of its steps."""
    for phase in run.playbook.phases:
        yield from say_phase(run, phase, facts, outsiders=outsiders)
        ids = {told.id for told in phase.steps}
        others = (s for s in run.steps if s.id in ids and s.key != event.step)
        for step in others:
            if step.status is not StepStatus.OFF:
                yield step_card(run, step, facts, outsiders=outsiders)
                yield from say_requests(run, step, facts, outsiders=outsiders)
                yield from say_questions(event, run, step, facts, outsiders=outsiders)
            if document := documents.get(step.key):
                yield from living_documents(run, step, document, facts, outsiders=outsiders)


_NUDGES = frozenset({
    EventKind.REMINDED, EventKind.APPROVAL_PRESSED, EventKind.ACK_PRESSED, EventKind.PHASE_PRESSED,
    EventKind.DOCUMENT_CHASED, EventKind.ESCALATED,
})  # fmt: skip
_QUIET = frozenset({
    EventKind.EVIDENCE_ADDED, EventKind.COMMENT_ADDED, EventKind.ANSWERS_SAVED,
    EventKind.DECISION_TRIED, EventKind.REQUESTED, EventKind.ACK_PRESSED,
    EventKind.DOCUMENT_NOTED, EventKind.DOCUMENT_SAVED, EventKind.DOCUMENT_FILLED,
    EventKind.DOCUMENT_SENT, EventKind.DOCUMENT_CHASED, EventKind.EVIDENCE_FROZEN,
    EventKind.REMINDER_HELD, EventKind.STEP_SNOOZED, EventKind.ESCALATED, EventKind.DIGESTED,
    *CYCLES,
})  # fmt: skip
# What changes no other step: neither its date nor what it waits for.
_ALONE = frozenset({
    EventKind.ITEMS_TICKED, EventKind.HELP_ASKED, EventKind.REMINDED, EventKind.GATE_CLOSED,
    EventKind.GATE_OVERRIDDEN, EventKind.APPROVAL_PRESSED, EventKind.STEP_SUBMITTED,
    EventKind.DECIDED, EventKind.DECISION_UNDONE, EventKind.DOCUMENT_FROZEN,
    EventKind.DOCUMENT_ASKED, EventKind.DOCUMENT_SIGNED, EventKind.DOCUMENT_VOIDED,
    EventKind.PAPER_RECORDED, EventKind.CHANGES_ASKED, EventKind.CHANGE_WAIVED,
    EventKind.STEP_REROUTED,
})  # fmt: skip


def _in_thread(
    event: Event, number: int, run: Run, step: Step, readers: Audience
) -> Iterator[Saying]:
    is_reminder = event.kind is EventKind.REMINDED
    # Nobody is named late, or calls for help, in front of a client.
    private = readers.outsiders and event.kind in {EventKind.REMINDED, EventKind.HELP_ASKED}
    to = (step.owner if is_reminder else run.lead) if private else ""
    draw = _drawing(event, run, step, readers.language_of(to, run), readers)
    if draw is None or event.facts.get("digest"):
        return
    late = is_reminder and event.facts.get("moment") == "overdue"
    saying = Saying(
        key=str(OnceKey(run.id, event.kind, step.key, number, to)),
        kind="reminder" if is_reminder else "notice", subject=step.id, draw=draw,
        under=None if private else step_card(
            run, step, readers.facts, outsiders=readers.outsiders
        ), to=to,
        broadcast=bool(late and event.facts.get("nudged")) and not private,
        called_at=event.at if is_reminder else None,
    )  # fmt: skip
    is_over = is_reminder and (step.is_closed or run.status is not RunStatus.ACTIVE)
    yield as_past(saying, run, step, readers) if is_over else saying


def _drawing(
    event: Event, run: Run, step: Step, language: str, readers: Audience
) -> Callable[[datetime], Message] | None:
    """How an event is told in the step's thread, if it is."""
    by, told = event.by, event.facts
    comment = Comment(told.get("text") or told.get("comment") or "", by, event.at)
    drawings: dict[EventKind, Callable[[datetime], Message]] = {
        EventKind.REMINDED: lambda at: build_reminder_message(
            run, step, told["moment"], at, language, readers.zones, meant=told.get("meant")
        ),
        EventKind.HELP_ASKED: lambda at: build_help_asked_message(run, step, language),
        EventKind.STEP_ASSIGNED: lambda at: build_handed_over_message(run, step, by, language),
        EventKind.STEP_REOPENED: lambda at: build_reopened_message(run, step, by, language),
        EventKind.STEP_BLOCKED: lambda at: build_blocked_message(run, step, language),
        EventKind.STEP_RESCHEDULED: lambda at: build_rescheduled_message(
            run, step, by, "" if readers.outsiders else told.get("reason", ""), language
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
