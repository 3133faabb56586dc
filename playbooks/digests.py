"""What a submission is, in hashes: of a text, of a file, of everything handed in."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from playbooks.records import Answer, Evidence, Version
from playbooks.run import Step


def at_once(piece: Evidence) -> Evidence:
    """A text with its hash, for the text is with us; anything else as it is."""
    if piece.kind != "text":
        return piece
    content = piece.value.encode()
    return replace(piece, frozen="kept", digest=sha256(content).hexdigest(), size=len(content))


def to_fetch(pieces: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The pieces as they are handed in: what a file held before counts no longer."""
    return tuple(
        replace(piece, frozen="", digest="", size=0) if piece.kind == "file" else at_once(piece)
        for piece in pieces
    )


def digest_of(evidence: Sequence[Evidence], answers: Iterable[Answer]) -> str:
    """SHA-256 of what is handed in: evidence with its content as far as it is known, answers."""
    latest = {answer.question: answer for answer in answers}
    content = {
        "evidence": [[piece.kind, piece.value, piece.digest] for piece in evidence],
        "answers": {id_: [a.value, a.quote] for id_, a in latest.items()},
    }
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return sha256(plain.encode()).hexdigest()


def sealed(step: Step, version: Version) -> Version:
    """A version with the hash of its content."""
    answers = (answer for answer in step.answers if answer.version <= version.number)
    return replace(version, digest=digest_of(version.evidence, answers))


def files_of(step: Step) -> tuple[str, ...]:
    """The Slack ids of the files that a step holds now."""
    return tuple(piece.value for piece in step.evidence if piece.kind == "file")


def to_freeze(step: Step, *, at: datetime) -> Step:
    """The step, its files to be fetched from `at` on, where it has any."""
    return replace(step, freeze_at=at, freeze_tries=0) if files_of(step) else step
