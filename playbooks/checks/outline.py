"""What a playbook file declares, found without trusting its shape."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from playbooks.due_rules import DueRule, parse_due_rule
from playbooks.faults import Fault, fault, nearest, quoted
from playbooks.nodes import Node

_TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})  # what pydantic reads as true


class Outline:
    """The named parts of a file, by id; parts of another shape are passed over."""

    def __init__(self, root: Node) -> None:
        self.root = root

    @cached_property
    def steps(self) -> dict[str, Node]:
        """The steps by id; of two with the same id the first."""
        return _by_id(step for phase in self.phases for step in phase.get("steps").items)

    @property
    def phases(self) -> list[Node]:
        """The phases in order."""
        return list(self.root.get("phases").items)

    @cached_property
    def params(self) -> dict[str, Node]:
        """The parameters by id."""
        return _by_id(self.root.get("params").items)

    @cached_property
    def tiers(self) -> dict[str, Node]:
        """The tiers by id."""
        return _by_id(self.root.get("tiers").items)

    @cached_property
    def forms(self) -> dict[str, Node]:
        """The forms by id."""
        return _by_id(self.root.get("forms").items)

    @cached_property
    def kpis(self) -> dict[str, Node]:
        """The KPIs by id."""
        return _by_id(self.root.get("kpis").items)

    def questions(self) -> Iterator[Node]:
        """Every question of the file."""
        for holder in (*self.steps.values(), *self.forms.values(), self.root.get("retrospective")):
            yield from holder.get("questions").items

    def rules(self) -> Iterator[tuple[Node, DueRule]]:
        """Every due rule that can be read, with its place."""
        for step in self.steps.values():
            yield from read_rules(step.get("due"))
        for kpi in self.kpis.values():
            yield from read_rules(kpi.get("read"))
        for report in self.root.get("reports").entries.values():
            yield from read_rules(report.get("due"))


def read_rules(due: Node) -> Iterator[tuple[Node, DueRule]]:
    """The rules of one `due`: a rule, a series, or a map of tiers."""
    for node in (due, *due.items, *due.entries.values()):
        rule = read_rule(node)
        if rule:
            yield node, rule


def read_rule(node: Node) -> DueRule | None:
    """A due rule; None where none can be read, which the shape reports."""
    try:
        return parse_due_rule(node.text)
    except ValueError:
        return None


def is_true(node: Node) -> bool:
    """Whether a flag is set."""
    return node.text.lower() in _TRUE


def unknown(node: Node, what: str, known: Collection[str], mend: str) -> Fault:
    """A name that points nowhere, with the name that may have been meant."""
    return fault(node.mark, unknown_words(what, node.text, known, mend))


def unknown_words(what: str, name: str, known: Collection[str], mend: str) -> str:
    """Say that a name points nowhere."""
    near = nearest(name, known)
    return f"unknown {what} {quoted(name)}: " + (f"did you mean {near!r}?" if near else mend)


def shown_circle(ids: Sequence[str]) -> str:
    """A circle of ids that begins and ends with the same one, shortened when it is long."""
    return " → ".join(ids if len(ids) < 12 else [*ids[:10], "…", ids[-1]])


def _by_id(nodes: "Iterator[Node] | Collection[Node]") -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in nodes:
        if node.get("id").text:
            found.setdefault(node.get("id").text, node)
    return found
