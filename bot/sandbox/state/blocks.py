"""Give blocks and elements the ids that Slack adds where the app named none."""

from copy import deepcopy

from bot.sandbox.shapes import Json
from bot.sandbox.state.elements import STATELESS, VALUE_KEYS
from bot.sandbox.state.ids import Ids


def with_ids(blocks: list[Json], ids: Ids) -> list[Json]:
    """Return a copy in which each block has a block_id and each element an action_id."""
    copies = deepcopy(blocks)
    for block in copies:
        block.setdefault("block_id", ids.opaque("block")[:5])
        for key in ("element", "accessory"):
            _name(block.get(key), ids)
        for key in ("elements", "actions"):
            for element in block.get(key, []):
                _name(element, ids)
        for key in ("child_blocks",):
            if key in block:
                block[key] = with_ids(block[key], ids)
    return copies


def _name(element: Json | None, ids: Ids) -> None:
    if isinstance(element, dict) and element.get("type") in STATELESS | VALUE_KEYS.keys():
        element.setdefault("action_id", ids.opaque("action")[:5])
