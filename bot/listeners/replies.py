"""Answers to one person: where the click was, or in a modal where there is no such place."""

from http import HTTPStatus

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.listeners.requests import Request
from bot.views.answers import build_answer_modal
from bot.views.blocks import Message
from playbooks.run import Refused

log = structlog.get_logger(__name__)


async def answer_privately(request: Request, answer: Message, *, in_place: bool = False) -> None:
    """Tell one person; `in_place` the private message that was pressed gives way to the answer."""
    try:
        if url := request.body.get("response_url"):
            await _respond(url, request, answer, in_place=in_place)
        else:
            await _show_or_write(request, answer)
    except Exception as error:
        log.warning("private answer lost", error=str(error))


async def _show_or_write(request: Request, answer: Message) -> None:
    try:
        await request.open(build_answer_modal(answer, request.language))
    except (SlackApiError, Refused):  # a modal can be opened once, and only at once
        key = f"answer/{request.body.get('trigger_id') or request.view.get('id')}"
        carried = {"key": key, "kind": "notice", "run": "", "subject": ""}
        await request.client.chat_postMessage(
            channel=request.user, text=answer.text, blocks=answer.blocks,
            metadata={"event_type": "sopbot", "event_payload": carried},
            unfurl_links=False, unfurl_media=False,
        )  # fmt: skip


async def _respond(url: str, request: Request, answer: Message, *, in_place: bool) -> None:
    place = request.container
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
