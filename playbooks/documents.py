"""A step's document: the draft, its frozen versions, and who has signed which."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from playbooks.definition import PlaybookStep
from playbooks.questions import Form
from playbooks.run import Event, Run, Step
from playbooks.signatures import Asked, Need, Note, Revision, Signature, Version


@dataclass(frozen=True, slots=True)
class Document:
    """What one step's form says, and everything that has happened to it."""

    workspace: str
    run: str
    step: str
    needs: tuple[Need, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()
    signatures: tuple[Signature, ...] = ()
    asked: tuple[Asked, ...] = ()
    notes: tuple[Note, ...] = ()
    revisions: tuple[Revision, ...] = ()
    chased: int = 0  # reminders the client has had for this version
    chase_at: datetime | None = None

    @property
    def current(self) -> Version | None:
        """The newest version, the only one that can be signed."""
        return self.versions[-1] if self.versions else None

    @property
    def number(self) -> int:
        """The newest version's number; 0 before the first."""
        return len(self.versions)

    @property
    def open_request(self) -> Revision | None:
        """The change request that has to be priced or waived first."""
        return next((each for each in self.revisions if each.is_open), None)

    @property
    def returned(self) -> Revision | None:
        """The changes that the client wants in the newest version."""
        found = [each for each in self.revisions if each.version == self.number]
        return found[-1] if found and self.number else None

    def version(self, number: int) -> Version | None:
        """A version by its number."""
        return next((each for each in self.versions if each.number == number), None)

    def before(self, number: int) -> Version | None:
        """The version before that one."""
        return self.version(number - 1)

    def signed_by(self, role: str) -> Signature | None:
        """The role's signature on the newest version, the paper still to be witnessed included."""
        found = [
            each for each in self.signatures
            if each.role == role and self.current
            and (each.version, each.digest) == (self.current.number, self.current.digest)
        ]  # fmt: skip
        return found[-1] if found else None

    def missing(self) -> tuple[Need, ...]:
        """The signatures that the newest version still lacks."""
        given = {need.role: self.signed_by(need.role) for need in self.needs}
        return tuple(n for n in self.needs if not ((one := given[n.role]) and one.counts))

    def asked_of(self, role: str) -> Asked | None:
        """Who of a role was asked last, whatever the version."""
        found = [each for each in self.asked if each.role == role]
        return found[-1] if found else None

    def waiting_since(self) -> datetime | None:
        """Since when the client has the newest version; None where it is not their turn."""
        if self.returned or not any(need.side == "client" for need in self.missing()):
            return None
        moments = [
            one.at for one in self.asked if one.side == "client" and one.version == self.number
        ]
        return min(moments, default=None)


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """The new document and run, and the events that explain them."""

    document: Document
    run: Run
    events: tuple[Event, ...] = ()


def is_signed(document: Document) -> bool:
    """Whether every side has signed the newest version, the very same text."""
    return bool(document.needs and document.current) and not document.missing()


def form_of(run: Run, step: Step) -> Form | None:
    """The form of a step that fills a document."""
    form = run.playbook.forms_by_id.get(run.told(step).form or "")
    return form if form and form.document else None


def needs_of(told: PlaybookStep) -> tuple[Need, ...]:
    """The signatures a step's document needs."""
    return tuple(Need(rule.side, rule.by) for rule in told.sign)


def new_document(run: Run, step: Step) -> Document:
    """The document of a step before anybody has filled anything in."""
    return Document(run.workspace, run.id, step.key, needs_of(run.told(step)))


def with_signature(document: Document, signature: Signature) -> Document:
    """The document with one signature more."""
    return replace(document, signatures=(*document.signatures, signature))
