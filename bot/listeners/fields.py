"""What somebody filled into a modal; nothing that can arrive here raises."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.ids import CHANNEL, FILE, PERSON
from bot.views.markup import clean
from bot.views.run_modals import OUTSIDER
from playbooks.answers import Given
from playbooks.start import Late, StartForm

# Where Slack puts the one value of an element, by the element's type.
_SINGLE = ("value", "selected_user", "selected_date", "selected_time", "selected_conversation")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)
_MOST = 100  # people, options or files in one field; replies in a form
_LATE: Mapping[str, Late] = {"compress": "compress", "skip": "skip", "start": "start"}

Field = Mapping[str, Any]


def fields_of(view: Field) -> dict[str, dict[str, Any]]:
    """Each field's element with its value, by the field's name."""
    values = _object(_object(view.get("state")).get("values"))
    return {name: _object(next(iter(_object(held).values()), {})) for name, held in values.items()}


def _object(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def text_of(field: Field | None) -> str:
    """The one value of a field as text, cleaned; empty when nothing was filled in."""
    field = field or {}
    values = [*(field.get(key) for key in _SINGLE), _object(field.get("selected_option"))]
    for value in values:
        text = value.get("value") if isinstance(value, dict) else value
        if isinstance(text, str) and (cleaned := clean(text)):
            return cleaned
    return ""


def many_of(field: Field | None) -> tuple[str, ...]:
    """The several values of a field: people or options."""
    field = field or {}
    people, options = field.get("selected_users"), field.get("selected_options")
    chosen = people or [_object(option).get("value") for option in _list(options)]
    found = tuple(clean(value) for value in _list(chosen)[:_MOST] if isinstance(value, str))
    return found or tuple(filter(None, (text_of(field),)))


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def files_of(field: Field | None) -> tuple[tuple[str, str], ...]:
    """The id and name of each file that was handed in."""
    files = [_object(file) for file in _list((field or {}).get("files"))[:_MOST]]
    known = [(str(file.get("id")), file.get("name")) for file in files]
    return tuple(
        (id_, clean(name) if isinstance(name, str) and clean(name) else id_)
        for id_, name in known
        if FILE.fullmatch(id_)
    )


def day_of(field: Field | None) -> date | None:
    """A chosen day; None also where it is no day, which `wrong_fields` tells."""
    text = text_of(field)
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def whole_of(field: Field | None) -> int | None:
    """A whole number that is not negative; None where it is none, or longer than any we ask for."""
    text = text_of(field)
    return int(text) if _WHOLE.fullmatch(text) else None


def moment_of(field: Field | None) -> datetime | None:
    """A chosen day and time; None where it is none."""
    value = (field or {}).get("selected_date_time")
    try:
        return datetime.fromtimestamp(int(value or 0), UTC) if value else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def named(fields: Mapping[str, Field], prefix: str) -> dict[str, Field]:
    """The fields `prefix`.<id>, by id."""
    start = f"{prefix}."
    return {name[len(start) :]: f for name, f in fields.items() if name.startswith(start)}


def person_of(field: Field | None) -> str:
    """One person's Slack id; empty where none is named."""
    text = text_of(field)
    return text if PERSON.fullmatch(text) else ""


def people_of(fields: Mapping[str, Field]) -> dict[str, tuple[str, ...]]:
    """The people of each role."""
    return {
        role: tuple(filter(PERSON.fullmatch, many_of(field)))
        for role, field in named(fields, "role").items()
    }


def late_of(field: Field | None) -> Late:
    """What becomes of steps that would already be late."""
    return _LATE.get(text_of(field), "compress")


def outsiders_of(fields: Mapping[str, Field]) -> dict[str, str]:
    """The names of people without Slack, by role."""
    return {role: text_of(field)[:OUTSIDER] for role, field in named(fields, "outsider").items()}


def wrong_fields(fields: Mapping[str, Field]) -> dict[str, str]:
    """What no form of ours offers: the fields that hold it, each with the key of the words."""
    wrong = {}
    for name, field in fields.items():
        text = text_of(field)
        if name in {"start_on", "anchor_on"} and text and day_of(field) is None:
            wrong[name] = "start.param_date"
        elif name == "channel" and text and not CHANNEL.fullmatch(text):
            wrong[name] = "start.channel_missing"
        elif name == "late" and text and text not in _LATE:
            wrong[name] = "start.param_choice"
        elif name.startswith("role.") and not all(map(PERSON.fullmatch, many_of(field))):
            wrong[name] = "start.person_unknown"
    return wrong


def start_form(fields: Mapping[str, Field], *, today: date, language: str) -> StartForm:
    """The form that starts a run, as far as it is filled in."""
    channel = text_of(fields.get("channel"))
    return StartForm(
        name=text_of(fields.get("name")),
        channel=channel if CHANNEL.fullmatch(channel) else "",
        start_on=day_of(fields.get("start_on")) or today,
        anchor_on=day_of(fields.get("anchor_on")),
        language=text_of(fields.get("language")) or language,
        calendar=text_of(fields.get("calendar")) or "none",
        people=people_of(fields),
        outsiders=outsiders_of(fields),
        params={id_: text_of(field) for id_, field in named(fields, "param").items()},
        stand_in=person_of(fields.get("stand_in")),
        late=late_of(fields.get("late")),
        repeat="repeat" not in fields or "yes" in many_of(fields["repeat"]),
    )


def ticked_of(fields: Mapping[str, Field]) -> tuple[str, ...]:
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
    held = {n: text_of(f) for n, f in named(fields, "reply").items() if _WHOLE.fullmatch(n)}
    replies = {int(n): text for n, text in held.items() if int(n) <= _MOST}
    return tuple(replies.get(n, "") for n in range(1, max(replies, default=0) + 1))
