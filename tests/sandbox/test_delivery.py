"""Payloads reach the app by Socket Mode or signed HTTP, again when unanswered."""

from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shapes import InteractionFailed
from tests.sandbox.small_bot import build_app, connected

SECRET = "signing-secret"
Events = list[dict[str, Any]]


def deaf_app(sandbox: Sandbox) -> AsyncApp:
    """Build an app that listens to nothing, so it acknowledges nothing."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    return AsyncApp(client=client)


async def test_an_unanswered_event_comes_again(sandbox: Sandbox) -> None:
    sandbox.timing.ack_within, sandbox.timing.retry_after = 0.2, (0.0, 0.0)
    async with connected(sandbox, deaf_app(sandbox)):
        await sandbox.person("U0LI").post("C0DEALER", "hello")
        await sandbox.until(lambda: sandbox.events.lost)
    attempts = [(one.retry_attempt, one.retry_reason) for one in sandbox.events.sent]
    assert attempts == [(0, ""), (1, "timeout"), (2, "timeout")]
    assert len({one.payload["event_id"] for one in sandbox.events.sent}) == 1


async def test_an_unanswered_command_is_told_to_the_person(sandbox: Sandbox) -> None:
    sandbox.timing.ack_within = 0.2
    async with connected(sandbox, deaf_app(sandbox)):
        with pytest.raises(InteractionFailed, match="operation_timeout"):
            await sandbox.person("U0LI").command("/sop")


async def test_without_a_connection_a_command_is_not_dispatched(sandbox: Sandbox) -> None:
    with pytest.raises(InteractionFailed, match="dispatch_failed"):
        await sandbox.person("U0LI").command("/sop")


async def test_a_ticket_opens_one_connection(sandbox: Sandbox) -> None:
    client = AsyncWebClient(base_url=sandbox.api_url)
    url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_connections_take_turns(sandbox: Sandbox) -> None:
    client = AsyncWebClient(base_url=sandbox.api_url)
    heard: list[int] = []
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(2):
            url = (await client.apps_connections_open(app_token=sandbox.app_token))["url"]
            sockets.append(await session.ws_connect(url))
            await sockets[-1].receive_json()
        await sandbox.until(lambda: sandbox.socket.connections == 2)
        await sandbox.person("U0LI").post("C0DEALER", "one")
        await sandbox.person("U0LI").post("C0DEALER", "two")
        for number, socket in enumerate(sockets):
            envelope = await socket.receive_json()
            heard.append(number)
            await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await sandbox.until(lambda: not sandbox.events.under_way)
        for socket in sockets:
            await socket.close()
    assert heard == [0, 1]
    assert sandbox.events.lost == []


async def test_the_app_comes_back_after_a_disconnect(sandbox: Sandbox) -> None:
    seen: Events = []
    app = build_app(sandbox, seen)
    handler = AsyncSocketModeHandler(app, sandbox.app_token, ping_interval=1)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.until(lambda: sandbox.socket.connected)
    opened = len([call for call in sandbox.calls if call.method == "apps.connections.open"])
    await sandbox.socket.disconnect()
    await sandbox.until(lambda: sandbox.socket.connected, timeout=10)
    await sandbox.person("U0LI").post("C0DEALER", "still there?")
    await sandbox.until(lambda: seen)
    await handler.close_async()  # type: ignore[no-untyped-call]
    again = [call for call in sandbox.calls if call.method == "apps.connections.open"]
    assert len(again) > opened


@pytest.mark.parametrize("manifest_events", [["message.im"], ["message.channels"]])
async def test_only_subscribed_events_are_sent(manifest_events: list[str]) -> None:
    manifest = {"settings": {"event_subscriptions": {"bot_events": manifest_events}}}
    async with Sandbox(post_every=0, manifest=manifest) as sandbox:
        sandbox.timing.retry_after = ()
        await sandbox.person("U0LI").post("C0DEALER", "hello")
        await sandbox.until(lambda: not sandbox.events.under_way)
        assert bool(sandbox.events.sent) == (manifest_events == ["message.channels"])


async def serve(app: AsyncApp) -> tuple[web.AppRunner, str]:
    """Serve a Bolt app over HTTP on a free port."""
    runner = web.AppRunner(app.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"


async def test_the_same_app_is_served_over_http() -> None:
    heard: Events = []
    first = Sandbox(post_every=0)
    await first.start()  # its Web API serves the app that both delivery ways reach
    client = AsyncWebClient(token=first.bot_token, base_url=first.api_url)
    app = AsyncApp(client=client, signing_secret=SECRET)

    @app.command("/sop")
    async def answer(ack: Any) -> None:
        await ack("over HTTP")

    @app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event)

    runner, url = await serve(app)
    async with Sandbox(post_every=0, request_url=url, signing_secret=SECRET) as sandbox:
        body = await sandbox.person("U0LI").command("/sop")
        assert body["text"] == "over HTTP"
        await sandbox.person("U0LI").post("C0DEALER", "hello")
        await sandbox.until(lambda: not sandbox.events.under_way)
        assert [one["text"] for one in heard] == ["hello"]
    async with Sandbox(post_every=0, request_url=url, signing_secret="another") as forger:
        with pytest.raises(InteractionFailed, match="401"):
            await forger.person("U0LI").command("/sop")
    await runner.cleanup()
    await first.stop()
