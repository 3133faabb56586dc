"""An id stands for one thing only."""

from collections.abc import Iterable, Iterator

from playbooks.checks.outline import Outline
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node

_NOT_IDS = ("rows", "due", "steps")  # rows hold a column's values; steps are unique across phases


def check_ids(outline: Outline) -> Iterator[Fault]:
    """Find ids used twice, and ids of retired steps used again."""
    steps = [step for phase in outline.phases for step in phase.get("steps").items]
    yield from _twice(steps, "id")
    for phase in outline.phases:
        yield from _twice_inside(phase)
    for step in steps:
        yield from _twice_inside(step)
    yield from _twice_inside(outline.root)
    yield from _retired(outline)


def _twice_inside(node: Node) -> Iterator[Fault]:
    """Lists of things with an id, below this node down to the steps."""
    for key, child in node.entries.items():
        if key in _NOT_IDS:
            continue
        if child.items:
            yield from _twice(child.items, "level" if key == "approvals" else "id")
        if key != "phases":
            for inner in child.items or (child,):
                yield from _twice_inside(inner)


def _twice(nodes: Iterable[Node], key: str) -> Iterator[Fault]:
    first: dict[str, Node] = {}
    for node in nodes:
        id_ = node.get(key)
        if not id_.text:
            continue
        if id_.text in first:
            where = first[id_.text].mark.seen_from(id_.mark)
            yield fault(id_.mark, f"{quoted(id_.text)} is used already ({where}): rename one")
        first.setdefault(id_.text, id_)


def _retired(outline: Outline) -> Iterator[Fault]:
    retired = {node.text for node in outline.root.get("retired").items}
    for id_, step in outline.steps.items():
        if id_ in retired:
            words = f"step {quoted(id_)} has the id of a retired step: give it a new id"
            yield fault(step.get("id").mark, words)
