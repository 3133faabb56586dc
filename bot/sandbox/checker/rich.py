"""Check rich text (rules 47 and 48)."""

import re
from typing import Any

from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import items_of, kind_of, text_of
from bot.sandbox.shapes import Json

CONTAINERS = {
    "rich_text_section",
    "rich_text_list",
    "rich_text_quote",
    "rich_text_preformatted",
}
IDS = {
    "user": ("user_id", re.compile(r"[UW][A-Z0-9]{2,}")),
    "usergroup": ("usergroup_id", re.compile(r"S[A-Z0-9]{2,}")),
    "channel": ("channel_id", re.compile(r"[CDG][A-Z0-9]{2,}")),
}
PARTS = {*IDS, "text", "link", "emoji", "date", "broadcast", "color", "team"}
LONG = 3000


def check_rich_text(report: Report, path: str, block: Json) -> None:
    """Check a rich_text block, or a cell that is one."""
    elements = block.get("elements")
    if not report.need(isinstance(elements, list), 47, f"{path}/elements", "must be a list"):
        return
    for place, element in enumerate(items_of(elements)):
        _check_container(report, f"{path}/elements/{place}", element)
    report.advise(len(rich_words(block)) <= LONG, 48, path, f"longer than {LONG} characters")


def rich_words(block: Any) -> str:
    """Return the words of rich text, as far as they are text."""
    if not isinstance(block, dict):
        return ""
    inner = items_of(block.get("elements"))
    return text_of(block.get("text")) + "".join(rich_words(part) for part in inner)


def _check_container(report: Report, path: str, element: Any) -> None:
    kind = kind_of(element)
    if not report.need(kind in CONTAINERS, 47, path, f"unsupported type: {kind}"):
        return
    inner = element.get("elements")
    if not report.need(isinstance(inner, list), 47, f"{path}/elements", "must be a list"):
        return
    if kind == "rich_text_list":
        report.need(
            element.get("style") in ("bullet", "ordered"), 47, path, "a list is bullet or ordered"
        )
        indent = element.get("indent", 0)
        report.need(isinstance(indent, int) and 0 <= indent <= 8, 47, path, "indent is 0 to 8")
    for place, part in enumerate(inner):
        here = f"{path}/elements/{place}"
        if kind == "rich_text_list":
            _check_container(report, here, part)
        else:
            _check_part(report, here, part, bare=kind == "rich_text_preformatted")


def _check_part(report: Report, path: str, part: Any, *, bare: bool) -> None:
    kind = kind_of(part)
    allowed = {"text", "link"} if bare else PARTS
    if not report.need(kind in allowed, 47, path, f"unsupported type: {kind}"):
        return
    if kind in IDS:
        key, form = IDS[str(kind)]
        value = part.get(key)
        report.need(isinstance(value, str) and form.fullmatch(value), 47, path, f"bad {key}")
    if kind == "text":
        report.size(part.get("text"), 10**6, 47, f"{path}/text")
    if kind in ("broadcast", "usergroup"):
        report.advise(report.allow_broadcast, 47, path, f"{kind} notifies a whole group")
