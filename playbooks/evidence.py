"""Proof of work: what counts as handed in."""

from collections.abc import Sequence
from dataclasses import replace

from playbooks.digests import at_once
from playbooks.links import require_link
from playbooks.run import Evidence, Refused, Run, Step


def lacks_evidence(run: Run, step: Step) -> bool:
    """Whether the required deliverable has not been handed in, in the kind that is wanted."""
    wanted = run.told(step).deliverable
    if wanted is None or not wanted.required or wanted.kind == "list":
        return False
    return not any(wanted.kind in kinds_of(piece) for piece in step.evidence)


def kinds_of(piece: Evidence) -> frozenset[str]:
    """What a piece of evidence can be handed in as."""
    if piece.kind != "message":
        return frozenset({piece.kind})
    return frozenset({"link", "file"} if piece.has_file else {"link"})


def require_evidence(run: Run, step: Step) -> None:
    """Refuse while the required deliverable is missing; what else is attached is no substitute."""
    if not lacks_evidence(run, step):
        return
    wanted = run.told(step).deliverable
    if wanted and wanted.kind == "file":
        raise Refused("file_missing", step=step.id)
    if wanted and wanted.kind == "text":
        raise Refused("text_missing", step=step.id)
    raise Refused("link_missing", step=step.id)


def with_evidence(step: Step, evidence: Sequence[Evidence]) -> Step:
    """The step with these pieces too, each once; refuse a link that is none."""
    pieces = {(piece.kind, piece.value): piece for piece in step.evidence}
    for piece in evidence:
        if piece.kind == "link":
            require_link(piece.value)
        pieces.setdefault((piece.kind, piece.value), at_once(piece))
    return replace(step, evidence=tuple(pieces.values()))
