"""Answers to one person: where the click was, or in a modal where there is no such place."""

from http import HTTPStatus

import structlog
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.listeners.requests import Request
from bot.views.answers import build_answer_modal
from bot.views.blocks import Message

log = structlog.get_logger(__name__)


async def answer_privately(request: Request, answer: Message, *, in_place: bool = False) -> None:
    """Tell one person; `in_place` the private message that was pressed gives way to the answer."""
    try:
        if url := request.body.get("response_url"):
            await _respond(url, request, answer, in_place=in_place)
        else:
            await request.open(build_answer_modal(answer, request.language))
    except Exception as error:
        log.warning("private answer lost", error=str(error))


async def _respond(url: str, request: Request, answer: Message, *, in_place: bool) -> None:
    place = request.body.get("container") or {}
    thread = place.get("thread_ts")
    if thread == place.get("message_ts"):
        thread = None  # a card that has a thread, pressed in the channel: the answer stands there
    told = await AsyncWebhookClient(url).send_dict(
        {
            "response_type": "ephemeral", "replace_original": in_place, "text": answer.text,
            "blocks": answer.blocks, **({"thread_ts": thread} if thread else {}),
        }
    )  # fmt: skip
    if told.status_code != HTTPStatus.OK:
        log.warning("private answer lost", error=told.body)
