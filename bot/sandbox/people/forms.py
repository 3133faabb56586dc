"""Check a form as Slack's client does before it asks the app."""

import re
from typing import Any

from bot.sandbox.shapes import Json
from bot.sandbox.state.elements import VALUE_KEYS

MISSING = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")


def check_form(view: Json) -> dict[str, str]:
    """Return what a person must mend, per input block."""
    problems = {}
    held = view["state"]["values"]
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = held[block["block_id"]][element["action_id"]].get(VALUE_KEYS[element["type"]][0])
        if value in (None, "", []):
            problem = "" if block.get("optional") else MISSING
        else:
            problem = _problem(element, value)
        if problem:
            problems[block["block_id"]] = problem
    return problems


def _problem(element: Json, value: Any) -> str:
    kind = element["type"]
    if kind == "plain_text_input":
        return _length_problem(element, value)
    if kind == "number_input":
        return _number_problem(element, value)
    if kind == "email_text_input" and not EMAIL.fullmatch(value):
        return "Enter a valid e-mail address."
    if kind == "url_text_input" and not URL.fullmatch(value):
        return "Enter a valid link."
    most = element.get("max_selected_items") or element.get("max_files")
    return f"Choose at most {most}." if most and len(value) > most else ""


def _length_problem(element: Json, value: str) -> str:
    if len(value) > element.get("max_length", 3000):
        return "This is too long."
    return "This is too short." if len(value) < element.get("min_length", 0) else ""


def _number_problem(element: Json, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Enter a number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and number < float(low):
        return f"Enter {low} or more."
    return f"Enter {high} or less." if high is not None and number > float(high) else ""
