"""Whom a decision concerns says to have read it; whoever does not is asked again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.due_rules import Span
from playbooks.handovers import ACK
from playbooks.records import Move, Which
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus, Step
from playbooks.working_time import working_after

ASKED_AGAIN = 3  # times, once a working day
EVERY = Span(1, "workdays")


@dataclass(frozen=True, slots=True)
class Acknowledgements:
    """A decision, and who of those it concerns has read it, and when."""

    decision: Move
    read: dict[str, datetime]

    @property
    def open(self) -> tuple[str, ...]:
        """Who has not read it yet."""
        return tuple(person for person in self.decision.people if person not in self.read)


def acknowledgements(step: Step) -> tuple[Acknowledgements, ...]:
    """The decisions about a step's hand-over that concern somebody, in order."""
    return tuple(
        Acknowledgements(move, {m.by: m.at for m in _of(step, move.version, "ack")})
        for move in step.moves
        if move.kind == "decide" and not move.undone and move.people
    )


def acknowledgements_of(step: Step, version: int) -> Acknowledgements | None:
    """Those of the decision about one version."""
    found = (one for one in acknowledgements(step) if one.decision.version == version)
    return next(found, None)


def _of(step: Step, version: int, kind: str) -> Iterator[Move]:
    """What is kept about a decision; what was taken back with it does not count."""
    return (
        move for move in step.moves
        if (move.level, move.version, move.kind) == (ACK, version, kind) and not move.undone
    )  # fmt: skip


def acknowledge(run: Run, which: Which, facts: Facts, *, by: str, at: datetime) -> Change:
    """Say to have read a decision; also when the run has ended since."""
    step = run.step(which.step)
    if step is None:
        raise Refused("no_such_step", step=which.step)
    told = acknowledgements_of(step, which.version)
    if told is None:
        raise Refused("nothing_to_read")
    if by in told.read:
        raise Refused("read_already", at=told.read[by])
    if by not in told.open:
        raise Refused("not_concerned", by=told.decision.by)
    move = Move("ack", by, at, which.version, ACK)
    step = replace(step, moves=(*step.moves, move))
    step = replace(step, ack_at=next_asking(step, facts))
    event = Event(EventKind.DECIDED, at, by, step.key, {
        "kind": move.kind, "level": ACK, "version": which.version, "to": told.decision.by,
    })  # fmt: skip
    return Change(run.with_step(step), (event,))


def next_asking(step: Step, facts: Facts) -> datetime | None:
    """When somebody is asked again to read a decision."""
    return min((when for _, _, when in _askings(step, facts)), default=None)


def _askings(step: Step, facts: Facts) -> Iterator[tuple[Move, str, datetime]]:
    """Each decision with who has not read it, and when they are asked again."""
    for told in acknowledgements(step):
        said = tuple(_of(step, told.decision.version, "remind"))
        for person in told.open:
            times = [move.at for move in said if move.to == person]
            if len(times) < ASKED_AGAIN:
                since = max(times, default=told.decision.at)
                yield told.decision, person, working_after(facts, person, since, EVERY)


def ask_again(run: Run, key: str, facts: Facts, *, at: datetime) -> Change:
    """Ask those again who have not read a decision, in their working hours."""
    step = run.step(key)
    if step is None or step.ack_at is None or step.ack_at > at:
        return Change(run, ())
    if run.pause:
        return Change(run, ())
    if run.status is not RunStatus.ACTIVE:  # nothing more is sent for it
        return Change(run.with_step(replace(step, ack_at=None)), ())
    events = []
    due = [(move, who) for move, who, when in _askings(step, facts) if when <= at]
    for decided, person in due:
        if facts.next_working(person, at) > at:  # not at this hour of theirs
            continue
        asked = Move("remind", "clock", at, decided.version, ACK, to=person)
        step = replace(step, moves=(*step.moves, asked))
        told = {"version": decided.version, "to": person}
        events.append(Event(EventKind.ACK_PRESSED, at, "clock", key, told))
    later = next_asking(step, facts)
    if later and later <= at:
        waits = (
            facts.next_working(who, at) for _, who, when in _askings(step, facts) if when <= at
        )
        later = min(waits, default=None)
    return Change(run.with_step(replace(step, ack_at=later)), tuple(events))
