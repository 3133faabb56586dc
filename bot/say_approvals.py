"""What an approval makes the bot say: what is said once about its decisions."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.refs import OnceKey
from bot.say_questions import say_questions
from bot.say_requests import say_requests
from bot.saying import Saying, language_for, step_card
from bot.views.blocks import Message
from bot.views.decision_notices import (
    build_answers_message,
    build_decided_message,
    build_gate_message,
    build_note_message,
    build_overridden_message,
    build_pressed_message,
    build_undone_message,
)
from bot.views.handover_notices import build_handover_notice, build_pressed_handover
from playbooks.answers import closed_gates
from playbooks.calendars import Facts
from playbooks.events import Event, EventKind
from playbooks.gates import may_override
from playbooks.handovers import RESERVED
from playbooks.levels import DECISIONS
from playbooks.records import Move, Override
from playbooks.run import Run, Step

_HANDED = {"return", "decide"}
_ANSWERED = {EventKind.STEP_SUBMITTED, EventKind.STEP_DONE}


def say_approvals(
    event: Event, number: int, run: Run, step: Step, facts: Facts, *, outsiders: bool
) -> Iterator[Saying]:
    """What stands in a step's thread about its decisions, and with those who decide."""
    yield from _answers(event, run, step, facts, outsiders)
    yield from say_requests(run, step, facts, outsiders=outsiders)
    yield from say_questions(event, run, step, facts, outsiders=outsiders)
    draw = _drawing(event, run, step, outsiders)
    key = OnceKey(run.id, event.kind, step.key, number)
    nudge = event.kind is EventKind.APPROVAL_PRESSED and event.facts["rung"] == "remind"
    kind = "reminder" if nudge else "notice"
    if draw and draw(run.language) and not outsiders:
        yield Saying(
            key=str(key), kind=kind, subject=step.id, draw=_at_any_time(draw, run.language),
            under=step_card(run, step, facts),
        )  # fmt: skip
    for person in _hear(event, run, step) if draw and outsiders else ():
        language = language_for(person, run, facts)
        if draw and draw(language):
            yield Saying(
                key=str(replace(key, person=person)), kind=kind, subject=step.id,
                draw=_at_any_time(draw, language), to=person,
            )  # fmt: skip
    if note := _noted(event, step):
        yield from _notes(number, run, step, note, facts)


def say_settled(event: Event, run: Run, facts: Facts, *, outsiders: bool) -> Iterator[Saying]:
    """The requests decided a while ago, which nobody can undo any more."""
    since = datetime.fromisoformat(event.facts.get("since") or event.at.isoformat())
    for step in run.steps:
        if any(m.kind in DECISIONS and m.at >= since for m in step.moves):
            yield from say_requests(run, step, facts, outsiders=outsiders)


def _at_any_time(
    draw: Callable[[str], Message | None], language: str
) -> Callable[[datetime], Message]:
    return lambda _: draw(language) or Message("", [])


def _answers(event: Event, run: Run, step: Step, facts: Facts, outsiders: bool) -> Iterator[Saying]:
    """The answers of a submission, once each; never before a client's eyes."""
    if event.kind not in _ANSWERED or outsiders:
        return
    count = event.facts.get("version") or 0
    version = next((one for one in step.versions if one.number == count), None)
    words = build_answers_message(run, step, version, run.language) if version else None
    if words:
        yield Saying(
            key=f"{run.id}/answers/{step.key}/{count}", kind="notice", subject=step.id,
            draw=lambda _: words, under=step_card(run, step, facts),
        )  # fmt: skip


def _drawing(
    event: Event, run: Run, step: Step, private: bool
) -> Callable[[str], Message | None] | None:
    if event.kind is EventKind.DECIDED:
        move = _move(event, step)
        if move and move.kind in _HANDED:
            return lambda lang: build_handover_notice(run, step, move, lang, private=private)
        return lambda language: build_decided_message(run, step, move, language) if move else None
    drawings: dict[EventKind, Callable[[str], Message | None]] = {
        EventKind.DECISION_UNDONE: lambda lang: build_undone_message(run, step, event, lang),
        EventKind.APPROVAL_PRESSED: lambda lang: build_pressed_message(run, step, event, lang),
    }
    if event.kind is EventKind.APPROVAL_PRESSED and event.facts["level"] in RESERVED:
        return lambda language: build_pressed_handover(run, step, event, language)
    if event.kind is EventKind.GATE_CLOSED:
        return lambda language: build_gate_message(run, step, language)
    if event.kind is EventKind.GATE_OVERRIDDEN and (override := _override(event, step)):
        return lambda language: build_overridden_message(run, step, override, language)
    return drawings.get(event.kind)


def _override(event: Event, step: Step) -> Override | None:
    """The gate an event tells of, however many were opened since."""
    told = (event.facts.get("question"), event.by, event.at)
    return next((one for one in step.overrides if (one.question, one.by, one.at) == told), None)


def _move(event: Event, step: Step) -> Move | None:
    """The move an event tells of, unless it was taken back since."""
    told = (event.facts.get("kind"), event.facts.get("level"), event.facts.get("version"))
    found = (m for m in step.moves if m.at == event.at and m.by == event.by and not m.undone)
    return next((m for m in found if (m.kind, m.level, m.version) == told), None)


def _hear(event: Event, run: Run, step: Step) -> list[str]:
    """Whom a notice is for, where the channel must not read it."""
    if event.kind is EventKind.GATE_CLOSED:
        may = (may_override(run, step, gate)[:1] for gate in closed_gates(run, step))
        return sorted({step.owner, *(person for people in may for person in people)})
    if event.facts.get("kind") == "reject":
        return sorted({step.owner, run.lead})
    return [str(event.facts.get("to") or "") or step.owner]


def _noted(event: Event, step: Step) -> Move | None:
    move = _move(event, step) if event.kind is EventKind.DECIDED else None
    return move if move and move.note else None


def _notes(number: int, run: Run, step: Step, move: Move, facts: Facts) -> Iterator[Saying]:
    version = step.versions[move.version - 1]
    for person in sorted({version.by, version.owner, run.lead} - {move.by, ""}):
        language = language_for(person, run, facts)
        yield Saying(
            key=f"{run.id}/note/{step.key}/{number}/{person}", kind="notice", subject=step.id,
            draw=_at_any_time(
                lambda lang: build_note_message(run, step, move, lang), language
            ),
            to=person,
        )  # fmt: skip
