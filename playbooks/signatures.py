"""What is kept of a document's signatures: who is needed, who was asked, who has signed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Side = Literal["ours", "client"]
Method = Literal["slack", "link", "paper"]
OUTSIDER = "outsider"  # `by` of what somebody without Slack did; the facts hold their name


@dataclass(frozen=True, slots=True)
class Need:
    """A signature the document needs."""

    side: Side
    role: str


@dataclass(frozen=True, slots=True)
class Version:
    """The text as it was frozen; it never changes."""

    number: int
    text: str
    digest: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's yes to one version; on paper it counts once a second person has witnessed it."""

    side: Side
    role: str
    name: str
    person: str  # a Slack user id, or empty
    method: Method
    at: datetime
    version: int
    digest: str
    recorded_by: str = ""
    witness: str = ""  # who has seen the paper
    wanted: str = ""  # who was asked to look at it
    paper: str = ""  # the scan: a file id, a link or words

    @property
    def counts(self) -> bool:
        """Whether nothing is left to do for it."""
        return self.method != "paper" or bool(self.witness)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody was asked to sign a version."""

    side: Side
    role: str
    name: str
    person: str
    email: str
    method: Method
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of the client's."""

    text: str
    name: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """The client asked for changes; beyond the included rounds it has a price, or is waived."""

    number: int
    text: str
    name: str
    version: int
    at: datetime
    extra: bool = False
    cost: str = ""
    days: int = 0
    settled_by: str = ""
    settled_at: datetime | None = None
    waived: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is a change request that nobody has priced or waived."""
        return self.extra and not self.settled_by
