"""Check cards, containers, alerts and plans (rules 44 to 46)."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.checker.elements import check_element
from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import is_unique, items_of, kind_of, objects_of
from bot.sandbox.checker.rich import check_rich_text
from bot.sandbox.checker.simple_blocks import check_picture
from bot.sandbox.checker.texts import PLAIN, check_text
from bot.sandbox.shapes import Json

CheckBlocks = Callable[[Report, str, Any], None]
CARD_TEXTS = {"title": 150, "subtitle": 150, "body": 200, "subtext": 200}
LEVELS = ("default", "info", "warning", "error", "success")
STATUSES = ("pending", "in_progress", "complete", "error")
WIDTHS = ("narrow", "standard", "wide", "full")
IN_CONTAINER = {
    "section", "header", "context", "divider", "image", "actions", "input", "rich_text", "card",
    "markdown", "table",
}  # fmt: skip


def check_card(report: Report, path: str, block: Json) -> None:
    """Check a card."""
    shown = any(key in block for key in ("hero_image", "title", "body", "actions"))
    report.need(shown, 44, path, "needs a picture, a title, a body or actions")
    for key, most in CARD_TEXTS.items():
        if key in block:
            check_text(report, f"{path}/{key}", block[key], rule=44, most=most)
    report.need(not ("icon" in block and "slack_icon" in block), 44, path, "has two icons")
    if "hero_image" in block and isinstance(block["hero_image"], dict):
        check_picture(report, f"{path}/hero_image", block["hero_image"])
    if "actions" in block and report.size(block["actions"], 3, 44, f"{path}/actions"):
        for place, one in enumerate(items_of(block["actions"])):
            here = f"{path}/actions/{place}"
            check_element(report, here, one, {"button"}, rule=44, place="actions")


def check_carousel(report: Report, path: str, block: Json) -> None:
    """Check a carousel of cards."""
    if not report.size(block.get("elements"), 10, 44, f"{path}/elements"):
        return
    for place, one in enumerate(items_of(block["elements"])):
        here = f"{path}/elements/{place}"
        card = kind_of(one) == "card"
        if report.need(card, 44, here, "must be a card"):
            check_card(report, here, one)


def check_container(report: Report, path: str, block: Json, check_blocks: CheckBlocks) -> None:
    """Check a container and the blocks in it."""
    named = "title" in block or "rich_text_title" in block
    report.need(named, 44, path, "needs a title")
    for key in ("title", "subtitle"):
        if key in block:
            check_text(report, f"{path}/{key}", block[key], rule=44, most=150, kinds=PLAIN)
    report.choice(block.get("width"), WIDTHS, 44, f"{path}/width")
    collapsible = bool(block.get("is_collapsible"))
    folded = block.get("default_collapsed") and not collapsible
    report.need(not folded, 44, path, "default_collapsed needs is_collapsible")
    lined = block.get("has_header_divider") and collapsible
    report.need(not lined, 44, path, "has_header_divider does not go with is_collapsible")
    children, here = block.get("child_blocks"), f"{path}/child_blocks"
    if report.size(children, 10, 44, here):
        for place, child in enumerate(items_of(children)):
            kind = kind_of(child)
            report.need(kind in IN_CONTAINER, 44, f"{here}/{place}", f"unsupported type: {kind}")
        check_blocks(report, here, items_of(children))


def check_alert(report: Report, path: str, block: Json) -> None:
    """Check an alert."""
    check_text(report, f"{path}/text", block.get("text"), rule=45, most=200)
    report.choice(block.get("level"), LEVELS, 45, f"{path}/level")


def check_task(report: Report, path: str, block: Json, *, alone: bool = True) -> None:
    """Check a task card; waiting tasks stand only in a plan."""
    for key in ("task_id", "title"):
        report.size(block.get(key), 255, 46, f"{path}/{key}")
    report.choice(block.get("status"), STATUSES, 46, f"{path}/status")
    waiting = alone and block.get("status") == "pending"
    report.need(not waiting, 46, f"{path}/status", "a task alone cannot be pending")
    for key in ("details", "output"):
        if isinstance(block.get(key), dict):
            check_rich_text(report, f"{path}/{key}", block[key])


def check_plan(report: Report, path: str, block: Json) -> None:
    """Check a plan of tasks."""
    report.size(block.get("title"), 255, 46, f"{path}/title")
    tasks = block.get("tasks", [])
    if not report.size(tasks, 50, 46, f"{path}/tasks", least=0):
        return
    for place, task in enumerate(items_of(tasks)):
        if report.need(isinstance(task, dict), 46, f"{path}/tasks/{place}", "must be a task"):
            check_task(report, f"{path}/tasks/{place}", task, alone=False)
    ids = [task.get("task_id") for task in objects_of(tasks)]
    report.need(is_unique(ids), 46, path, "two tasks have the same id")
