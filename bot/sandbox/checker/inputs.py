"""Check elements that people type into or pick members with (rules 54 to 61)."""

from decimal import Decimal, InvalidOperation
from typing import Any

from bot.sandbox.checker.faults import Report
from bot.sandbox.shapes import Json

CONVERSATION_KINDS = {"im", "mpim", "private", "public"}
TRIGGERS = {"on_enter_pressed", "on_character_entered"}


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def check_plain_input(report: Report, path: str, element: Json) -> None:
    """Check a plain_text_input."""
    low, high = element.get("min_length", 0), element.get("max_length", 3000)
    report.need(_is_whole(low, 0, 3000), 56, f"{path}/min_length", "must be 0 to 3000")
    good = _is_whole(high, 1, 3000)
    if not report.need(good, 56, f"{path}/max_length", "must be 1 to 3000") or not isinstance(
        low, int
    ):
        return
    report.need(low <= high, 56, path, "min_length is above max_length")
    value = element.get("initial_value")
    fits = value is None or (isinstance(value, str) and len(value) <= high)
    report.need(fits, 56, f"{path}/initial_value", f"must be text of at most {high} characters")


def check_number(report: Report, path: str, element: Json) -> None:
    """Check a number_input; its numbers are written as strings."""
    decimal = isinstance(element.get("is_decimal_allowed"), bool)
    report.need(decimal, 57, f"{path}/is_decimal_allowed", "must be true or false")
    numbers = []
    for key in ("min_value", "initial_value", "max_value"):
        value = element.get(key)
        number = _number(value)
        if report.need(
            value is None or number is not None, 57, f"{path}/{key}", "must be a number"
        ):
            numbers += [number] if number is not None else []
    report.need(numbers == sorted(numbers), 57, path, "needs min <= initial <= max")


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def check_files(report: Report, path: str, element: Json) -> None:
    """Check a file_input."""
    count = element.get("max_files", 10)
    report.need(_is_whole(count, 1, 10), 58, f"{path}/max_files", "must be 1 to 10")
    kinds = element.get("filetypes", [])
    named = isinstance(kinds, list) and all(isinstance(one, str) for one in kinds)
    report.need(named, 58, f"{path}/filetypes", "must be a list of extensions")


def check_rich_input(report: Report, path: str, element: Json) -> None:
    """Check a rich_text_input."""
    for key in ("min_lines", "max_lines"):
        report.need(_is_whole(element.get(key, 1), 1, 100), 56, f"{path}/{key}", "must be 1 to 100")


def check_many(report: Report, path: str, element: Json) -> None:
    """Check how many a multi-select takes."""
    count = element.get("max_selected_items", 1)
    report.need(_is_whole(count, 1, 10**6), 58, f"{path}/max_selected_items", "must be 1 or more")


def check_conversations(report: Report, path: str, element: Json, place: str) -> None:
    """Check a select of conversations or channels; `place` says in which kind of block."""
    wanted = element.get("filter")
    if wanted is not None:
        include = wanted.get("include") if isinstance(wanted, dict) else None
        known = include is None or (
            isinstance(include, list) and include and CONVERSATION_KINDS.issuperset(include)
        )
        report.need(
            wanted and known, 60, f"{path}/filter", "must include im, mpim, private, public"
        )
    if element.get("response_url_enabled"):
        fits = report.surface == "modal" and place == "input"
        message = "only for a single select in a modal's input"
        report.need(fits, 60, f"{path}/response_url_enabled", message)


def check_dispatch(report: Report, path: str, element: Json) -> None:
    """Check when an input tells the app of what is typed."""
    config = element.get("dispatch_action_config")
    if config is None:
        return
    wanted = config.get("trigger_actions_on") if isinstance(config, dict) else None
    known = isinstance(wanted, list) and wanted and TRIGGERS.issuperset(wanted)
    report.need(known, 62, f"{path}/dispatch_action_config", f"needs {' or '.join(TRIGGERS)}")
