"""No step is due before a step it needs, as far as that is certain on every calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from playbooks.checks.outline import Outline, read_rule
from playbooks.definition import DUE_LIMIT, NEEDS_LIMIT
from playbooks.due_rules import DueRule
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node

_TIERS = 20  # looked at, so that a hostile file costs little
_FAMILIES = {
    "workdays": ("workdays", 1), "days": ("days", 1), "weeks": ("days", 7),
    "minutes": ("minutes", 1), "hours": ("minutes", 60),
}  # fmt: skip

Line = tuple[str, str, str]  # what a rule counts from and in: base, ref, family of units


@dataclass(frozen=True, slots=True)
class _Due:
    """A rule with its distance from its base in units of its family."""

    node: Node
    distance: int
    at: time | None

    def is_before(self, other: "_Due") -> bool:
        """Whether it lies before another of the same line."""
        if self.distance != other.distance:
            return self.distance < other.distance
        return self.at is not None and other.at is not None and self.at < other.at


Ends = tuple[dict[Line, _Due], dict[Line, _Due]]  # a step's first and last due on each line


def check_sequence(outline: Outline) -> Iterator[Fault]:
    """Find steps due before a step they need, in a tier that has both."""
    scaled = any(param.get("scales-beyond").text for param in outline.params.values())
    for tier in list(outline.tiers)[:_TIERS] or [""]:
        present = {id_: step for id_, step in outline.steps.items() if _is_dated(step, tier)}
        ends = {id_: _ends(step, tier) for id_, step in present.items()}
        for id_, step in present.items():
            for need in step.get("needs").items[:NEEDS_LIMIT]:
                if need.text in ends and need.text != id_:
                    yield from _too_early(ends[id_][0], ends[need.text][1], need.text, scaled)


def _is_dated(step: Node, tier: str) -> bool:
    """Whether a tier has the step, and its occurrences are known beforehand."""
    repeat = step.get("repeat")
    if repeat.get("per-row").text or repeat.get("on-demand").text:
        return False
    tiers = [node.text for node in step.get("tiers").items[:_TIERS]]
    return not tiers or tier in tiers


def _ends(step: Node, tier: str) -> Ends:
    due = step.get("due")
    first: dict[Line, _Due] = {}
    last: dict[Line, _Due] = {}
    for node in (due.get(tier),) if due.entries else (due, *due.items[:DUE_LIMIT]):
        rule = read_rule(node)
        if rule:
            line, distance = _measured(rule)
            told = _Due(node, distance, rule.at)
            first[line] = told if told.is_before(first.get(line, told)) else first.get(line, told)
            last[line] = told if last.get(line, told).is_before(told) else last.get(line, told)
    return first, last


def _measured(rule: DueRule) -> tuple[Line, int]:
    family, size = _FAMILIES[rule.unit]
    return (rule.base, rule.ref or "", family), rule.count * size


def _too_early(
    first: dict[Line, _Due], last: dict[Line, _Due], need: str, scaled: bool
) -> Iterator[Fault]:
    for line, due in first.items():
        if line[:2] == ("after", need) and due.distance < 0:
            words = f"is due before {quoted(need)}, which it needs: count forward from it, with +"
            yield fault(due.node.mark, words)
            return
        later = _certainly_later(line, due, last, scaled)
        if later:
            place = f"{quoted(later.node.text)}, {later.node.mark.seen_from(due.node.mark)}"
            words = f"is due before {quoted(need)}, which it needs ({place}): move one of the dates"
            yield fault(due.node.mark, words)
            return


def _certainly_later(line: Line, due: _Due, last: dict[Line, _Due], scaled: bool) -> _Due | None:
    base, ref, family = line
    if line in last and due.is_before(last[line]):
        return last[line]
    if scaled and base == "anchor":
        return None  # stretched working days keep their order among themselves only
    if family == "days":  # n working days ahead are at least n days ahead
        other = last.get((base, ref, "workdays"))
        return other if other and 0 <= other.distance > due.distance else None
    other = last.get((base, ref, "days"))
    is_bounded = family == "workdays" and due.distance <= 0
    return other if other and is_bounded and due.distance < other.distance else None
