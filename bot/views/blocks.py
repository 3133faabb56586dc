"""The pieces of Block Kit that our messages are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.ids import ActionId
from bot.views.markup import Markup, clip, one_line

Block = dict[str, Any]

SECTION = 3000  # characters, Slack's limit of a text
TEXT = 3500  # characters; chat.update refuses texts above 4000
LABEL = 75  # characters of a button or an option
OPTIONS = 100  # in a select
BOXES = 10  # in a group of checkboxes
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100


@dataclass(frozen=True)
class Message:
    """What is posted: `text` holds the whole sentence, for notifications and screen readers."""

    text: str
    blocks: list[Block]


def message(text: Markup, blocks: Iterable[Block | None]) -> Message:
    """A message of those blocks that are there."""
    kept = [block for block in blocks if block]
    return Message(str(clip(text, TEXT)), kept[:MESSAGE_BLOCKS])


def text_message(text: Markup, *buttons: Block) -> Message:
    """A message of one sentence, with buttons perhaps."""
    return message(text, [section(text), actions(buttons) if buttons else None])


def plain(text: str, limit: int = LABEL) -> Block:
    """A plain text object."""
    return {"type": "plain_text", "text": one_line(text, limit) or "–", "emoji": True}


def mrkdwn(text: Markup, limit: int = SECTION) -> Block:
    """A text object with markup; `verbatim` keeps Slack from making links of names."""
    return {"type": "mrkdwn", "text": str(clip(text, limit)) or "–", "verbatim": True}


def section(text: Markup, accessory: Block | None = None) -> Block:
    """A paragraph, with one element beside it perhaps."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return {**block, "accessory": accessory} if accessory else block


def sections(lines: Sequence[Markup]) -> list[Block]:
    """Lines in as few paragraphs as Slack's limit allows."""
    blocks: list[Block] = []
    held: list[Markup] = []
    for line in lines:
        if held and sum(len(other) + 1 for other in held) + len(line) > SECTION:
            blocks.append(section(Markup("\n".join(held))))
            held = []
        held.append(line)
    return [*blocks, section(Markup("\n".join(held)))] if held else blocks


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, 150)}


def context(*texts: Markup | None) -> Block | None:
    """Small print; nothing when there is nothing to say."""
    elements = [mrkdwn(text, 2000) for text in texts if text]
    return {"type": "context", "elements": elements[:10]} if elements else None


def actions(elements: Sequence[Block], block_id: str | None = None) -> Block:
    """A row of buttons and menus."""
    block: Block = {"type": "actions", "elements": list(elements)}
    return {**block, "block_id": block_id} if block_id else block


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(label: str, action: ActionId, value: str, *, primary: bool = False) -> Block:
    """A button; its label is a verb."""
    block: Block = {
        "type": "button", "text": plain(label), "action_id": str(action), "value": value,
    }  # fmt: skip
    return {**block, "style": "primary"} if primary else block


def option(label: str, value: str) -> Block:
    """One thing to choose."""
    return {"text": plain(label), "value": value}


def overflow(action: ActionId, options: Sequence[Block]) -> Block:
    """The menu behind ⋯; each option's value starts with the id it stands for."""
    return {"type": "overflow", "action_id": str(action), "options": list(options)[:5]}


def select(
    action: ActionId, options: Sequence[Block], chosen: str | None = None, hint: str | None = None
) -> Block:
    """A menu to choose one from, `chosen` preset by its value."""
    shown = list(options)[:OPTIONS]
    block: Block = {"type": "static_select", "action_id": str(action), "options": shown}
    preset = next((option for option in options if option["value"] == chosen), None)
    if preset and preset not in shown:
        shown[-1] = preset
    if hint:
        block["placeholder"] = plain(hint, 150)
    return {**block, "initial_option": preset} if preset else block


def checkboxes(action: ActionId, options: Sequence[Block], ticked: Iterable[str] = ()) -> Block:
    """Up to ten boxes, those in `ticked` filled."""
    done = set(ticked)
    block: Block = {
        "type": "checkboxes", "action_id": str(action), "options": list(options)[:BOXES],
    }  # fmt: skip
    preset = [option for option in block["options"] if option["value"] in done]
    return {**block, "initial_options": preset} if preset else block


def progress_bar(done: int, total: int, width: int = 10) -> Markup:
    """How much is done, as a bar."""
    filled = width * done // total if total else 0
    return Markup("▓" * filled + "░" * (width - filled))
