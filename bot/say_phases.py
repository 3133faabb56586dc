"""What phases and their gates make the bot say."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.saying import Saying, language_for
from bot.views.blocks import Message
from bot.views.phase_notices import build_gate_pressed_message, build_held_message
from bot.views.phases import Staged, build_gate_copy, build_phase_message
from playbooks.calendars import Facts
from playbooks.definition import Phase
from playbooks.events import Event, EventKind
from playbooks.phases import (
    deciders_of,
    gate_moves,
    is_asked,
    phase_named,
    round_of,
    steps_of,
)
from playbooks.run import Run, RunStatus, StepStatus


def phase_card(run: Run, phase: Phase, facts: Facts, *, outsiders: bool) -> Saying:
    """A phase's own message; posted when it opens, edited ever after."""
    staged = Staged(run, phase, facts, run.language, quiet=outsiders)
    under_way = {StepStatus.ACTIVE, StepStatus.DECIDING}
    opens = any(step.status in under_way for step in steps_of(run, phase))
    return Saying(
        key=f"{run.id}/phase/{phase.id}/{run.channel}", kind="notice", subject=phase.id,
        draw=lambda at: build_phase_message(staged, at), living=True,
        create=(opens or is_asked(run, phase)) and run.status is RunStatus.ACTIVE,
    )  # fmt: skip


def say_phase(run: Run, phase: Phase, facts: Facts, *, outsiders: bool) -> Iterator[Saying]:
    """A phase's message, and the copies of those who were asked at its gate."""
    if not (phase.objective or phase.gate):
        return
    yield phase_card(run, phase, facts, outsiders=outsiders)
    last = round_of(run, phase)
    now = set(deciders_of(run, phase)) if is_asked(run, phase) else set()
    for number in range(1, last + 1):
        for person in sorted(now | _ever_asked(run, phase)):
            asked_now = number == last and person in now
            yield _copy(run, phase, facts, number, person, create=asked_now)


def _ever_asked(run: Run, phase: Phase) -> set[str]:
    """Everybody who may have a copy of a request."""
    moved = {person for move in gate_moves(run, phase) for person in (move.by, move.to)}
    return (moved | set(deciders_of(run, phase)) | {run.lead}) - {"", "clock"}


def _copy(
    run: Run, phase: Phase, facts: Facts, number: int, person: str, *, create: bool
) -> Saying:
    staged = Staged(run, phase, facts, language_for(person, run, facts), direct=True)
    return Saying(
        key=f"{run.id}/phase/{phase.id}/{number}/{person}", kind="notice", subject=phase.id,
        draw=lambda at: build_gate_copy(staged, number, at), living=True, create=create, to=person,
    )  # fmt: skip


def say_at_gate(
    event: Event, number: int, run: Run, facts: Facts, *, outsiders: bool
) -> Iterator[Saying]:
    """What is said once: the lead hears of a "not yet", people are reminded."""
    phase = phase_named(run, event.facts.get("phase", ""))
    if phase is None or not is_asked(run, phase):
        return
    to = run.lead if event.kind is EventKind.PHASE_HELD else event.facts.get("to", "")
    staged = Staged(run, phase, facts, run.language)
    if outsiders:
        staged = replace(staged, language=language_for(to, run, facts), direct=True)
    draw = _drawing(event, staged, to)
    if draw is None or (event.kind is EventKind.PHASE_HELD and to == event.by):
        return
    nudge = event.kind is EventKind.PHASE_PRESSED
    yield Saying(
        key=f"{run.id}/{event.kind}/{phase.id}/{number}",
        kind="reminder" if nudge else "notice", subject=phase.id, draw=draw,
        under=None if outsiders else phase_card(run, phase, facts, outsiders=outsiders),
        to=to if outsiders else "",
    )  # fmt: skip


def _drawing(event: Event, staged: Staged, to: str) -> Callable[[datetime], Message] | None:
    if event.kind is EventKind.PHASE_HELD:
        return lambda _: build_held_message(staged, event, to)
    if event.kind is EventKind.PHASE_PRESSED:
        return lambda _: build_gate_pressed_message(staged, event)
    return None
