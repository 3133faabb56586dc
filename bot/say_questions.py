"""The questions of approvers: each a message with a button until nothing is to be answered."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.saying import Saying, language_for, step_card
from bot.views.blocks import Message
from bot.views.decision_notices import build_question_message
from playbooks.calendars import Facts
from playbooks.events import Event, EventKind
from playbooks.records import Move
from playbooks.run import Run, Step


def say_questions(
    event: Event, run: Run, step: Step, facts: Facts, *, outsiders: bool
) -> Iterator[Saying]:
    """A step's questions, in its thread, or with whom was asked where a client reads that."""
    for nth, move in enumerate(step.moves, 1):
        if move.kind != "ask":
            continue
        key = f"{run.id}/question/{step.key}/{nth}"
        is_new = (event.kind, event.step, event.at, event.by) == (
            EventKind.DECIDED, step.key, move.at, move.by,
        )  # fmt: skip
        yield Saying(
            key=key, kind="notice", subject=step.id, living=True,
            draw=_drawing(run, step, move, run.language), create=is_new and not outsiders,
            under=step_card(run, step, facts),
        )  # fmt: skip
        language = language_for(move.to, run, facts)
        yield Saying(
            key=f"{key}/{move.to}", kind="notice", subject=step.id, living=True,
            draw=_drawing(run, step, move, language), create=is_new and outsiders, to=move.to,
        )  # fmt: skip


def _drawing(run: Run, step: Step, move: Move, language: str) -> Callable[[datetime], Message]:
    return lambda _: build_question_message(run, step, move, language)
