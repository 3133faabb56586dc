"""Names of steps, lists, KPIs, forms, reports and tiers that point nowhere."""

from collections.abc import Collection, Iterator

from playbooks.calendars import CALENDARS
from playbooks.checks.outline import Outline, unknown
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node
from playbooks.openings import EVERY, parse_day_rule


def check_references(outline: Outline) -> Iterator[Fault]:
    """Find what a step, a schedule or a question names and the file does not hold."""
    for step in outline.steps.values():
        yield from _step(outline, step)
    for question in outline.questions():
        yield from _fills(outline, question.get("fills"))
    yield from _on(outline.root.get("schedule"))
    calendar = outline.root.get("calendar")
    if calendar.text and calendar.text not in CALENDARS:
        yield unknown(calendar, "calendar", CALENDARS, f"use one of {', '.join(CALENDARS)}")


def _step(outline: Outline, step: Node) -> Iterator[Fault]:
    lists = outline.root.get("lists").entries
    reports = outline.root.get("reports").entries
    yield from _known(step.get("lists"), "list", lists)
    yield from _known(step.get("kpis"), "KPI", outline.kpis)
    yield from _known(step.get("form"), "form", outline.forms)
    yield from _known(step.get("report"), "report", reports)
    yield from _known(step.get("tiers"), "tier", outline.tiers)
    yield from _deliverable(step.get("deliverable"), lists)
    yield from _repeat(outline, step)


def _deliverable(deliverable: Node, lists: Collection[str]) -> Iterator[Fault]:
    yield from _known(deliverable.get("list"), "list", lists)
    if deliverable.get("kind").text == "list" and not deliverable.get("list").text:
        words = "the deliverable is a list but does not say which: add 'list: <id>'"
        yield fault(deliverable.mark, words)


def _repeat(outline: Outline, step: Node) -> Iterator[Fault]:
    repeat = step.get("repeat")
    yield from _known(repeat.get("per-row"), "list", outline.root.get("lists").entries)
    yield from _on(repeat)
    until = repeat.get("until")
    ending = outline.steps.get(until.text)
    needs = ending.get("needs").items if ending else ()
    if until.text and until.text != "anchor" and step.get("id").text in (n.text for n in needs):
        words = f"{quoted(until.text)} needs the series that it ends: take it out of its needs"
        yield fault(until.mark, words)
    elif until.text != "anchor":
        yield from _known(until, "step", outline.steps)
    elif outline.root.get("anchor").value is None:
        yield fault(until.mark, "the playbook has no anchor: add 'anchor', or name a step")


def _known(named: Node, what: str, known: Collection[str]) -> Iterator[Fault]:
    places = {"list": "lists", "KPI": "kpis", "step": "a phase"}
    for node in (named, *named.items):
        if node.text and node.text not in known:
            yield unknown(node, what, known, f"add it under {places.get(what, what + 's')}")


def _on(rule: Node) -> Iterator[Fault]:
    every, on = rule.get("every").text, rule.get("on")
    try:
        if on.text:
            parse_day_rule(on.text, next((one for one in EVERY if one == every), "month"))
    except ValueError as error:
        yield fault(on.mark, str(error))


def _fills(outline: Outline, node: Node) -> Iterator[Fault]:
    if not node.text:
        return
    kind, _, rest = node.text.partition(".")
    if kind == "param" and rest not in outline.params:
        yield unknown(node, "parameter", [f"param.{id_}" for id_ in outline.params], "add it")
    elif kind == "kpi" and rest not in {f"{id_}.target" for id_ in outline.kpis}:
        yield unknown(node, "figure", [f"kpi.{id_}.target" for id_ in outline.kpis], "add the KPI")
    elif kind not in {"param", "kpi"}:
        words = "write param.<id> or kpi.<id>.target"
        yield fault(node.mark, f"{quoted(node.text)} cannot be filled by an answer: {words}")
