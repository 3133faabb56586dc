"""Due rules: what they count from exists."""

from collections.abc import Iterator

from playbooks.checks.outline import Outline, unknown_words
from playbooks.due_rules import DueRule
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node


def check_dues(outline: Outline) -> Iterator[Fault]:
    """Find due rules that count from nothing, and tiers without a rule."""
    for node, rule in outline.rules():
        yield from _base(outline, node, rule)
    for step in outline.steps.values():
        due = step.get("due")
        if isinstance(due.value, list | dict) and not due.value:
            yield fault(due.mark, "'due' is empty: write a rule such as start + 2 workdays")
        yield from _tiers(outline, step, due)


def _base(outline: Outline, node: Node, rule: DueRule) -> Iterator[Fault]:
    ref = rule.ref or ""
    if rule.base == "anchor" and outline.root.get("anchor").value is None:
        words = "the playbook has no anchor: add 'anchor', or count from start"
        yield fault(node.mark, words)
    if rule.base == "after" and ref not in outline.steps:
        yield fault(node.mark, unknown_words("step", ref, outline.steps, "name a step's id"))
    if rule.base == "param":
        yield from _param(outline, node, ref)


def _param(outline: Outline, node: Node, ref: str) -> Iterator[Fault]:
    if ref not in outline.params:
        words = unknown_words("parameter", ref, outline.params, "add it under params")
        yield fault(node.mark, words)
        return
    type_ = outline.params[ref].get("type").text or "text"
    if type_ not in {"date", "time"}:
        words = f"parameter {quoted(ref)} is of type {type_}: count from one of type date or time"
        yield fault(node.mark, words)


def _tiers(outline: Outline, step: Node, due: Node) -> Iterator[Fault]:
    for tier, rule in due.entries.items():
        if tier not in outline.tiers:
            words = unknown_words("tier", tier, outline.tiers, "add it under tiers")
            yield fault(rule.key_mark, words)
    chosen = [node.text for node in step.get("tiers").items] or list(outline.tiers)
    missing = [tier for tier in chosen if tier in outline.tiers and tier not in due.entries]
    if due.entries and missing:
        yield fault(due.key_mark, f"no due rule for tier {quoted(missing[0])}: add it")
