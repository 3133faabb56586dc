"""Names of steps, lists, KPIs, forms, reports and tiers that point nowhere."""

import re
from collections.abc import Collection, Iterator

from playbooks.calendars import CALENDARS
from playbooks.checks.outline import Outline, unknown
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node

_ON = re.compile(
    r"(?:workday -?\d{1,2}|last workday|day -?\d{1,2}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: at (?:[01]?\d|2[0-3]):[0-5]\d)?",
    re.ASCII,
)


def check_references(outline: Outline) -> Iterator[Fault]:
    """Find what a step, a schedule or a question names and the file does not hold."""
    for step in outline.steps.values():
        yield from _step(outline, step)
    for question in outline.questions():
        yield from _fills(outline, question.get("fills"))
    yield from _on(outline.root.get("schedule").get("on"))
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
    yield from _repeat(outline, step.get("repeat"))


def _deliverable(deliverable: Node, lists: Collection[str]) -> Iterator[Fault]:
    yield from _known(deliverable.get("list"), "list", lists)
    if deliverable.get("kind").text == "list" and not deliverable.get("list").text:
        words = "the deliverable is a list but does not say which: add 'list: <id>'"
        yield fault(deliverable.mark, words)


def _repeat(outline: Outline, repeat: Node) -> Iterator[Fault]:
    yield from _known(repeat.get("per-row"), "list", outline.root.get("lists").entries)
    yield from _on(repeat.get("on"))
    until = repeat.get("until")
    if until.text != "anchor":
        yield from _known(until, "step", outline.steps)
    elif outline.root.get("anchor").value is None:
        yield fault(until.mark, "the playbook has no anchor: add 'anchor', or name a step")


def _known(named: Node, what: str, known: Collection[str]) -> Iterator[Fault]:
    places = {"list": "lists", "KPI": "kpis", "step": "a phase"}
    for node in (named, *named.items):
        if node.text and node.text not in known:
            yield unknown(node, what, known, f"add it under {places.get(what, what + 's')}")


def _on(node: Node) -> Iterator[Fault]:
    if node.text and not _ON.fullmatch(" ".join(node.text.lower().split())):
        words = "write e.g. 'workday 1 at 09:30', 'day 15' or 'friday at 16:00'"
        yield fault(node.mark, f"{quoted(node.text)} is no day: {words}")


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
