"""Take a request in, let its handler act, and give every person an answer in time."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ids import ActionId
from bot.listeners import commands, routes
from bot.listeners.desk import Desk
from bot.listeners.handling import Handler, Outcome, handle
from bot.listeners.replies import answer_privately
from bot.listeners.requests import Request, dict_of
from bot.listeners.work import publish_home, renew_behind
from bot.metrics import acking
from bot.services import Unreachable
from bot.views.answers import build_answer_modal, done_message, fields_meant, wait_message
from bot.views.refusals import field_errors
from playbooks.people import Person
from playbooks.run import Refused

ANSWER_WITHIN = 2.2  # seconds that the work may hold up its answer; Slack waits three
HEAR_AGAIN = (5.0, 20.0, 60.0, 180.0)  # seconds until an event is acted on after all

# These draw the Home themselves.
_DRAWN = {ActionId.HOME_LANGUAGE, ActionId.HOME_PAGE}

Late = Callable[[Outcome], Awaitable[None]]


class Entrance:
    """The listeners; what changes state commits before the ack, so that no click is lost.

    What takes longer than Slack waits is acked all the same, goes on, and is answered after.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def on_command(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """/sop."""
        request = self._request(body, context, client)
        outcome = await self._outcome("command", request, commands.handle_command, late=_tell)
        answer = outcome and outcome.answer
        await (ack(text=answer.text, blocks=answer.blocks) if answer else ack())

    async def on_action(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """A button, a menu, a box or a field that redraws its form."""
        request = self._request(body, context, client)
        outcome = await self._outcome("action", request, routes.act, late=_tell)
        await ack()
        if outcome:
            self._desk.later(_tell(outcome))

    async def on_view(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """A form that was sent."""
        request = self._request(body, context, client)
        outcome = await self._outcome("view", request, routes.submit, late=_show)
        await _answer_form(ack, request, outcome)
        if outcome:
            _renew(outcome)

    async def on_shortcut(
        self, ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """A global or message shortcut."""
        request = self._request(body, context, client)
        outcome = await self._outcome("shortcut", request, routes.use_shortcut, late=_tell)
        await ack()
        if outcome:
            self._desk.later(_tell(outcome))

    async def on_event(
        self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Something that happened in Slack; one nobody waits for is taken in all the same."""
        event = dict_of(body.get("event"))
        handler = routes.event_handler(event, by_person=bool(context.user_id))
        if handler is None or event.get("bot_id"):
            return

        async def act(request: Request) -> None:
            await handler(request, event)

        request = self._request(body, context, client)
        outcome = await self._outcome("event", request, act, late=partial(_heard, act))
        if outcome and isinstance(outcome.error, Unreachable):
            self._desk.later(_heard(act, outcome))

    def _request(
        self, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
    ) -> Request:
        at, user = self._desk.clock.now(), str(context.user_id or "")
        ours = context.authorize_result  # who clicks may belong to another company's workspace
        workspace = str((ours and ours.team_id) or context.team_id)
        person = self._desk.people.recall(user, workspace=workspace) or Person(user, user)
        return Request(self._desk, client, body, workspace, person, at)

    async def _outcome(
        self, kind: str, request: Request, handler: Handler, *, late: Late
    ) -> Outcome | None:
        """What came of a request; None where it takes too long, and `late` tells it afterwards."""
        work = self._desk.later(handle(request, handler))
        with acking(kind):
            await asyncio.wait({work}, timeout=ANSWER_WITHIN)
        if work.done():
            return cast(Outcome, work.result())
        self._desk.later(_await(work, late))
        return None


async def _await(work: "asyncio.Task[Outcome]", late: Late) -> None:
    outcome = await work
    if not outcome.is_unsure:  # what Slack may have done is no failure
        await late(outcome)


async def _heard(act: Handler, outcome: Outcome) -> None:
    """Act on an event again until the database is back."""
    for rest in HEAR_AGAIN:
        if not isinstance(outcome.error, Unreachable):
            return
        await asyncio.sleep(rest)
        outcome = await handle(outcome.request, act)


async def _tell(outcome: Outcome) -> None:
    """Tell the person what there is to tell, and let the Home they pressed something on follow."""
    request = outcome.request
    if outcome.answer:
        await answer_privately(request, outcome.answer)
    if request.view.get("type") == "home" and request.action_id not in _DRAWN:
        await publish_home(request)


async def _answer_form(ack: AsyncAck, request: Request, outcome: Outcome | None) -> None:
    """Close the form; what is wrong stands at the field that is meant, else in place of it."""
    if outcome and outcome.following:
        await ack(response_action="update", view=outcome.following)
    elif outcome and outcome.answer is None:
        await ack()
    elif outcome and (wrong := _at_fields(outcome)):
        await ack(response_action="errors", errors=wrong)
    else:
        answer = (outcome and outcome.answer) or wait_message(request.language)
        view = build_answer_modal(answer, request.language)
        await ack(response_action="update", view=view)


def _at_fields(outcome: Outcome) -> dict[str, str]:
    """What stands at which field, where the form has such fields."""
    blocks = [dict_of(block) for block in outcome.request.view.get("blocks") or ()]
    inputs = [str(block.get("block_id")) for block in blocks if block.get("type") == "input"]
    text = outcome.answer.text if outcome.answer else ""
    match outcome.error:
        case Refused(code="start_invalid" | "form_invalid") as refused:
            wrong = field_errors(outcome.request.language, refused)
        case Refused() as refused:
            wrong = {name: text for name in fields_meant(refused) if name in inputs}
        case Unreachable():
            wrong = dict.fromkeys(inputs[:1], text)  # what was written must not be lost
        case _:
            wrong = {}
    return wrong if set(wrong) <= set(inputs) else {}


async def _show(outcome: Outcome) -> None:
    """Say in the form's place what came of it."""
    request = outcome.request
    answer = outcome.answer or done_message(request.language)
    view = outcome.following or build_answer_modal(answer, request.language)
    try:
        await request.client.views_update(view_id=str(request.view.get("id")), view=view)
    except SlackApiError:  # it has been closed
        if outcome.answer:
            await answer_privately(request, outcome.answer)
    _renew(outcome)


def _renew(outcome: Outcome) -> None:
    """Let the list or Home behind a form follow it, once it is through."""
    if outcome.error is None and not outcome.following:
        renew_behind(outcome.request)
