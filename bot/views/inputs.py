"""Modals and the fields in them."""

import json
from collections.abc import Sequence
from typing import Any

from bot.ids import ActionId, ViewId
from bot.views.blocks import VIEW_BLOCKS, Block, plain
from bot.views.markup import clean
from bot.words.catalogue import say

WORDS = 3000  # characters Slack takes in a text field
TITLE = 24  # characters of a modal's title and buttons


def modal(
    view: ViewId, language: str, title: str, blocks: Sequence[Block | None], *,
    submit: str | None = None, **metadata: str,
) -> Block:  # fmt: skip
    """A modal; `metadata` are the ids its submission acts on, as JSON in private_metadata."""
    kept = [block for block in blocks if block]
    shown: Block = {
        "type": "modal", "callback_id": str(view), "title": plain(title, TITLE),
        "close": plain(say(language, "form.close" if submit else "form.ok"), TITLE),
        "private_metadata": json.dumps(metadata, ensure_ascii=False), "blocks": kept[:VIEW_BLOCKS],
    }  # fmt: skip
    return {**shown, "submit": plain(submit, TITLE)} if submit else shown


def field(
    name: str, label: str, element: Block, *, required: bool = False, hint: str | None = None,
    redraws: bool = False,
) -> Block:  # fmt: skip
    """An input; `redraws` tells the bot of every change so that the form can follow."""
    block: Block = {
        "type": "input", "block_id": name, "label": plain(label, 150), "optional": not required,
        "element": element, "dispatch_action": redraws,
    }  # fmt: skip
    return {**block, "hint": plain(hint, 300)} if hint else block


def text_input(initial: str = "", *, long: bool = False, limit: int = WORDS) -> Block:
    """A text field."""
    block = _element("plain_text_input", multiline=long, max_length=limit)
    initial = clean(initial)[:limit]
    return {**block, "initial_value": initial} if initial else block


def url_input(initial: str = "") -> Block:
    """A field for a web address."""
    block = _element("url_text_input")
    return {**block, "initial_value": initial} if initial else block


def file_input() -> Block:
    """A field for files."""
    return _element("file_input", max_files=5)


def number_input(initial: str = "") -> Block:
    """A field for a number."""
    block = _element("number_input", is_decimal_allowed=True)
    return {**block, "initial_value": initial} if initial else block


def date_input(initial: str = "") -> Block:
    """A day, ISO."""
    block = _element("datepicker")
    return {**block, "initial_date": initial} if initial else block


def time_input(initial: str = "") -> Block:
    """A time of day, HH:MM."""
    block = _element("timepicker")
    return {**block, "initial_time": initial} if initial else block


def moment_input(initial: int) -> Block:
    """A day and time, in seconds since 1970."""
    return _element("datetimepicker", initial_date_time=initial)


def person_input(initial: str = "") -> Block:
    """One person."""
    block = _element("users_select")
    return {**block, "initial_user": initial} if initial else block


def people_input(initial: Sequence[str] = ()) -> Block:
    """Several people."""
    block = _element("multi_users_select")
    return {**block, "initial_users": list(initial)} if initial else block


def channel_input(initial: str = "") -> Block:
    """A channel, bots' own conversations left out."""
    chosen = {"include": ["public", "private"], "exclude_bot_users": True}
    block = _element("conversations_select", filter=chosen)
    # A direct message is none of the conversations offered, so it cannot be preset.
    return {**block, "initial_conversation": initial} if initial[:1] in {"C", "G"} else block


def radio_input(options: Sequence[Block], chosen: str | None = None) -> Block:
    """A few things of which one holds."""
    block = _element("radio_buttons", options=list(options))
    preset = next((option for option in options if option["value"] == chosen), None)
    return {**block, "initial_option": preset} if preset else block


def _element(kind: str, **facts: Any) -> Block:
    return {"type": kind, "action_id": str(ActionId.FIELD), **facts}
