"""What a change of something submitted makes the bot say."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from bot.saying import Enclosure, Saying, language_for, step_card
from bot.views.amendments import (
    Questioned,
    build_lapsed_message,
    build_question_message,
    build_stands_message,
    build_yours_again_message,
    questioned,
)
from bot.views.blocks import Message, text_message
from bot.views.markup import title
from playbooks.amendments import is_bound
from playbooks.calendars import Facts
from playbooks.events import Event, EventKind
from playbooks.records import Move
from playbooks.run import Run, Step


def say_amendments(
    event: Event, number: int, run: Run, step: Step, facts: Facts, *, outsiders: bool
) -> Iterator[Saying]:
    """The questions whether a change matters, and who hears what has become of the approval."""
    for place, asked in enumerate(questioned(step, bound=is_bound(run, step)), 1):
        yield from _question(place, asked, run, step, facts, outsiders)
    changes = _changes(event, step)
    if not changes:
        return
    if _has_lapsed(event):
        yield from _told_lapsed(event, number, run, step, changes, facts, outsiders)
    elif event.facts.get("policy") == "notify":
        yield from _told_stands(event, number, run, step, changes, facts, outsiders)


def _question(
    place: int, asked: Questioned, run: Run, step: Step, facts: Facts, outsiders: bool
) -> Iterator[Saying]:
    """In the thread and with who is asked, who may not be in the channel."""
    key = f"{run.id}/change/{step.key}/{asked.version}/{place}"
    to = asked.changes[-1].to
    for person in ("", to):
        language = language_for(person, run, facts) if person else run.language
        yield (saying := Saying(
            key=f"{key}/{person or run.channel}", kind="notice", subject=step.id,
            draw=_always(
                partial(build_question_message, run, step, asked, direct=bool(person)), language
            ),
            living=True, create=asked.is_open and not (outsiders and not person), to=person,
            under=None if person else step_card(run, step, facts),
        ))  # fmt: skip
        if person and asked.is_open:
            yield from _files(saying, asked, step)


def _files(question: Saying, asked: Questioned, step: Step) -> Iterator[Saying]:
    """What came for what was submitted, so that it can be judged where the question is."""
    for move in asked.changes:
        added = (p.digest for p in step.evidence if (p.title, p.at) == (move.text, move.at))
        digest = move.after or next(added, "")
        if digest:
            yield Saying(
                key=f"{question.key}/file/{digest[:16]}", kind="notice", subject=step.id,
                draw=_always(partial(_named, move.text), ""), under=question,
                to=question.to, enclosure=Enclosure(digest, move.text),
            )  # fmt: skip


def _named(name: str, _language: str) -> Message:
    return text_message(title(name))


def _always(draw: Callable[[str], Message], language: str) -> Callable[[datetime], Message]:
    return lambda _: draw(language)


def _changes(event: Event, step: Step) -> list[Move]:
    """The moves that an event tells of; a material change tells of all that was asked about."""
    if event.kind is EventKind.SUBMISSION_CHANGED:
        kinds = {"change", "amend"}
        return [m for m in step.moves if m.kind in kinds and (m.at, m.by) == (event.at, event.by)]
    if event.kind is EventKind.CHANGE_JUDGED and event.facts["kind"] == "material":
        version = event.facts["version"]
        return [m for m in step.moves if m.kind == "amend" and m.version == version]
    return []


def _has_lapsed(event: Event) -> bool:
    return event.facts.get("kind") == "material" or event.facts.get("policy") == "reset"


def _approvers(step: Step, version: int, by: str) -> list[str]:
    moves = (m for m in step.moves if m.version == version and not m.undone)
    return sorted({m.by for m in moves if m.kind == "approve"} - {by})


def _told_lapsed(
    event: Event, number: int, run: Run, step: Step, changes: list[Move], facts: Facts,
    outsiders: bool,
) -> Iterator[Saying]:  # fmt: skip
    """The owner in the thread; those who had approved each once, wherever they are."""
    version, key = event.facts["version"], f"{run.id}/{event.kind}/{step.key}/{number}"
    to = step.owner if outsiders else ""
    yield _once(
        key, step, to, run, language_for(to, run, facts) if to else run.language,
        partial(build_yours_again_message, run, step, version, changes), facts,
    )  # fmt: skip
    for person in _approvers(step, version, event.by):
        yield _once(
            f"{key}/{person}", step, person, run, language_for(person, run, facts),
            partial(build_lapsed_message, run, step, version, changes), facts,
        )  # fmt: skip


def _told_stands(
    event: Event, number: int, run: Run, step: Step, changes: list[Move], facts: Facts,
    outsiders: bool,
) -> Iterator[Saying]:  # fmt: skip
    """Those who have decided, in the thread; before a client's eyes each alone."""
    version, key = event.facts["version"], f"{run.id}/{event.kind}/{step.key}/{number}"
    people = _approvers(step, version, event.by)
    build = partial(build_stands_message, run, step, version, changes, people)
    if not outsiders:
        yield _once(key, step, "", run, run.language, build, facts)
        return
    for person in people:
        yield _once(
            f"{key}/{person}", step, person, run, language_for(person, run, facts), build, facts
        )


def _once(
    key: str,
    step: Step,
    to: str,
    run: Run,
    language: str,
    draw: Callable[[str], Message],
    facts: Facts,
) -> Saying:
    return Saying(
        key=key, kind="notice", subject=step.id, draw=_always(draw, language), to=to,
        under=None if to else step_card(run, step, facts),
    )  # fmt: skip
