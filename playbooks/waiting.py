"""What waits for one person besides their steps and decisions on work handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playbooks.acknowledgements import acknowledgements
from playbooks.definition import Phase
from playbooks.documents import Document
from playbooks.phases import asked_phases
from playbooks.records import Move
from playbooks.run import Run, Step
from playbooks.signing_rounds import signatory
from playbooks.waits import Wait


@dataclass(frozen=True, slots=True)
class Waiting:
    """Gates to pass, documents to sign, decisions to have read."""

    gates: tuple[tuple[Run, Phase], ...] = ()
    signatures: tuple[tuple[Run, Step, Document, str], ...] = ()  # the role they sign as
    readings: tuple[tuple[Run, Step, Move], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gates or self.signatures or self.readings)


def waiting_of(
    person: str, rows: Sequence[tuple[Run, Wait]], documents: Mapping[tuple[str, str], Document]
) -> Waiting:
    """What these waits are about, in their order; `documents` by run and step."""
    gates, signatures, readings = [], [], []
    for run, wait in rows:
        step = run.step(wait.subject)
        if wait.kind == "gate":
            gates += [(run, one) for one in asked_phases(run) if one.id == wait.subject]
        elif wait.kind == "sign" and step:
            document = documents.get((run.id, step.key))
            signatures += [(run, step, document, role) for role in to_sign(run, document, person)
                           if document]  # fmt: skip
        elif wait.kind == "ack" and step:
            open_ = (told for told in acknowledgements(step) if person in told.open)
            readings += [(run, step, told.decision) for told in open_]
    return Waiting(tuple(gates), tuple(signatures), tuple(readings))


def to_sign(run: Run, document: Document | None, person: str) -> list[str]:
    """The roles as which somebody can sign the newest version now."""
    if document is None or document.current is None or document.returned or document.open_request:
        return []
    return [
        need.role
        for need in document.needs
        if signatory(run, need) == person and not document.signed_by(need.role)
    ]
