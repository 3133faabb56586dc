"""Modals on top of modals."""

from typing import Any

from slack_sdk.errors import SlackApiError

from bot.listeners.requests import SPENT, Request
from bot.slack_errors import code_of


async def push_modal(request: Request, view: dict[str, Any]) -> str:
    """Show a modal on top of the one it was done in, or alone where there is none; its id."""
    if request.view.get("type") != "modal":
        return await request.open(view)
    trigger = str(request.body.get("trigger_id"))
    try:
        shown = await request.client.views_push(trigger_id=trigger, view=view)
    except SlackApiError as error:
        if code_of(error) not in SPENT:
            raise
        return ""  # this click came twice, and has its modal
    return str(shown["view"]["id"])
