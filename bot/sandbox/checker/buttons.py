"""Check buttons and what asks back before they act (rules 50 and 59)."""

import re
from typing import Any

from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import object_of, text_of
from bot.sandbox.checker.texts import PLAIN, check_label, check_text
from bot.sandbox.shapes import Json

STYLES = ("primary", "danger")
SHOWN = 30
URL = re.compile(r"https?://\S+")
CONFIRM_LIMITS = {"title": 100, "text": 300, "confirm": 30, "deny": 30}


def check_button(report: Report, path: str, element: Json) -> None:
    """Check a button."""
    check_label(report, f"{path}/text", element.get("text"), rule=50, most=75)
    text = text_of(object_of(element.get("text")).get("text"))
    report.advise(len(text) <= SHOWN, 50, f"{path}/text", "shows only about 30 characters")
    if "value" in element:
        report.size(element["value"], 2000, 50, f"{path}/value")
    if "accessibility_label" in element:
        report.size(element["accessibility_label"], 75, 50, f"{path}/accessibility_label")
    check_url(report, f"{path}/url", element.get("url"), 50)
    report.choice(element.get("style"), STYLES, 50, f"{path}/style")
    asked = element.get("style") != "danger" or "confirm" in element
    report.advise(asked, 50, path, "a danger button asks back first")


def check_url(report: Report, path: str, url: Any, rule: int, *, required: bool = False) -> None:
    """Check a web address, if there is one."""
    if url is None and not required:
        return
    if report.size(url, 3000, rule, path):
        report.need(URL.fullmatch(url), rule, path, "must be a web address")


def check_confirm(report: Report, path: str, confirm: Any) -> None:
    """Check a confirmation dialog."""
    if not report.need(isinstance(confirm, dict), 59, path, "must be a confirmation dialog"):
        return
    report.keys(confirm, {*CONFIRM_LIMITS, "style"}, 59, path)
    for key, most in CONFIRM_LIMITS.items():
        check_text(report, f"{path}/{key}", confirm.get(key), rule=59, most=most, kinds=PLAIN)
    report.choice(confirm.get("style"), STYLES, 59, f"{path}/style")


def check_icon_button(report: Report, path: str, element: Json) -> None:
    """Check an icon button."""
    report.need(isinstance(element.get("icon"), str), 36, f"{path}/icon", "must name an icon")
    check_text(report, f"{path}/text", element.get("text"), rule=36, most=75, kinds=PLAIN)
    users = element.get("visible_to_user_ids", [])
    report.size(users, 10, 36, f"{path}/visible_to_user_ids", least=0)


def check_feedback(report: Report, path: str, element: Json) -> None:
    """Check a pair of feedback buttons."""
    for key in ("positive_button", "negative_button"):
        button, here = element.get(key), f"{path}/{key}"
        if report.need(isinstance(button, dict), 36, here, "must be a feedback button"):
            check_text(
                report, f"{here}/text", object_of(button).get("text"), rule=36, most=75, kinds=PLAIN
            )
            report.size(object_of(button).get("value"), 2000, 36, f"{here}/value")
