"""Whom a run waits for: decisions, gates, documents to sign, decisions to be acknowledged."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playbooks.acknowledgements import acknowledgements
from playbooks.deciding_for import stood_for
from playbooks.documents import needs_of
from playbooks.levels import standing, waiting_for
from playbooks.phases import asked_phases, deciders_of
from playbooks.run import Run, RunStatus
from playbooks.signing_rounds import is_signing, signatory

Kind = Literal["decide", "gate", "sign", "ack"]


@dataclass(frozen=True, slots=True, order=True)
class Wait:
    """Somebody whom a run waits for: in a step, or at the gate of a phase."""

    kind: Kind
    subject: str  # the step's key, or the phase
    person: str
    stands_for: str = ""  # somebody away, whose decision it is


def waits_of(run: Run) -> frozenset[Wait]:
    """Everybody a run waits for; a decision is read even when the run has ended since."""
    found = set(_acknowledgements(run))
    if run.status is RunStatus.ACTIVE:
        found.update(_of_steps(run), _at_gates(run))
    return frozenset(found)


def _of_steps(run: Run) -> Iterator[Wait]:
    for step in run.steps:
        people, now = waiting_for(run, step), standing(run, step)
        held: dict[str, str] = {}
        for level in now.open if people and now else ():
            held |= stood_for(run, step, level)
        for person in people:
            yield Wait("decide", step.key, person, held.get(person, ""))
        if is_signing(run, step):  # who of them has signed already, its document tells
            for need in needs_of(run.told(step)):
                if person := signatory(run, need):
                    yield Wait("sign", step.key, person)


def _at_gates(run: Run) -> Iterator[Wait]:
    for phase in asked_phases(run):
        for person in deciders_of(run, phase):
            yield Wait("gate", phase.id, person)


def _acknowledgements(run: Run) -> Iterator[Wait]:
    for step in run.steps:
        for told in acknowledgements(step):
            for person in told.open:
                yield Wait("ack", step.key, person)
