"""Who was asked for what, about which version, when; and when they acted on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from playbooks.acknowledgements import acknowledgements
from playbooks.handovers import ACK
from playbooks.levels import DECISIONS, deciders, standing
from playbooks.records import Move
from playbooks.run import Change, Event, EventKind, Run, Step, StepStatus

Asked = tuple[int, str, str]  # version, level, person


@dataclass(frozen=True, slots=True)
class Delivery:
    """One person was asked for one thing; `move` is what they did about it."""

    step: str  # its key
    version: int
    level: str
    person: str
    asked_at: datetime
    move: Move | None = None


def with_requests(before: Run, change: Change) -> Change:
    """The change with an event for each request that it makes, so that it stays on record."""
    if not change.events:
        return change
    at = change.events[-1].at
    known = {step.key: frozenset(_asked(before, step)) for step in before.steps}
    events = []
    for step in change.run.steps:
        new = [one for one in _asked(change.run, step) if one not in known.get(step.key, ())]
        for version, level in dict.fromkeys((version, level) for version, level, _ in new):
            people = [who for number, id_, who in new if (number, id_) == (version, level)]
            told = {"version": version, "level": level, "to": people}
            events.append(Event(EventKind.REQUESTED, at, "clock", step.key, told))
    return Change(change.run, (*change.events, *events))


def _asked(run: Run, step: Step) -> Iterator[Asked]:
    """Whom a step waits for now."""
    now = standing(run, step) if step.status is StepStatus.DECIDING else None
    for level in now.open if now else ():
        yield from ((now.version.number, level.level, p) for p in deciders(run, step, level) if now)
    for told in acknowledgements(step):
        yield from ((told.decision.version, ACK, person) for person in told.open)


def deliveries(run: Run, history: Iterable[Event]) -> tuple[Delivery, ...]:
    """All that people were asked for in a run, in order, with what they did about it."""
    return tuple(
        Delivery(
            event.step, event.facts["version"], event.facts["level"], person, event.at,
            _reply(run, event, person),
        )
        for event in history
        if event.kind is EventKind.REQUESTED
        for person in event.facts["to"]
    )  # fmt: skip


def _reply(run: Run, event: Event, person: str) -> Move | None:
    step = run.step(event.step)
    for move in step.moves if step else ():
        about = (move.version, move.level, move.by)
        acted = move.kind in DECISIONS or move.kind == "ack"
        asked = (event.facts["version"], event.facts["level"], person)
        if acted and about == asked and not move.undone and move.at >= event.at:
            return move
    return None
