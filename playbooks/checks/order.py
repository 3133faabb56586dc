"""Steps and what they need: known steps, no circles, no date before a needed step's."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from playbooks.checks.outline import Outline, read_rule, read_rules, shown_circle, unknown
from playbooks.due_rules import DueRule
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node

_CIRCLES = 10  # reported at most
_DAYS = {"days": 1, "weeks": 7}
_MINUTES = {"minutes": 1, "hours": 60}


def check_order(outline: Outline) -> Iterator[Fault]:
    """Find steps that wait for nothing known, for themselves, in a circle, or for too late."""
    for id_, step in outline.steps.items():
        for need in step.get("needs").items:
            if need.text == id_:
                yield fault(need.mark, f"step {quoted(id_)} needs itself: remove it here")
            elif need.text and need.text not in outline.steps:
                yield unknown(need, "step", outline.steps, "name a step's id")
            elif need.text:
                yield from _too_early(outline, step, need)
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
            graph = {id_: waits for id_, waits in graph.items() if id_ not in circle}
        else:
            return


def _waits_for(step: Node) -> set[str]:
    needs = {need.text for need in step.get("needs").items}
    rules = read_rules(step.get("due"))
    return needs | {rule.ref for _, rule in rules if rule.base == "after" and rule.ref}


def _too_early(outline: Outline, step: Node, need: Node) -> Iterator[Fault]:
    """Report a rule of `step` that lies before one of the step it needs, in a tier of both."""
    needed = outline.steps[need.text]
    if _is_open_ended(step) or _is_open_ended(needed):
        return
    scaled = any(param.get("scales-beyond").text for param in outline.params.values())
    for tier in outline.tiers or ("",):
        if not (_is_in(step, tier) and _is_in(needed, tier)):
            continue
        for node, rule in _rules_in(step, tier):
            for other_node, other in _rules_in(needed, tier):
                if _is_before(rule, other, scaled) or _is_before_itself(rule, need.text):
                    words = f"is due before {quoted(need.text)}, which it needs"
                    place = f"{quoted(other_node.text)}, {other_node.mark.seen_from(node.mark)}"
                    yield fault(node.mark, f"{words} ({place}): move one of the dates")
                    return


def _is_open_ended(step: Node) -> bool:
    """Whether the occurrences, and so their dates, are not known beforehand."""
    repeat = step.get("repeat")
    return repeat.get("per-row").value is not None or repeat.get("on-demand").value is not None


def _is_in(step: Node, tier: str) -> bool:
    return not step.get("tiers").items or tier in {node.text for node in step.get("tiers").items}


def _rules_in(step: Node, tier: str) -> Iterator[tuple[Node, DueRule]]:
    due = step.get("due")
    for node in (due.get(tier),) if due.entries else (due, *due.items):
        rule = read_rule(node)
        if rule:
            yield node, rule


def _is_before_itself(rule: DueRule, need: str) -> bool:
    return rule.base == "after" and rule.ref == need and rule.count < 0


def _is_before(rule: DueRule, other: DueRule, scaled: bool) -> bool:
    """Whether `rule` lies before `other` on every calendar."""
    if (rule.base, rule.ref) != (other.base, other.ref):
        return False
    for alike in ({"workdays": 1}, _DAYS, _MINUTES):
        if rule.unit in alike and other.unit in alike:
            left, right = rule.count * alike[rule.unit], other.count * alike[other.unit]
            same_day = left == right and rule.at and other.at
            return left < right or bool(same_day and rule.at < other.at)  # type: ignore[operator]
    if scaled and rule.base == "anchor":
        return False
    latest, earliest = _latest_day(rule), _earliest_day(other)
    return latest is not None and earliest is not None and latest < earliest


def _latest_day(rule: DueRule) -> int | None:
    """Days from the base that the rule cannot lie behind; None where no bound is known."""
    if rule.unit in _DAYS:
        return rule.count * _DAYS[rule.unit]
    return rule.count if rule.unit == "workdays" and rule.count <= 0 else None


def _earliest_day(rule: DueRule) -> int | None:
    """Days from the base that the rule cannot lie before; None where no bound is known."""
    if rule.unit in _DAYS:
        return rule.count * _DAYS[rule.unit]
    return rule.count if rule.unit == "workdays" and rule.count >= 0 else None
