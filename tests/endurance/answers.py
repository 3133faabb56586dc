"""What the Done form is filled in with, and who is asked to decide."""

import re
from typing import Any

from bot.sandbox.state.elements import interactive

Json = dict[str, Any]

_BLOCKED_BY_YES = {"question.gaps", "question.walk", "question.below-target"}
_PERSON = re.compile(r"<@(\w+)>")


def filled_in(form: Json) -> Json:
    """Everything the Done form asks for, so that the step passes."""
    values: Json = {}
    for block in form["blocks"]:
        name, element = block.get("block_id", ""), block.get("element", {})
        if name.startswith(("items", "signed")):
            values[name] = [option["value"] for option in element["options"]]
        if name.startswith("question."):
            values[name] = _answer(name, element["type"])
        if name == "evidence":
            kinds: Json = {
                "url_text_input": "https://files.example.com/proof",
                "file_input": [("proof.pdf", b"%PDF-1.4")],
            }
            values[name] = kinds.get(element["type"], "Seen and approved.")
    return values


def _answer(name: str, kind: str) -> str:
    if kind == "radio_buttons":
        return "no" if name in _BLOCKED_BY_YES else "yes"
    return "4" if kind == "number_input" else "See the brief."


def decider_of(request: Json) -> str:
    """Who is asked: the first person whom a request mentions."""
    return str(_PERSON.findall(request["text"])[0])


def is_asking(message: Json, step: str) -> bool:
    """Whether a message is a step's request that still waits for a decision."""
    told = message.get("metadata", {}).get("event_payload", {})
    if told.get("kind") != "approval" or told.get("subject") != step:
        return False
    found = interactive(message.get("blocks", []))
    return any(element["action_id"] == "approval.approve" for _, element in found)
