"""Run a whole local workspace in this process."""

import asyncio
from collections.abc import Awaitable, Callable
from copy import deepcopy
from datetime import datetime
from typing import TypeVar

from aiohttp import web

from bot.sandbox.api.endpoint import Call, Endpoint
from bot.sandbox.api.failures import Failures
from bot.sandbox.api.pace import Pace
from bot.sandbox.checker.faults import Fault
from bot.sandbox.clock import SandboxClock
from bot.sandbox.delivery.envelopes import Delivery, Timing
from bot.sandbox.delivery.events import EventSender
from bot.sandbox.delivery.http import HttpRequests
from bot.sandbox.delivery.socket import SocketMode
from bot.sandbox.mailbox import Mailbox
from bot.sandbox.people.acts import Acts
from bot.sandbox.people.talk import Talk
from bot.sandbox.person import Person
from bot.sandbox.server import build_server
from bot.sandbox.shapes import Json
from bot.sandbox.state.cast import APP_TOKEN, BOT_TOKEN
from bot.sandbox.state.workspace import Workspace, ignore_event

NextMoment = Callable[[str], datetime | Awaitable[datetime | None] | None]
T = TypeVar("T")
HOST = "127.0.0.1"


def _nothing_due(kind: str) -> datetime | None:
    """Know no moment to jump to."""


class Sandbox:
    """A local workspace: start it with `async with`, then point the bot at `api_url`.

    `post_every` is the real seconds between messages in a channel (0 lifts all rate limits).
    With `request_url` and `signing_secret` payloads go there as signed HTTP requests instead of
    by Socket Mode. A `manifest` limits events, scopes, commands and shortcuts to its own.
    """

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN

    def __init__(
        self,
        clock: SandboxClock | None = None,
        port: int = 0,
        *,
        post_every: float = 1.0,
        next_moment: NextMoment = _nothing_due,
        manifest: Json | None = None,
        request_url: str | None = None,
        signing_secret: str | None = None,
    ) -> None:
        self.clock = clock or SandboxClock()
        self.manifest = manifest or {}
        self.next_moment = next_moment
        self.timing = Timing()
        self.space = Workspace(self.clock)
        self.mailbox = Mailbox(self.space)
        self.socket = SocketMode(self.space, self.timing)
        self.delivery: Delivery = self.socket
        if request_url and signing_secret:
            self.delivery = HttpRequests(request_url, signing_secret, self.timing)
        pace = Pace(post_every, tiers=post_every > 0)
        self.endpoint = Endpoint(self.space, pace, self.socket.open, _scopes(self.manifest))
        self.events = EventSender(
            self.space, self.delivery, self.timing, _subscriptions(self.manifest)
        )
        self.acts = Acts(self.space, self.delivery, self.endpoint.note)
        self.talk = Talk(self.space)
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "Sandbox":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on the loopback interface."""
        self._runner = web.AppRunner(
            build_server(self), handler_cancellation=True, shutdown_timeout=0.5, access_log=None
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        await self.mailbox.start()
        port = self._runner.addresses[0][1]
        self.space.url = f"http://{HOST}:{port}"
        self.space.on_event = self.events.send

    async def stop(self) -> None:
        """Close all connections and stop listening."""
        self.space.on_event = ignore_event
        await self.events.close()
        await self.socket.close()
        await self.mailbox.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return self.space.url

    @property
    def api_url(self) -> str:
        """Return the Web API's base, for SLACK_API_URL."""
        return f"{self.space.url}/api/"

    @property
    def faults(self) -> Failures:
        """Return where tests say which calls shall fail."""
        return self.endpoint.failures

    @property
    def calls(self) -> list[Call]:
        """Return every call the bot made, oldest first."""
        return self.endpoint.calls

    @property
    def refused(self) -> list[Fault]:
        """Return what the checker refused."""
        return self.endpoint.refused

    @property
    def warnings(self) -> list[Fault]:
        """Return what the checker only warned of."""
        return self.endpoint.warnings

    def person(self, user: str) -> Person:
        """Return the hands and eyes of a person."""
        return Person(self.space, self.acts, self.talk, user)

    def messages(self, channel: str, thread: str | None = None) -> list[Json]:
        """Return copies of a conversation's messages, or of one thread, oldest first."""
        if channel.startswith("U"):
            channel = self.space.im(channel).id
        known = self.space.channel(channel)
        return deepcopy(known.thread(thread) if thread else known.roots())

    def messages_with(self, **payload: str) -> list[Json]:
        """Return copies of all messages whose metadata carries these values, oldest first."""
        everything = [m for channel in self.space.channels.values() for m in channel.messages]
        found = [m for m in everything if payload.items() <= _payload(m).items()]
        return deepcopy(sorted(found, key=lambda message: float(message["ts"])))

    async def until(self, predicate: Callable[[], T], timeout: float = 5) -> T:  # noqa: ASYNC109
        """Wait until a predicate holds and return what it returned."""
        deadline = asyncio.get_running_loop().time() + timeout
        while not (found := predicate()):
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0 or not await self.space.changes.wait(left):
                found = predicate()
                if not found:
                    raise TimeoutError(f"not within {timeout} s; last calls {self.calls[-3:]}")
                break
        return found


def _payload(message: Json) -> Json:
    payload: Json = message.get("metadata", {}).get("event_payload", {})
    return payload


def _scopes(manifest: Json) -> frozenset[str] | None:
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    return frozenset(scopes.get("bot", []) + scopes.get("bot_optional", [])) if scopes else None


def _subscriptions(manifest: Json) -> frozenset[str] | None:
    events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events")
    return frozenset(events) if events is not None else None
