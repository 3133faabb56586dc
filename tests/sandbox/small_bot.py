"""Keep a tiny Bolt app that uses each kind of interaction once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox

START = {
    "type": "modal",
    "callback_id": "run.start",
    "title": {"type": "plain_text", "text": "Start"},
    "submit": {"type": "plain_text", "text": "Start"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "value"},
        },
        {
            "type": "input",
            "block_id": "channel",
            "label": {"type": "plain_text", "text": "Channel"},
            "element": {
                "type": "conversations_select",
                "action_id": "value",
                "default_to_current_conversation": True,
            },
        },
    ],
}


def card(text: str) -> list[dict[str, Any]]:
    """Draw a section with one button."""
    button = {
        "type": "button",
        "action_id": "step.done",
        "text": {"type": "plain_text", "text": "Done"},
        "value": "step-1",
    }
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return [section, {"type": "actions", "block_id": "acts", "elements": [button]}]


async def start(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
    """Open the form, or greet."""
    if body["text"] == "hello":
        await ack("hello yourself")
        return
    await client.views_open(trigger_id=body["trigger_id"], view=START)
    await ack()


async def submitted(ack: Any, view: dict[str, Any], client: AsyncWebClient) -> None:
    """Post the card that the form asks for."""
    values = view["state"]["values"]
    name = values["name"]["value"]["value"]
    if name == "bad":
        await ack(response_action="errors", errors={"name": "Choose another name."})
        return
    await ack()
    await client.chat_postMessage(
        channel=values["channel"]["value"]["selected_conversation"],
        text=f"The run {name} begins",
        blocks=card(f"*{name}*"),
        metadata={"event_type": "sopbot", "event_payload": {"key": f"run:{name}"}},
    )


async def done(ack: Any, body: dict[str, Any], client: AsyncWebClient, respond: Any) -> None:
    """Edit the card and answer privately."""
    await ack()
    place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
    await client.chat_update(**place, text="The step is done", blocks=[])
    await respond("Only you read this", replace_original=False)


def build_app(sandbox: Sandbox, seen: list[dict[str, Any]]) -> AsyncApp:
    """Build the app; what it hears is appended to `seen`."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app = AsyncApp(client=client)
    app.command("/sop")(start)
    app.view("run.start")(submitted)
    app.action("step.done")(done)

    @app.event("file_change")
    @app.event("file_deleted")
    @app.event({"type": "message"})
    async def heard(event: dict[str, Any]) -> None:
        seen.append(event)

    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        seen.append(event)
        await client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": card("Welcome home")}
        )

    return app


@asynccontextmanager
async def connected(sandbox: Sandbox, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect the app by Socket Mode for a while."""
    handler = AsyncSocketModeHandler(app, sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.until(lambda: sandbox.socket.connected)
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
