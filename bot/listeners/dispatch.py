"""Take a request in, let its handler act, and give every person an answer."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import structlog
from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.ids import ActionId
from bot.listeners import commands, routes
from bot.listeners.replies import answer_privately
from bot.listeners.requests import Desk, Request
from bot.listeners.work import publish_home
from bot.views.answers import build_answer_modal, error_message, field_of, refusal_message
from bot.views.blocks import Message
from bot.views.refusals import field_errors
from playbooks.people import Person
from playbooks.run import Refused

log = structlog.get_logger(__name__)


class Entrance:
    """The listeners; what changes state commits before the ack, so that no click is lost."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def on_command(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """/sop."""
        request = await self._request(body, context, client)
        answer = await self._answer(request, commands.handle_command)
        await (ack(text=answer.text, blocks=answer.blocks) if answer else ack())

    async def on_action(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """A button, a menu, a box or a field that redraws its form."""
        request = await self._request(body, context, client)
        handler = routes.ACTIONS.get(request.action_id)
        answer = await self._answer(request, handler or routes.unknown_action)
        await ack()
        if answer:
            self._desk.later(answer_privately(request, answer))
        if request.view.get("type") == "home" and request.action_id != ActionId.HOME_LANGUAGE:
            self._desk.later(publish_home(request))

    async def on_view(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """A form that was sent."""
        request = await self._request(body, context, client)
        handler = routes.VIEWS.get(str(request.view.get("callback_id")), routes.unknown_action)
        try:
            following = await handler(request)
        except Refused as refused:
            await _answer_form(ack, request, refused)
        except Exception as error:
            view = build_answer_modal(_broken(request, error), request.language)
            await ack(response_action="update", view=view)
        else:
            await (ack(response_action="update", view=following) if following else ack())
            if request.metadata.get("home"):
                self._desk.later(publish_home(request))

    async def on_shortcut(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """A global or message shortcut."""
        request = await self._request(body, context, client)
        handler = routes.SHORTCUTS.get(str(body.get("callback_id")), routes.unknown_action)
        answer = await self._answer(request, handler)
        await ack()
        if answer:
            self._desk.later(answer_privately(request, answer))

    async def on_event(
        self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Something that happened in Slack; one nobody waits for is taken in all the same."""
        event = dict(body.get("event") or {})
        handler = routes.event_handler(event)
        named = context.user_id or event.get("type") in routes.OF_NOBODY
        if handler is None or not named or event.get("bot_id"):
            return
        request = await self._request(body, context, client)
        try:
            await handler(request, event)
        except Refused as refused:
            log.info("event not acted on", type=event.get("type"), code=refused.code)

    async def _request(
        self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> Request:
        at, user = self._desk.clock.now(), str(context.user_id)
        workspace = _workspace(context)
        if not context.user_id:
            return Request(self._desk, client, body, workspace, Person("", ""), at)
        known = await self._desk.people.meet(
            [user], ask=self._desk.directory.person, workspace=workspace, at=at
        )
        person = known.get(user) or Person(user, user)
        return Request(self._desk, client, body, workspace, person, at)

    async def _answer(
        self, request: Request, handler: Callable[[Request], Awaitable[Message | None]]
    ) -> Message | None:
        try:
            return await handler(request)
        except Refused as refused:
            return refusal_message(refused, request.person)
        except Exception as error:
            return _broken(request, error)


def _workspace(context: AsyncBoltContext) -> str:
    """Ours, for who clicks may belong to another company's workspace."""
    ours = context.authorize_result
    return str((ours and ours.team_id) or context.team_id)


def _broken(request: Request, error: Exception) -> Message:
    """A fault of ours: the person gets a number, the log the rest."""
    reference = uuid4().hex[:8]
    log.error("request failed", reference=reference, exc_info=error)
    return error_message(request.language, reference)


async def _answer_form(ack: AsyncAck, request: Request, refused: Refused) -> None:
    """At the field where one is meant, else in place of the form."""
    fields = {block.get("block_id") for block in request.view.get("blocks") or ()}
    if refused.code in {"start_invalid", "form_invalid"}:
        wrong = field_errors(request.language, refused)
    else:
        wrong = {field_of(refused): refusal_message(refused, request.person).text}
    if wrong and set(wrong) <= fields:
        await ack(response_action="errors", errors=wrong)
        return
    view = build_answer_modal(refusal_message(refused, request.person), request.language)
    await ack(response_action="update", view=view)
