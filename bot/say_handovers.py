"""What asks people to read a decision about a hand-over: to each of them alone."""

from collections.abc import Iterator
from functools import partial

from bot.refs import OnceKey
from bot.saying import Saying, language_for
from bot.views.blocks import Message
from bot.views.handover_notices import (
    build_ack_message,
    build_ack_over_message,
    build_ack_reminder,
)
from playbooks.acknowledgements import Acknowledgements, acknowledgements
from playbooks.calendars import Facts
from playbooks.events import Event, EventKind
from playbooks.records import Move
from playbooks.run import Run, Step


def say_handovers(
    event: Event, number: int, run: Run, step: Step, facts: Facts
) -> Iterator[Saying]:
    """The requests to acknowledge each decision about a step, and what reminds of them."""
    known = acknowledgements(step)
    decided = (move for move in step.moves if move.kind == "decide")
    for nth, move in enumerate(decided, 1):
        told = next((one for one in known if one.decision is move), None)
        for person in move.people:
            yield _request(run, step, move, told, person, nth, language_for(person, run, facts))
    if event.kind is EventKind.ACK_PRESSED:
        yield from _reminder(event, number, run, step, facts)


def _request(
    run: Run, step: Step, move: Move, told: Acknowledgements | None, person: str, nth: int,
    language: str,
) -> Saying:  # fmt: skip
    draw = (
        partial(build_ack_message, run, step, told, person, language)
        if told
        else partial(build_ack_over_message, run, step, language)
    )
    waits = told is not None and run.pause is None
    return Saying(
        key=f"{run.id}/ack/{step.key}/{move.version}/{nth}/{person}", kind="approval",
        subject=step.id, living=True, draw=lambda _: draw(), create=waits, to=person,
    )  # fmt: skip


def _reminder(event: Event, number: int, run: Run, step: Step, facts: Facts) -> Iterator[Saying]:
    person, version = event.facts["to"], event.facts["version"]
    told = next((a for a in acknowledgements(step) if a.decision.version == version), None)
    if told is None or person not in told.open:
        return

    def draw(_: object) -> Message:
        return build_ack_reminder(run, step, told, person, language_for(person, run, facts))

    yield Saying(
        key=str(OnceKey(run.id, event.kind, step.key, number, person)), kind="reminder",
        subject=step.id, draw=draw, to=person,
    )  # fmt: skip
