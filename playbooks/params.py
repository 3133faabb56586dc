"""The values asked for at the start of a run."""

import re
from collections.abc import Mapping
from datetime import date

from playbooks.calendars import in_reach
from playbooks.definition import Param, Playbook
from playbooks.flow import TEXT_LIMIT

_FORMS = {
    "number": re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def param_problem(param: Param, value: str) -> str | None:
    """The key of the words that say what is wrong with a value, if anything is."""
    if not value:
        return "param_missing" if param.required and param.default is None else None
    offered = {choice.id for choice in param.choices} if param.type == "choice" else {"yes", "no"}
    if param.type in {"choice", "yes-no"} and value not in offered:
        return "param_choice"
    if param.type in _FORMS and not _FORMS[param.type].fullmatch(value):
        return f"param_{param.type}"
    if param.type == "date":
        return _day_problem(value)
    return "param_long" if len(value) > TEXT_LIMIT else None


def _day_problem(value: str) -> str | None:
    if not _DAY.fullmatch(value):
        return "param_date"
    try:
        return None if in_reach(date.fromisoformat(value)) else "date_far"
    except ValueError:
        return "param_date"


def filled_params(playbook: Playbook, given: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, or the default; empty values are left out."""
    values = {param.id: given.get(param.id, "").strip() for param in playbook.params}
    defaults = {param.id: param.default or "" for param in playbook.params}
    return {id_: value or defaults[id_] for id_, value in values.items() if value or defaults[id_]}


def valid_params(playbook: Playbook, given: Mapping[str, str]) -> dict[str, str]:
    """The values that can be used; what is wrong is told at its field later."""
    known = {param.id: param for param in playbook.params}
    return {
        id_: value
        for id_, value in given.items()
        if id_ in known and not param_problem(known[id_], value.strip())
    }
