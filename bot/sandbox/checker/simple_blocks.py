"""Check the classic blocks (rules 34 to 40)."""

from typing import Any

from bot.sandbox.checker.buttons import check_url
from bot.sandbox.checker.elements import (
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    check_element,
)
from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import is_unique, items_of, kind_of, objects_of
from bot.sandbox.checker.texts import ANY, PLAIN, check_text
from bot.sandbox.shapes import Json

DULL = {"image", "picture", "photo"}


def check_section(report: Report, path: str, block: Json) -> None:
    """Check a section."""
    report.need("text" in block or "fields" in block, 34, path, "needs text or fields")
    if "text" in block:
        check_text(report, f"{path}/text", block["text"], rule=34, most=3000)
    if "fields" in block and report.size(block["fields"], 10, 34, f"{path}/fields"):
        for place, one in enumerate(items_of(block["fields"])):
            check_text(report, f"{path}/fields/{place}", one, rule=34, most=2000)
    accessory = block.get("accessory")
    if isinstance(accessory, dict) and kind_of(accessory) == "image":
        check_image_element(report, f"{path}/accessory", accessory)
    elif accessory is not None:
        check_element(
            report, f"{path}/accessory", accessory, IN_SECTION, rule=34, place="accessory"
        )


def check_header(report: Report, path: str, block: Json) -> None:
    """Check a header."""
    check_text(report, f"{path}/text", block.get("text"), rule=35, most=150, kinds=PLAIN)


def check_context(report: Report, path: str, block: Json) -> None:
    """Check a context block: images and texts."""
    if not report.size(block.get("elements"), 10, 36, f"{path}/elements"):
        return
    for place, one in enumerate(items_of(block["elements"])):
        here = f"{path}/elements/{place}"
        kind = kind_of(one)
        if kind == "image":
            check_image_element(report, here, one)
        elif report.need(kind in ANY, 36, here, f"unsupported type: {kind}"):
            check_text(report, here, one, rule=36, most=3000)


def check_context_actions(report: Report, path: str, block: Json) -> None:
    """Check feedback and icon buttons."""
    _check_row(report, path, block, IN_CONTEXT_ACTIONS, most=5, rule=36)


def check_actions(report: Report, path: str, block: Json) -> None:
    """Check a row of interactive elements."""
    _check_row(report, path, block, IN_ACTIONS, most=25, rule=37)
    primary = [e for e in objects_of(block.get("elements")) if e.get("style") == "primary"]
    report.advise(len(primary) <= 1, 50, path, "more than one primary button")


def _check_row(
    report: Report, path: str, block: Json, allowed: set[str], *, most: int, rule: int
) -> None:
    elements: Any = block.get("elements")
    if not report.size(elements, most, rule, f"{path}/elements"):
        return
    for place, one in enumerate(items_of(elements)):
        here = f"{path}/elements/{place}"
        check_element(report, here, one, allowed, rule=rule, place="actions")
    ids = [one["action_id"] for one in objects_of(elements) if "action_id" in one]
    report.need(is_unique(ids), rule, path, "two elements have the same action_id")


def check_input(report: Report, path: str, block: Json) -> None:
    """Check an input block."""
    check_text(report, f"{path}/label", block.get("label"), rule=38, most=2000, kinds=PLAIN)
    if "hint" in block:
        check_text(report, f"{path}/hint", block["hint"], rule=38, most=2000, kinds=PLAIN)
    for key in ("optional", "dispatch_action"):
        report.need(isinstance(block.get(key, True), bool), 38, f"{path}/{key}", "must be a bool")
    element: Any = block.get("element")
    check_element(report, f"{path}/element", element, IN_INPUT, rule=38, place="input")
    named = "block_id" in block and isinstance(element, dict) and "action_id" in element
    report.advise(
        named or report.surface == "message",
        28,
        path,
        "an input needs its own block_id and action_id",
    )


def check_image(report: Report, path: str, block: Json) -> None:
    """Check an image block."""
    check_picture(report, path, block)
    if "title" in block:
        check_text(report, f"{path}/title", block["title"], rule=39, most=2000, kinds=PLAIN)


def check_image_element(report: Report, path: str, element: Json) -> None:
    """Check an image inside a section or a context."""
    report.keys(element, {"type", "image_url", "slack_file", "alt_text"}, 39, path)
    check_picture(report, path, element)


def check_picture(report: Report, path: str, value: Json) -> None:
    """Check where a picture comes from and that it is described."""
    url, file = value.get("image_url"), value.get("slack_file")
    report.need((url is None) != (file is None), 39, path, "needs either image_url or slack_file")
    check_url(report, f"{path}/image_url", url, 39)
    if url is not None:
        secure = str(url).startswith("https://")
        report.need(secure, 39, f"{path}/image_url", "must be https")
    if file is not None:
        one = isinstance(file, dict) and len(file.keys() & {"id", "url"}) == len(file) == 1
        report.need(one, 39, f"{path}/slack_file", "needs either id or url")
    if report.size(value.get("alt_text"), 2000, 39, f"{path}/alt_text"):
        alt = str(value["alt_text"]).strip().lower()
        dull = alt in DULL or (url and str(url).lower().endswith(f"/{alt}"))
        report.advise(not dull, 39, f"{path}/alt_text", "does not say what the picture shows")


def check_markdown(report: Report, path: str, block: Json) -> None:
    """Check a Markdown block."""
    report.size(block.get("text"), 12_000, 40, f"{path}/text")


def check_divider(report: Report, path: str, block: Json) -> None:
    """Need nothing of a divider."""
