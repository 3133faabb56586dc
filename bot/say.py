"""What an event makes the bot say: pure, so that a rehearsal says the same."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.say_amendments import say_amendments
from bot.say_approvals import say_approvals
from bot.saying import Saying, language_for, run_card, step_card
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
from playbooks.run import Comment, Event, EventKind, Run, Step, StepStatus


def say(event: Event, number: int, run: Run, facts: Facts, *, outsiders: bool) -> Iterator[Saying]:
    """What should be in Slack after an event, in order; drawn from the present state.

    `facts` know the languages that people read, for what is said to one of them alone.
    """
    step = run.step(event.step) if event.step else None
    if event.kind is EventKind.TROUBLE:
        yield _trouble(event, number, run, language_for(run.lead, run, facts))
        return
    if step:
        yield step_card(run, step)
        yield from _in_thread(event, number, run, step, outsiders, facts)
        yield from say_approvals(event, number, run, step, facts, outsiders=outsiders)
        yield from say_amendments(event, number, run, step, facts, outsiders=outsiders)
    if event.kind not in _QUIET:
        yield run_card(run)
    if event.kind not in _QUIET | _ALONE:
        for other in run.steps:
            if other.status is not StepStatus.OFF and other.key != event.step:
                yield step_card(run, other)


_QUIET = frozenset({
    EventKind.EVIDENCE_ADDED, EventKind.COMMENT_ADDED, EventKind.ANSWERS_SAVED,
    EventKind.DECISION_TRIED, EventKind.EVIDENCE_FROZEN,
})  # fmt: skip
# What changes no other step: neither its date nor what it waits for.
_ALONE = frozenset({
    EventKind.ITEMS_TICKED, EventKind.HELP_ASKED, EventKind.REMINDED, EventKind.GATE_CLOSED,
    EventKind.GATE_OVERRIDDEN, EventKind.APPROVAL_PRESSED, EventKind.STEP_SUBMITTED,
    EventKind.DECIDED, EventKind.DECISION_UNDONE,
})  # fmt: skip


def _in_thread(
    event: Event, number: int, run: Run, step: Step, outsiders: bool, facts: Facts
) -> Iterator[Saying]:
    is_reminder = event.kind is EventKind.REMINDED
    if is_reminder and (step.is_closed or run.ended_at):
        return
    private = is_reminder and outsiders  # nobody is named late in front of a client
    language = language_for(step.owner, run, facts) if private else run.language
    draw = _drawing(event, run, step, language)
    if draw is None:
        return
    late = is_reminder and event.facts.get("moment") == "overdue"
    yield Saying(
        key=f"{run.id}/{event.kind}/{step.key}/{number}",
        kind="reminder" if is_reminder else "notice", subject=step.id, draw=draw,
        under=None if private else step_card(run, step), to=step.owner if private else "",
        broadcast=bool(late and event.facts.get("nudged")) and not private,
    )  # fmt: skip


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
    return Saying(
        key=f"{run.id}/trouble/{kind}/{number}", kind="notice",
        subject=step.id if step else run.playbook.id, to=run.lead,
        draw=lambda at: build_trouble_message(kind, run, language, step=step),
    )  # fmt: skip
