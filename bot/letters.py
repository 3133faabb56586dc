"""A mail as it is written, before anybody sends it."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from playbooks.documents import Document
from playbooks.run import Run, Step

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject, plain text, HTML, and files as name, type and content in base64."""

    subject: str
    text: str
    html: str
    attachments: tuple[Mapping[str, str], ...] = field(default=())


def attached(name: str, content: bytes, kind: str = DOCX) -> dict[str, str]:
    """A file as a letter carries it."""
    return {"name": name, "type": kind, "content": b64encode(content).decode()}


class Letters(Protocol):
    """Who writes the mails to outsiders, in the run's language."""

    def sign(
        self, run: Run, step: Step, document: Document, *, name: str, url: str, again: bool
    ) -> Letter:
        """The request to sign the newest version; `again` reminds of one made before."""

    def code(self, run: Run, step: Step, *, name: str, code: str) -> Letter:
        """The code that proves that the mailbox is theirs."""

    def form(self, run: Run, step: Step, *, name: str, url: str) -> Letter:
        """The request to fill the form in."""

    def comment(self, run: Run, step: Step, document: Document, *, name: str, url: str) -> Letter:
        """The newest version to read and comment."""

    def signed(self, run: Run, step: Step, document: Document, *, name: str) -> Letter:
        """The record of both signatures, with the document."""
