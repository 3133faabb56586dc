"""Check lists of blocks (rules 27, 28, 31 to 33), and each block by its type."""

from collections.abc import Callable
from typing import Any, NamedTuple

from bot.sandbox.checker import card_blocks, rich, simple_blocks, tables
from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import is_unique, kind_of, object_of, objects_of, text_of
from bot.sandbox.shapes import Json


class BlockType(NamedTuple):
    """What a block may hold, how it is checked and where it is shown."""

    keys: frozenset[str]
    check: Callable[[Report, str, Json], None]
    surfaces: tuple[str, ...]


EVERYWHERE = ("message", "modal", "home")
MESSAGE = ("message",)


def _block(keys: str, check: Callable[[Report, str, Json], None], *surfaces: str) -> BlockType:
    return BlockType(frozenset(keys.split()), check, surfaces or EVERYWHERE)


def _check_container(report: Report, path: str, block: Json) -> None:
    card_blocks.check_container(report, path, block, check_each)


CARD_KEYS = "hero_image icon slack_icon title subtitle body subtext actions"
CONTAINER_KEYS = (
    "title rich_text_title subtitle child_blocks width icon is_collapsible default_collapsed "
    "has_header_divider"
)
TASK_KEYS = "task_id title details output sources status"
IMAGE_KEYS = "alt_text image_url slack_file title"

BLOCKS: dict[str, BlockType] = {
    "section": _block("text fields accessory expand", simple_blocks.check_section),
    "header": _block("text", simple_blocks.check_header),
    "context": _block("elements", simple_blocks.check_context),
    "divider": _block("", simple_blocks.check_divider),
    "image": _block(IMAGE_KEYS, simple_blocks.check_image),
    "actions": _block("elements", simple_blocks.check_actions),
    "input": _block("label hint element optional dispatch_action", simple_blocks.check_input),
    "rich_text": _block("elements", rich.check_rich_text),
    "card": _block(CARD_KEYS, card_blocks.check_card),
    "carousel": _block("elements", card_blocks.check_carousel, "message", "home"),
    "container": _block(CONTAINER_KEYS, _check_container, "message", "home"),
    "alert": _block("text level", card_blocks.check_alert, "modal"),
    "context_actions": _block("elements", simple_blocks.check_context_actions, *MESSAGE),
    "plan": _block("title tasks", card_blocks.check_plan, *MESSAGE),
    "task_card": _block(TASK_KEYS, card_blocks.check_task, *MESSAGE),
    "markdown": _block("text", simple_blocks.check_markdown, *MESSAGE),
    "table": _block("rows column_settings", tables.check_table, *MESSAGE),
    "data_table": _block(
        "caption rows page_size row_header_column_index", tables.check_data_table, *MESSAGE
    ),
    "data_visualization": _block("title chart", tables.check_chart, *MESSAGE),
}


def check_blocks(report: Report, path: str, blocks: Any, *, most: int, rule: int) -> None:
    """Check the blocks of a message or view."""
    format_error = "invalid_blocks_format" if report.surface == "message" else ""
    if not report.need(isinstance(blocks, list), 31, path, "must be a list", format_error):
        return
    report.need(len(blocks) <= most, rule, path, f"must have at most {most} items")
    check_each(report, path, blocks)
    ids = [one["block_id"] for one in walk(blocks) if "block_id" in one]
    report.need(is_unique(ids), 28, path, "two blocks have the same block_id")
    _check_totals(report, path, blocks)


def check_each(report: Report, path: str, blocks: Any) -> None:
    """Check blocks one by one."""
    for place, block in enumerate(blocks):
        here = f"{path}/{place}"
        kind = kind_of(block)
        if not report.need(kind in BLOCKS, 31, f"{here}/type", f"unsupported type: {kind}"):
            continue
        known = BLOCKS[str(kind)]
        fits = report.surface in known.surfaces
        report.need(fits, 27, here, f"unsupported type: {kind} in a {report.surface}")
        report.keys(block, known.keys | {"type", "block_id"}, 31, here)
        if "block_id" in block:
            report.size(block["block_id"], 255, 33, f"{here}/block_id")
        known.check(report, here, block)


def walk(blocks: Any) -> list[Json]:
    """Return all blocks, those in containers too."""
    found = objects_of(blocks)
    return found + [inner for block in found for inner in walk(block.get("child_blocks"))]


def _check_totals(report: Report, path: str, blocks: Any) -> None:
    kinds = [kind_of(block) for block in walk(blocks)]
    report.need(
        kinds.count("table") <= 1, 41, path, "only_one_table_allowed", "invalid_attachments"
    )
    report.need(kinds.count("data_visualization") <= 2, 43, path, "at most two charts")
    words = sum(len(text_of(b.get("text"))) for b in walk(blocks) if kind_of(b) == "markdown")
    report.need(words <= 12_000, 40, path, "more than 12000 characters of Markdown in all")
    focused = [b for b in walk(blocks) if object_of(b.get("element")).get("focus_on_load")]
    report.need(len(focused) <= 1, 61, path, "two inputs ask for focus_on_load")
