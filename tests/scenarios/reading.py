"""What a person reads in blocks, and can act on."""

from typing import Any

Json = dict[str, Any]


def buttons(shown: Json) -> list[str]:
    """The ids of everything one can act on, menus opened."""
    found = []
    for node in every(shown["blocks"]):
        if "action_id" in node:
            found.append(node["action_id"])
        if node.get("type") == "overflow":
            found += [option["value"].partition(" ")[0] for option in node["options"]]
    return found


def ticked(card: Json) -> set[str]:
    """The items that a card shows as done."""
    return {o["value"] for n in every(card["blocks"]) for o in n.get("initial_options", ())}


def words(shown: Json) -> str:
    """All that a reader sees of a message or a view, a line a text."""
    nodes = every([shown.get("title"), shown["blocks"]])
    return "\n".join(node["text"] for node in nodes if isinstance(node.get("text"), str))


def field(view: Json, name: str) -> Json:
    """The input of a form by its name."""
    [found] = [block for block in view["blocks"] if block.get("block_id") == name]
    return dict(found["element"])


def fields(view: Json) -> list[str]:
    """The names of a form's inputs."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def every(node: Any) -> list[Json]:
    """Every object within blocks."""
    if isinstance(node, dict):
        return [node, *(found for child in node.values() for found in every(child))]
    return [found for child in node for found in every(child)] if isinstance(node, list) else []
