"""The requests to decide: in the step's thread, and a copy to each who may decide."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.saying import Enclosure, Saying, language_for, step_card
from bot.views.asked import Asked
from bot.views.blocks import Message, text_message
from bot.views.handovers import build_request_message
from bot.views.markup import title
from playbooks.calendars import Facts
from playbooks.handovers import asked_first
from playbooks.levels import all_levels, deciders
from playbooks.parts import recalls
from playbooks.questions import Level
from playbooks.records import Version
from playbooks.run import Run, Step


def say_requests(run: Run, step: Step, facts: Facts, *, outsiders: bool) -> Iterator[Saying]:
    """A step's requests, a level of a version each; those of earlier versions are over."""
    for version in step.versions:
        for level in all_levels(run, step, version):
            yield from _requests(run, step, version, level, facts, outsiders=outsiders)


def _requests(
    run: Run, step: Step, version: Version, level: Level, facts: Facts, *, outsiders: bool
) -> Iterator[Saying]:
    """A level's requests, one each time it has been asked: only a new message is noticed."""
    first = f"{run.id}/approval/{step.key}/{version.number}/{level.level}"
    for nth in range(1, len(recalls(step, version, level)) + 2):
        asked = Asked(run, step, version, level, facts, run.language, nth=nth)
        key = first if nth == 1 else f"{first}/again-{nth}"
        yield Saying(
            key=f"{key}/{run.channel}", kind="approval", subject=step.id, living=True,
            draw=_drawing(asked), create=asked.is_open and not outsiders,
            under=step_card(run, step, facts),
        )  # fmt: skip
        yield from _copies(key, asked)


def _copies(key: str, asked: Asked) -> Iterator[Saying]:
    """A request as each who may decide has it, with the files themselves."""
    run, step = asked.run, asked.step
    now = set(deciders(run, step, asked.level)) if asked.is_open else set()
    for person in _ever_asked(run, step, asked.level, now):
        language = language_for(person, run, asked.facts)
        copy = replace(asked, language=language, reader=person)
        yield (request := Saying(
            key=f"{key}/{person}", kind="approval", subject=step.id, living=True,
            draw=_drawing(copy), create=person in now, to=person,
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


def _drawing(asked: Asked) -> Callable[[datetime], Message]:
    return lambda at: build_request_message(asked, at)


def _ever_asked(run: Run, step: Step, level: Level, now: set[str]) -> list[str]:
    """Everybody who may have a copy of a request; one who has none is not written to.

    Whom the roles were given to before is not known any more: all who play a part are looked at.
    """
    moves = [move for move in step.moves if move.level == level.level]
    moved = {person for move in moves for person in (move.by, move.of, move.to)}
    played = {person for people in run.people.values() for person in people}
    first = set(asked_first(run, step, level))
    people = now | moved | played | first | {run.stand_in, run.started_by}
    return sorted(people - {"", "clock"})
