"""Read JSON that may have any shape, without believing it."""

from typing import Any

from bot.sandbox.shapes import Json


def kind_of(value: Any) -> str:
    """Return the type that a block, an element or a text says it is, or nothing."""
    kind = value.get("type") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else ""


def items_of(value: Any) -> list[Any]:
    """Return a list, or an empty one where there is none."""
    return value if isinstance(value, list) else []


def objects_of(value: Any) -> list[Json]:
    """Return the objects in a list, leaving out whatever else is there."""
    return [one for one in items_of(value) if isinstance(one, dict)]


def object_of(value: Any) -> Json:
    """Return an object, or an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def text_of(value: Any) -> str:
    """Return a text, or an empty one where there is none."""
    return value if isinstance(value, str) else ""


def is_unique(values: list[Any]) -> bool:
    """Tell whether no two values are the same, whatever they are."""
    seen = [repr(value) for value in values]
    return len(seen) == len(set(seen))
