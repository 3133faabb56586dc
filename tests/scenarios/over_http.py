"""The bot in HTTP mode, and signed requests to it."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.app import Bot
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from tests.scenarios.world import World, moment, settings_for

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@asynccontextmanager
async def http_world(folder: Path) -> AsyncIterator[tuple[World, str]]:
    """The workspace, the bot in HTTP mode, and its address."""
    clock = SandboxClock(moment("2025-08-20"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    async with Sandbox(
        clock, post_every=0, manifest=build_manifest("https://bot.example.com"),
        request_url=f"{url}/slack/events", signing_secret=SECRET,
    ) as sandbox:  # fmt: skip
        settings = settings_for(
            sandbox, folder, sopbot_mode="http", sopbot_port=port, slack_app_token="",
            slack_signing_secret=SECRET,
        )  # fmt: skip
        bot = Bot(settings, clock=clock, post_every=0, look_every=0.1)
        await bot.start()
        try:
            yield World(sandbox, bot, clock), url
        finally:
            await bot.stop()


def signed(body: str, *, secret: str = SECRET, stamp: str | None = None) -> dict[str, str]:
    """Slack's headers."""
    made = SignatureVerifier(secret)
    at = stamp or str(int(made.clock.now()))
    signature = made.generate_signature(timestamp=at, body=body) or ""
    return {
        "X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature,
        "Content-Type": "application/json",
    }  # fmt: skip


async def post(url: str, body: bytes | str | BytesIO, headers: dict[str, str]) -> int:
    """Send something to the bot; returns the status."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/slack/events", data=body, headers=headers) as answer,
    ):
        return answer.status
