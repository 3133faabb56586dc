"""Parameters: choices where the type takes them, and defaults that fit."""

import re
from collections.abc import Iterator
from datetime import date

from playbooks.checks.outline import Outline
from playbooks.faults import Fault, fault, quoted
from playbooks.nodes import Node

_FORMS = {
    "number": (r"-?[0-9]{1,12}(\.[0-9]{1,6})?", "a number"),
    "time": (r"([01][0-9]|2[0-3]):[0-5][0-9]", "a time such as 10:00"),
    "yes-no": (r"yes|no", "yes or no"),
}


def check_params(outline: Outline) -> Iterator[Fault]:
    """Find choices and defaults that do not fit the parameter's type."""
    for param in outline.params.values():
        yield from _choices(param)
        default = param.get("default")
        wanted = _wanted(param, default.text)
        if default.text and wanted:
            words = f"{quoted(default.text)} cannot be the default: write {wanted}"
            yield fault(default.mark, words)


def _choices(param: Node) -> Iterator[Fault]:
    choices = param.get("choices")
    is_choice = param.get("type").text == "choice"
    name = quoted(param.get("id").text)
    if is_choice and len(choices.items) < 2:
        yield fault(param.mark, f"parameter {name} has fewer than two choices: list them")
    if choices.items and not is_choice:
        words = f"parameter {name} has choices but not 'type: choice': add it"
        yield fault(choices.key_mark, words)


def _wanted(param: Node, default: str) -> str:
    """What the default should be; "" where it is right."""
    type_ = param.get("type").text
    if type_ == "choice":
        ids = [choice.get("id").text for choice in param.get("choices").items]
        return "" if default in ids else f"one of {', '.join(ids)}"
    if type_ == "date":
        return "" if _is_date(default) else "a date such as 2026-03-31"
    form, words = _FORMS.get(type_, (".*", ""))
    return "" if re.fullmatch(form, default) else words


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
