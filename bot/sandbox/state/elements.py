"""Know the value that each interactive element holds, and how Slack writes it."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.shapes import Json

# element type -> (the key of its value in state and actions, the key of its first value)
VALUE_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}
MANY = {
    "selected_options",
    "selected_users",
    "selected_conversations",
    "selected_channels",
    "files",
}
STATELESS = {"button", "overflow", "workflow_button", "feedback_buttons", "icon_button"}


def interactive(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each (block, element) that a person can act on."""
    for block in blocks:
        candidates = [*block.get("elements", []), block.get("element"), block.get("accessory")]
        candidates += block.get("actions", [])
        for element in candidates:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        for nested in ("child_blocks", "elements"):
            inner = [b for b in block.get(nested, []) if isinstance(b, dict) and "block_id" in b]
            yield from interactive(inner)


def first_value(element: Json, channel: str | None = None) -> Json:
    """Return an element's state before anybody touched it, opened from `channel`."""
    key, initial = VALUE_KEYS[element["type"]]
    value = element.get(initial)
    if value is None and element.get("default_to_current_conversation"):
        value = [channel] if key in MANY and channel else channel
    if value is None and key in MANY:
        value = []
    state = {"type": element["type"], key: value}
    if element["type"] == "timepicker" and "timezone" in element:
        state["timezone"] = element["timezone"]
    return state


def chosen(element: Json, value: Any) -> Json:
    """Return the state of an element in which a person has put a simple value."""
    kind = element["type"]
    if kind == "button":
        return {"type": kind, "value": element.get("value")}
    if kind == "overflow":
        return {"type": kind, "selected_option": _option(element, value)}
    key, _ = VALUE_KEYS[kind]
    if key == "selected_option":
        value = None if value is None else _option(element, value)
    elif key == "selected_options":
        value = [_option(element, one) for one in value]
    elif kind == "number_input" and value is not None:
        value = str(value)
    elif key in ("selected_date", "selected_time") and hasattr(value, "isoformat"):
        value = value.isoformat()[: 10 if key == "selected_date" else 5]
    return first_value(element) | {key: value}


def options(element: Json) -> list[Json]:
    """Return every option an element offers, groups opened."""
    grouped = [o for group in element.get("option_groups", []) for o in group["options"]]
    return [*element.get("options", []), *grouped]


def _option(element: Json, value: str) -> Json:
    """Find the option of that value, or the only one whose value starts with it."""
    known = options(element)
    found = [o for o in known if o["value"] == value]
    found = found or [o for o in known if o["value"].startswith(value)]
    if len(found) != 1:
        values = [o["value"] for o in known]
        raise LookupError(f"{element['action_id']} offers {values}, not {value!r}")
    return found[0]


def values(blocks: list[Json], before: Json | None = None, channel: str | None = None) -> Json:
    """Return `state.values` of blocks; what was entered `before` stays where it still fits."""
    state: Json = {}
    for block, element in interactive(blocks):
        if element["type"] in STATELESS or element["type"] not in VALUE_KEYS:
            continue
        kept = (before or {}).get(block["block_id"], {}).get(element["action_id"])
        if kept is None or kept.get("type") != element["type"]:
            kept = first_value(element, channel)
        state.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return state
