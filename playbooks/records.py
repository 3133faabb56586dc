"""What is kept with a step: what was done, handed in, answered and decided, by whom and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tick:
    """A checklist item that somebody has done."""

    item: str
    by: str
    at: datetime


# What we hold of a piece: nothing (yet), its bytes or text, only its hash because it is too
# large, nothing because it could not be fetched, or no longer the original: it was deleted.
Frozen = Literal["", "kept", "large", "lost", "gone"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Proof of work: a link, a text, a file or a message."""

    kind: Literal["link", "text", "file", "message"]
    value: str  # the URL, the text, the Slack file id or the message's permalink
    title: str
    by: str
    at: datetime
    has_file: bool = False  # of a message: whether it carries one
    frozen: Frozen = ""  # always nothing for a link or message
    digest: str = ""  # SHA-256 of the bytes or the text, once known
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which a run stood still: paused, or ended before it was opened again."""

    at: datetime
    by: str
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark kept with the step."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a review question; the latest one counts."""

    question: str
    value: str  # as text; several choices are joined by commas
    by: str
    at: datetime
    version: int  # the submission it was given for, from 1
    quote: str = ""  # the evidence a gate asks for


@dataclass(frozen=True, slots=True)
class Override:
    """A closed gate that a named role has opened all the same; it stays on record."""

    question: str
    reason: str
    by: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """What was submitted, as it was then; decisions are about a version."""

    number: int
    by: str
    at: datetime
    owner: str = ""  # whose step it was then
    levels: tuple[str, ...] = ()  # the levels in force, in order
    evidence: tuple[Evidence, ...] = ()
    comment: str = ""
    replies: tuple[str, ...] = ()  # to the changes asked for, in their order
    digest: str = ""  # SHA-256 of answers and evidence


@dataclass(frozen=True, slots=True)
class Which:
    """A decision to be made: the step, the version submitted, the level."""

    step: str  # its key
    version: int
    level: str


@dataclass(frozen=True, slots=True)
class WhichGate:
    """A phase's gate to be passed: the phase, and how often it has been asked."""

    phase: str
    round: int


MoveKind = Literal[
    "approve", "changes", "reject",  # decisions
    "accept", "return", "decide", "ack",  # of a hand-over
    "ask", "answer", "delegate", "withdraw",
    "remind", "backup", "escalate", "lapse",  # by the clock
    "change",  # of what was submitted: the approval lapses
    "amend",  # of what was submitted: the approval stands, perhaps on an answer
    "minor", "material",  # the answer: it stands after all, or lapses
]  # fmt: skip


# What the lead or the sponsor decides about a hand-over that came back too often.
Verdict = Literal["accept", "remark", "return"]


@dataclass(frozen=True, slots=True)
class Move:
    """One move in an approval; nothing is deleted, an undone one says so."""

    kind: MoveKind
    by: str
    at: datetime
    version: int
    level: str = ""
    text: str = ""  # a comment, question, answer or reason
    of: str = ""  # whose part is handed over
    to: str = ""  # who takes it, or hears of it
    items: tuple[str, ...] = ()  # the changes asked for
    opens: str = ""  # key of another step that is opened again
    note: str = ""  # for author and lead alone
    criterion: str = ""  # the one a return is tied to
    verdict: Verdict | Literal[""] = ""
    people: tuple[str, ...] = ()  # whom a decision concerns
    undone: bool = False
    why: Literal["", "leave", "back"] = ""  # of a hand-over: somebody is away, or here again
    recalled: tuple[str, ...] = ()  # levels that were to be decided until it was undone
    what: Literal["", "added", "replaced", "deleted"] = ""  # how the content was changed
    before: str = ""  # digests of what was replaced or deleted, and of what came for it
    after: str = ""


GateKind = Literal[
    "asked", "passed", "overridden", "held", "undone", "lapsed",
    "remind", "escalate",  # by the clock
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class GateMove:
    """One move at a phase's gate; nothing is deleted, the latest answer counts."""

    phase: str
    kind: GateKind
    by: str
    at: datetime
    reason: str = ""
    to: str = ""  # whom the clock told
