"""Check interactive elements (rules 49 to 62), each by its type."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.checker import buttons, choices, inputs, moments
from bot.sandbox.checker.faults import Report
from bot.sandbox.checker.jsons import kind_of
from bot.sandbox.checker.texts import PLAIN, check_text
from bot.sandbox.shapes import Json

Check = Callable[[Report, str, Json], None]


def _nothing_more(report: Report, path: str, element: Json) -> None:
    """Need nothing besides what all elements need."""


_PICK = {"confirm", "focus_on_load", "placeholder"}
_TYPED = {"initial_value", "dispatch_action_config", "focus_on_load", "placeholder"}
_MANY = {"max_selected_items"}
_CHOICE = {"options", "option_groups"}
_TALK = {"default_to_current_conversation", "filter"}

KEYS: dict[str, set[str]] = {
    "button": {"text", "value", "url", "style", "confirm", "accessibility_label"},
    "overflow": {"options", "confirm"},
    "icon_button": {
        "icon", "text", "value", "confirm", "accessibility_label", "visible_to_user_ids",
    },
    "feedback_buttons": {"positive_button", "negative_button"},
    "checkboxes": {"options", "initial_options", "confirm", "focus_on_load"},
    "radio_buttons": {"options", "initial_option", "confirm", "focus_on_load"},
    "static_select": _PICK | _CHOICE | {"initial_option"},
    "multi_static_select": _PICK | _CHOICE | _MANY | {"initial_options"},
    "users_select": _PICK | {"initial_user"},
    "multi_users_select": _PICK | _MANY | {"initial_users"},
    "conversations_select": _PICK | _TALK | {"initial_conversation", "response_url_enabled"},
    "multi_conversations_select": _PICK | _TALK | _MANY | {"initial_conversations"},
    "channels_select": _PICK | {"initial_channel", "response_url_enabled"},
    "multi_channels_select": _PICK | _MANY | {"initial_channels"},
    "datepicker": _PICK | {"initial_date"},
    "timepicker": _PICK | {"initial_time", "timezone"},
    "datetimepicker": {"initial_date_time", "confirm", "focus_on_load"},
    "plain_text_input": _TYPED | {"multiline", "min_length", "max_length"},
    "email_text_input": _TYPED,
    "url_text_input": _TYPED,
    "number_input": _TYPED | {"is_decimal_allowed", "min_value", "max_value"},
    "rich_text_input": _TYPED | {"min_lines", "max_lines"},
    "file_input": {"filetypes", "max_files"},
}  # fmt: skip

CHECKS: dict[str, Check] = {
    "button": buttons.check_button,
    "icon_button": buttons.check_icon_button,
    "feedback_buttons": buttons.check_feedback,
    "overflow": choices.check_overflow,
    "checkboxes": choices.check_few,
    "radio_buttons": choices.check_few,
    "static_select": choices.check_select,
    "multi_static_select": choices.check_select,
    "datepicker": moments.check_date,
    "timepicker": moments.check_time,
    "datetimepicker": moments.check_date_time,
    "plain_text_input": inputs.check_plain_input,
    "number_input": inputs.check_number,
    "file_input": inputs.check_files,
    "rich_text_input": inputs.check_rich_input,
}

_SELECTS = {kind for kind in KEYS if kind.endswith("_select")}
_PICKERS = {"datepicker", "timepicker", "datetimepicker"}
IN_CONTEXT_ACTIONS = {"icon_button", "feedback_buttons"}
IN_INPUT = KEYS.keys() - IN_CONTEXT_ACTIONS - {"button", "overflow"}
IN_ACTIONS = _SELECTS | _PICKERS | {"button", "overflow", "checkboxes", "radio_buttons"}
IN_SECTION = IN_ACTIONS - {"datetimepicker"}


def check_element(
    report: Report, path: str, element: Any, allowed: set[str], *, rule: int, place: str
) -> None:
    """Check one interactive element in a block that allows these types."""
    kind = kind_of(element)
    if not report.need(kind in allowed, rule, path, f"unsupported type: {kind}"):
        return
    kind = str(kind)
    report.size(element.get("action_id"), 255, 49, f"{path}/action_id")
    report.keys(element, KEYS[kind] | {"type", "action_id"}, 49, path)
    if "placeholder" in element:
        asked = element["placeholder"]
        check_text(report, f"{path}/placeholder", asked, rule=54, most=150, kinds=PLAIN)
    if "confirm" in element:
        buttons.check_confirm(report, f"{path}/confirm", element["confirm"])
    inputs.check_dispatch(report, path, element)
    if kind.startswith("multi_"):
        inputs.check_many(report, path, element)
    if "conversations" in kind or "channels" in kind:
        inputs.check_conversations(report, path, element, place)
    CHECKS.get(kind, _nothing_more)(report, path, element)
