"""What an approval makes the bot say: the requests, their copies, and what is said once."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.saying import Enclosure, Saying, language_for, step_card
from bot.views.approvals import Asked, build_approval_message
from bot.views.blocks import Message, text_message
from bot.views.decision_notices import (
    build_answers_message,
    build_decided_message,
    build_gate_message,
    build_note_message,
    build_overridden_message,
    build_pressed_message,
    build_undone_message,
)
from bot.views.markup import title
from playbooks.calendars import Facts
from playbooks.events import Event, EventKind
from playbooks.levels import deciders, later_levels
from playbooks.owners import people_of
from playbooks.questions import Level
from playbooks.records import Move
from playbooks.run import Run, Step

_ANSWERED = {EventKind.STEP_SUBMITTED, EventKind.STEP_DONE, EventKind.GATE_CLOSED}


def say_approvals(
    event: Event, number: int, run: Run, step: Step, facts: Facts, *, outsiders: bool
) -> Iterator[Saying]:
    """What stands in a step's thread about its decisions, and with those who decide."""
    yield from _answers(event, run, step, outsiders)
    yield from _requests(run, step, facts, outsiders)
    draw = _drawing(event, run, step)
    to = _hears(event, run, step) if outsiders else ""
    language = language_for(to, run, facts) if to else run.language
    if draw and draw(language):
        nudge = event.kind is EventKind.APPROVAL_PRESSED and event.facts["rung"] == "remind"
        yield Saying(
            key=f"{run.id}/{event.kind}/{step.key}/{number}",
            kind="reminder" if nudge else "notice", subject=step.id,
            draw=_at_any_time(draw, language), under=None if to else step_card(run, step), to=to,
        )  # fmt: skip
    if note := _noted(event, step):
        yield from _notes(number, run, step, note, facts)


def _at_any_time(
    draw: Callable[[str], Message | None], language: str
) -> Callable[[datetime], Message]:
    return lambda _: draw(language) or Message("", [])


def _answers(event: Event, run: Run, step: Step, outsiders: bool) -> Iterator[Saying]:
    """The answers of a submission, once each; never before a client's eyes."""
    if event.kind not in _ANSWERED or outsiders:
        return
    count = event.facts.get("version") or 0
    if not step.version or count != step.version.number:
        return
    words = build_answers_message(run, step, run.language)
    if words:
        yield Saying(
            key=f"{run.id}/answers/{step.key}/{count}", kind="notice", subject=step.id,
            draw=lambda _: words, under=step_card(run, step),
        )  # fmt: skip


def _requests(run: Run, step: Step, facts: Facts, outsiders: bool) -> Iterator[Saying]:
    """The requests of the latest version, a level each, and their copies to who decides."""
    version = step.version
    for level in later_levels(run, step, version) if version else ():
        asked = Asked(run, step, level, facts, run.language)
        key = f"{run.id}/approval/{step.key}/{asked.version.number}/{level.level}"
        yield Saying(
            key=key, kind="approval", subject=step.id, living=True, draw=_request(asked),
            create=asked.is_open and not outsiders, under=step_card(run, step),
        )  # fmt: skip
        now = set(deciders(run, step, level)) if asked.is_open else set()
        for person in _ever_asked(run, step, level, now):
            copy = Asked(run, step, level, facts, language_for(person, run, facts))
            yield (request := Saying(
                key=f"{key}/{person}", kind="approval", subject=step.id, living=True,
                draw=_request(copy, direct=True), create=person in now, to=person,
            ))  # fmt: skip
            if person in now:
                yield from _files(request, copy, person)


def _files(request: Saying, asked: Asked, person: str) -> Iterator[Saying]:
    """The files of a version themselves, under the copy of its request."""
    for piece in asked.version.evidence:
        if piece.kind == "file" and piece.frozen == "kept":
            yield Saying(
                key=f"{request.key}/file/{piece.digest[:16]}", kind="approval",
                subject=asked.step.id, draw=_named(piece.title), under=request, to=person,
                enclosure=Enclosure(piece.digest, piece.title),
            )  # fmt: skip


def _named(name: str) -> Callable[[datetime], Message]:
    return lambda _: text_message(title(name))


def _request(asked: Asked, *, direct: bool = False) -> Callable[[datetime], Message]:
    return lambda at: build_approval_message(asked, at, direct=direct)


def _ever_asked(run: Run, step: Step, level: Level, now: set[str]) -> list[str]:
    """Everybody who may have a copy of a request."""
    moved = {
        p
        for m in step.moves
        if m.level == level.level
        for p in (m.by, m.of, m.to)
        if m.by != "clock"
    }
    backups = {m.to for m in step.moves if m.level == level.level and m.kind == "backup"}
    people = now | moved | backups | set(people_of(run, level.by)) | {run.stand_in}
    return sorted(people - {"", "clock"})


def _drawing(event: Event, run: Run, step: Step) -> Callable[[str], Message | None] | None:
    if event.kind is EventKind.DECIDED:
        move = _move(event, step)
        return lambda language: build_decided_message(run, step, move, language) if move else None
    drawings: dict[EventKind, Callable[[str], Message | None]] = {
        EventKind.DECISION_UNDONE: lambda lang: build_undone_message(run, step, event, lang),
        EventKind.APPROVAL_PRESSED: lambda lang: build_pressed_message(run, step, event, lang),
    }
    if event.kind is EventKind.GATE_CLOSED:
        return lambda language: build_gate_message(run, step, language)
    if event.kind is EventKind.GATE_OVERRIDDEN and step.overrides:
        last = step.overrides[-1]
        return lambda language: build_overridden_message(run, step, last, language)
    return drawings.get(event.kind)


def _move(event: Event, step: Step) -> Move | None:
    """The move an event tells of, unless it was taken back since."""
    found = (m for m in step.moves if m.at == event.at and m.by == event.by and not m.undone)
    return next((m for m in found if m.kind == event.facts.get("kind")), None)


def _hears(event: Event, run: Run, step: Step) -> str:
    """Whom a notice is for, where the channel must not read it."""
    told = str(event.facts.get("to") or "")
    return told if told and event.facts.get("kind") != "approve" else step.owner


def _noted(event: Event, step: Step) -> Move | None:
    move = _move(event, step) if event.kind is EventKind.DECIDED else None
    return move if move and move.note else None


def _notes(number: int, run: Run, step: Step, move: Move, facts: Facts) -> Iterator[Saying]:
    for person in sorted({step.versions[-1].by, run.lead} - {move.by}):
        language = language_for(person, run, facts)
        yield Saying(
            key=f"{run.id}/note/{step.key}/{number}/{person}", kind="notice", subject=step.id,
            draw=_at_any_time(
                lambda lang: build_note_message(run, step, move, lang), language
            ),
            to=person,
        )  # fmt: skip
