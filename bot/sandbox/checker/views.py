"""Check views (rules 22 to 28)."""

import json
from typing import Any

from bot.sandbox.checker.blocks import check_blocks
from bot.sandbox.checker.faults import Fault, Report, Surface
from bot.sandbox.checker.jsons import items_of, kind_of
from bot.sandbox.checker.texts import PLAIN, check_text
from bot.sandbox.shapes import Json

MODAL_KEYS = {
    "type", "title", "blocks", "close", "submit", "private_metadata", "callback_id",
    "clear_on_close", "notify_on_close", "external_id", "submit_disabled",
}  # fmt: skip
HOME_KEYS = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
MOST_BLOCKS = 100
MOST_BYTES = 250_000


def check_view(view: Any, *, allow_broadcast: bool = False) -> list[Fault]:
    """Return what is wrong with a view."""
    surface: Surface = "home" if kind_of(view) == "home" else "modal"
    report = Report(surface, "invalid_arguments", allow_broadcast=allow_broadcast)
    add_view(report, "/view", view)
    return report.faults


def add_view(report: Report, path: str, view: Any) -> None:
    """Check a view into a report made for its surface."""
    if not report.need(isinstance(view, dict), 22, path, "must be a view"):
        return
    report.choice(view.get("type"), ("modal", "home"), 22, f"{path}/type")
    report.need("type" in view, 22, f"{path}/type", "missing required field: type")
    home = report.surface == "home"
    report.keys(view, HOME_KEYS if home else MODAL_KEYS, 24 if home else 22, path)
    blocks = view.get("blocks")
    if report.size(blocks, MOST_BLOCKS, 22, f"{path}/blocks", least=0 if home else 1):
        check_blocks(report, f"{path}/blocks", blocks, most=MOST_BLOCKS, rule=22)
    weight = len(json.dumps(view, ensure_ascii=False).encode())
    report.need(weight <= MOST_BYTES, 22, path, "is larger than 250 kB", "view_too_large")
    if not home:
        _check_frame(report, path, view)
    _check_names(report, path, view)


def _check_frame(report: Report, path: str, view: Json) -> None:
    check_text(report, f"{path}/title", view.get("title"), rule=23, most=24, kinds=PLAIN)
    for key in ("submit", "close"):
        if view.get(key) is not None:
            check_text(report, f"{path}/{key}", view[key], rule=23, most=24, kinds=PLAIN)
    asks = any(kind_of(one) == "input" for one in items_of(view.get("blocks")))
    sends = view.get("submit") is not None
    report.need(sends or not asks, 23, f"{path}/submit", "missing required field: submit")


def _check_names(report: Report, path: str, view: Json) -> None:
    for key, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        if key in view:
            report.size(view[key], most, 25, f"{path}/{key}", least=0)
    named = view.get("callback_id") or report.surface == "home"
    report.advise(named, 25, path, "a modal needs a callback_id to be heard of")
    private = view.get("private_metadata")
    if private and isinstance(private, str):
        try:
            json.loads(private)
        except ValueError:
            report.warn(26, f"{path}/private_metadata", "is not JSON")
