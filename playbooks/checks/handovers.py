"""Hand-overs: to another role than the owner's, beside approvals of other names."""

from collections.abc import Iterator

from playbooks.checks.outline import Outline
from playbooks.faults import Fault, fault, quoted
from playbooks.handovers import RESERVED
from playbooks.nodes import Node


def check_handovers(outline: Outline) -> Iterator[Fault]:
    """Find hand-overs to oneself, and approvals with a reserved name."""
    for step in outline.steps.values():
        yield from _handover(step.get("handover"), step.get("owner").text)
        for level in step.get("approvals").items:
            id_ = level.get("level")
            if id_.text in RESERVED:
                words = "is no approval's level, it stands for a hand-over: rename it"
                yield fault(id_.mark, f"{quoted(id_.text)} {words}")


def _handover(handover: Node, owner: str) -> Iterator[Fault]:
    to = handover.get("to")
    if to.text and to.text == owner:
        words = "owns the step, and cannot receive it too: name the role that goes on with it"
        yield fault(to.mark, f"{quoted(to.text)} {words}")
