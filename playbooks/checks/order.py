"""Steps and what they need: known steps, no circles."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from playbooks.checks.outline import Outline, read_rules, shown_circle, unknown
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node

_CIRCLES = 10  # reported at most


def check_order(outline: Outline) -> Iterator[Fault]:
    """Find steps that wait for nothing known, for themselves, or in a circle."""
    for id_, step in outline.steps.items():
        for need in step.get("needs").items:
            if need.text == id_:
                yield fault(need.mark, f"step {quoted(id_)} needs itself: remove it here")
            elif need.text and need.text not in outline.steps:
                yield unknown(need, "step", outline.steps, "name a step's id")
        for node, rule in read_rules(step.get("due")):
            if rule.ref == id_ and rule.base == "after":
                yield fault(node.mark, f"step {quoted(id_)} is due after itself: name another")
    yield from _circles(outline)


def _circles(outline: Outline) -> Iterator[Fault]:
    graph = {id_: _waits_for(step) - {id_} for id_, step in outline.steps.items()}
    for _ in range(_CIRCLES):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]
            first = outline.steps[circle[0]]
            shown = shown_circle(circle)
            words = f"steps wait for each other ({shown}): remove one need or 'after'"
            yield fault(first.get("id").mark, words)
            graph = {id_: graph[id_] for id_ in graph.keys() - set(circle)}
        else:
            return


def _waits_for(step: Node) -> set[str]:
    needs = {need.text for need in step.get("needs").items}
    rules = read_rules(step.get("due"))
    return needs | {rule.ref for _, rule in rules if rule.base == "after" and rule.ref}
