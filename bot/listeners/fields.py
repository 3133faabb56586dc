"""What somebody filled into a modal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from playbooks.answers import Given
from playbooks.start import Late, StartForm

# Where Slack puts the one value of an element, by the element's type.
_SINGLE = ("value", "selected_user", "selected_date", "selected_time", "selected_conversation")

State = Mapping[str, Mapping[str, Mapping[str, Any]]]


def fields_of(view: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Each field's element with its value, by the field's name."""
    state: State = (view.get("state") or {}).get("values") or {}
    return {name: dict(next(iter(parts.values()), {})) for name, parts in state.items()}


def text_of(field: Mapping[str, Any] | None) -> str:
    """The one value of a field as text; empty when nothing was filled in."""
    field = field or {}
    option = field.get("selected_option") or {}
    for key in _SINGLE:
        if field.get(key):
            return str(field[key]).replace("\0", "").strip()  # which PostgreSQL cannot keep
    return str(option.get("value") or field.get("selected_date_time") or "")


def many_of(field: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The several values of a field: people or options."""
    field = field or {}
    if field.get("selected_users"):
        return tuple(field["selected_users"])
    chosen = tuple(option["value"] for option in field.get("selected_options") or ())
    return chosen or tuple(filter(None, (text_of(field),)))


def day_of(field: Mapping[str, Any] | None) -> date | None:
    """A chosen day."""
    text = text_of(field)
    return date.fromisoformat(text) if text else None


def named(fields: Mapping[str, Mapping[str, Any]], prefix: str) -> dict[str, Mapping[str, Any]]:
    """The fields `prefix`.<id>, by id."""
    start = f"{prefix}."
    return {name[len(start) :]: f for name, f in fields.items() if name.startswith(start)}


def people_of(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The people of each role."""
    return {role: many_of(field) for role, field in named(fields, "role").items()}


def outsiders_of(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The names of people without Slack, by role."""
    return {role: text_of(field) for role, field in named(fields, "outsider").items()}


def start_form(fields: Mapping[str, Mapping[str, Any]], *, today: date, language: str) -> StartForm:
    """The form that starts a run, as far as it is filled in."""
    late: dict[str, Late] = {"skip": "skip", "start": "start"}
    return StartForm(
        name=text_of(fields.get("name")),
        channel=text_of(fields.get("channel")),
        start_on=day_of(fields.get("start_on")) or today,
        anchor_on=day_of(fields.get("anchor_on")),
        language=text_of(fields.get("language")) or language,
        calendar=text_of(fields.get("calendar")) or "none",
        people=people_of(fields),
        outsiders=outsiders_of(fields),
        params={id_: text_of(field) for id_, field in named(fields, "param").items()},
        stand_in=text_of(fields.get("stand_in")),
        late=late.get(text_of(fields.get("late")), "compress"),
    )


def ticked_of(fields: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The checklist items ticked in the Done form, of all its groups."""
    groups = [f for name, f in fields.items() if name == "items" or name.startswith("items.")]
    return tuple(item for group in groups for item in many_of(group))


def given_of(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, Given]:
    """The answers to review questions, by question; choices are joined by commas."""
    found = named(fields, "question")
    return {
        id_: Given(",".join(many_of(field)), text_of(found.get(f"{id_}.evidence")))
        for id_, field in found.items()
        if not id_.endswith(".evidence")
    }


def replies_of(fields: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """What was said to each of the changes asked for, in their order."""
    replies = {int(n): text_of(field) for n, field in named(fields, "reply").items() if n.isdigit()}
    return tuple(replies.get(n, "") for n in range(1, max(replies, default=0) + 1))
