"""A modal that one opens from another: it lies over it, so that nothing filled in is lost."""

from typing import Any

from slack_sdk.errors import SlackApiError

from bot.listeners.requests import Request
from bot.slack_errors import code_of

_SPENT = {"exchanged_trigger_id", "trigger_exchanged"}  # the click came twice


async def show_over(request: Request, view: dict[str, Any]) -> None:
    """Open a modal; over another one, or in place of one of its own kind."""
    under = request.view
    if under.get("callback_id") == view["callback_id"]:
        await request.redraw(view)
    elif under.get("type") != "modal":
        await request.open(view)
    else:
        await _push(request, view)


async def _push(request: Request, view: dict[str, Any]) -> None:
    trigger = str(request.body.get("trigger_id") or "")
    try:
        await request.client.views_push(trigger_id=trigger, view=view)
    except SlackApiError as error:
        if code_of(error) not in _SPENT:
            raise
