"""What every view must pass: Slack's limits and our own."""

from typing import Any

from bot.sandbox.checker.calls import check_call
from bot.views.blocks import Message

MESSAGE_CHARACTERS = 12_000
VISIBLE = 3  # buttons and menus in a row


def faults_of(shown: Message | dict[str, Any]) -> list[str]:
    """Everything that Slack or the house rules have against a view."""
    if isinstance(shown, Message):
        call: dict[str, Any] = {
            "channel": "C0DEALER", "text": shown.text, "blocks": shown.blocks,
            "unfurl_links": False, "unfurl_media": False,
        }  # fmt: skip
        found = _faults("chat.postMessage", call)
        found += ["long text"] * (len(shown.text) > 3500)
        found += ["long message"] * (_characters(shown.blocks) > MESSAGE_CHARACTERS)
    elif shown["type"] == "home":
        found = _faults("views.publish", {"user_id": "U0LI", "view": shown})
    else:
        found = _faults("views.open", {"trigger_id": "1.2.abc", "view": shown})
    return found + ["U0EVIL is mentioned"] * any("<@U0EVIL>" in t for t in _markup(shown))


def _faults(method: str, call: dict[str, Any]) -> list[str]:
    return [f"{f.severity}{f.rule} {f.path} {f.message}" for f in check_call(method, call)]


def _markup(shown: Message | dict[str, Any]) -> list[str]:
    """The texts in which Slack looks for mentions."""
    marked = [n["text"] for n in _every(_as_dict(shown)) if n.get("type") == "mrkdwn"]
    return [shown.text, *marked] if isinstance(shown, Message) else marked


def _as_dict(shown: Message | dict[str, Any]) -> Any:
    return [shown.text, shown.blocks] if isinstance(shown, Message) else shown


def _characters(node: Any) -> int:
    if isinstance(node, dict):
        own = len(node["text"]) if isinstance(node.get("text"), str) else 0
        return own + sum(_characters(child) for child in node.values())
    return sum(_characters(child) for child in node) if isinstance(node, list) else 0


def elements(shown: Message | dict[str, Any], action: str) -> list[dict[str, Any]]:
    """Every element of a view with this action id."""
    return [e for e in _every(_as_dict(shown)) if e.get("action_id") == action]


def element(shown: Message | dict[str, Any], action: str) -> dict[str, Any]:
    """The one element of a view with this action id."""
    [found] = elements(shown, action)
    return found


def field(view: dict[str, Any], name: str) -> dict[str, Any]:
    """The input block of a modal by its name."""
    [found] = [block for block in view["blocks"] if block.get("block_id") == name]
    return dict(found)


def texts(shown: Message | dict[str, Any]) -> str:
    """All that a reader sees, a line a text."""
    blocks = shown.blocks if isinstance(shown, Message) else shown["blocks"]
    return "\n".join(n["text"] for n in _every(blocks) if isinstance(n.get("text"), str))


def _every(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        return [node, *(found for child in node.values() for found in _every(child))]
    return [found for child in node for found in _every(child)] if isinstance(node, list) else []
