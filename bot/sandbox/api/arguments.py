"""Read a call's arguments, however the client sent them."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.checker.methods import METHODS, Kind
from bot.sandbox.shapes import Json, SlackError

TRUE = ("1", "true", "True")
FALSE = ("0", "false", "False", "")


async def read_arguments(request: web.Request, method: str) -> Json:
    """Merge query, form and JSON; give each known argument the type its method wants."""
    raw: Json = dict(request.query)
    if request.content_type == "application/json":
        raw |= _object(await request.text())
    elif request.can_read_body:
        raw |= dict(await request.post())
    kinds = METHODS[method].args
    return {
        name: _typed(name, value, kinds[name]) if name in kinds else value
        for name, value in raw.items()
        if value is not None
    }


def _object(text: str) -> Json:
    try:
        parsed = json.loads(text or "{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(parsed, dict):
        raise SlackError("json_not_object")
    return parsed


def _typed(name: str, value: Any, kind: Kind) -> Any:
    if kind == "list" and isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if kind == "bool":
        return _truth(value)
    if not isinstance(value, str):
        return value
    if kind == "int":
        return int(value) if value.lstrip("-").isdigit() else value
    return _decoded(name, value) if kind == "json" else value


def _truth(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if str(value) in TRUE:
        return True
    return False if str(value) in FALSE else value


def _decoded(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        names = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
        raise SlackError(names.get(name, "invalid_arguments")) from None
