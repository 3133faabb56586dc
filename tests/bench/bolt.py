"""Signed commands over HTTP: to the bot, and to a bare Bolt app that reads and writes one row."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import Bot
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from bot.web import build_web
from storage.database import Database, Transaction
from tests.scenarios.world import CHANNEL, WANG, World, moment, settings_for

SECRET = "0" * 32
COMMAND = urlencode(
    {
        "command": "/sop", "text": "status", "user_id": WANG, "team_id": "T0SANDBOX",
        "channel_id": CHANNEL, "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:9/",
    }
)  # fmt: skip


@asynccontextmanager
async def bot_and_bare(folder: Path) -> AsyncIterator[tuple[str, str]]:
    """The addresses of a bot with a run under way and of the bare app, side by side."""
    clock = SandboxClock(moment("2025-08-20"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/slack/events"
    async with Sandbox(clock, post_every=0, request_url=url, signing_secret=SECRET) as sandbox:
        settings = settings_for(
            sandbox, folder, sopbot_mode="http", sopbot_port=port, slack_app_token="",
            slack_signing_secret=SECRET,
        )  # fmt: skip
        bot = Bot(settings, clock=clock, post_every=0)
        await bot.start()
        await World(sandbox, bot, clock).start()
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        bare, address = await _serve(_bare_app(client, bot.database))
        yield url, address
        await bare.cleanup()
        await bot.stop()


def _bare_app(client: AsyncWebClient, database: Database) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    def work(tx: Transaction) -> None:
        tx.people.many([WANG], workspace="T0SANDBOX")
        tx.people.choose_language(WANG, workspace="T0SANDBOX", language="en")

    @app.command("/sop")
    async def answer(ack: AsyncAck) -> None:
        await database.run(work)
        await ack("done")

    return app


async def _serve(app: AsyncApp) -> tuple[web.AppRunner, str]:
    async def ready() -> dict[str, bool]:
        return {}

    runner = web.AppRunner(build_web(app, ready), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"


async def ack_of(url: str, *, at_once: int, times: int) -> float:
    """The median milliseconds until a command is answered, with so many under way."""
    taken: list[float] = []
    async with aiohttp.ClientSession() as session:

        async def one_after_the_other() -> None:
            for _ in range(times):
                taken.append(await _timed(lambda: _send(session, url)))

        await _send(session, url)
        await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))
    return median(taken)


async def _timed(act: Callable[[], Awaitable[None]]) -> float:
    began = perf_counter()
    await act()
    return (perf_counter() - began) * 1000


async def _send(session: aiohttp.ClientSession, url: str) -> None:
    made = SignatureVerifier(SECRET)
    stamp = str(int(made.clock.now()))
    headers = {
        "X-Slack-Request-Timestamp": stamp, "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Signature": made.generate_signature(timestamp=stamp, body=COMMAND) or "",
    }  # fmt: skip
    async with session.post(url, data=COMMAND, headers=headers) as answer:
        assert answer.status == 200
        assert await answer.read()
