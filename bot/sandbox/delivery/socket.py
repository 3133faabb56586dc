"""Speak Socket Mode: single-use tickets, hello, envelopes and their acknowledgements."""

import asyncio
import json
import uuid
from contextlib import suppress

from aiohttp import WSMsgType, web

from bot.sandbox.delivery.envelopes import Envelope, Timing
from bot.sandbox.shapes import InteractionFailed, Json, SlackError
from bot.sandbox.state.cast import APP_ID
from bot.sandbox.state.workspace import Workspace

CONNECTION_LIMIT = 10


class SocketMode:
    """Hold the bot's connections and give each payload to one of them in turn."""

    def __init__(self, space: Workspace, timing: Timing) -> None:
        self._space, self._timing = space, timing
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turn = 0
        self.refusing = 0  # connections to turn away

    @property
    def connected(self) -> bool:
        """Tell whether the bot has a connection open."""
        return bool(self._sockets)

    @property
    def connections(self) -> int:
        """Count the bot's open connections."""
        return len(self._sockets)

    def open(self) -> Json:
        """Answer apps.connections.open with a URL that works once."""
        if self.connections >= CONNECTION_LIMIT:
            raise SlackError("too_many_websockets")
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        url = self._space.url.replace("http", "ws", 1)
        return {"url": f"{url}/link/?ticket={ticket}&app_id={APP_ID}"}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="ticket unknown or used")
        self._tickets.remove(ticket)
        if self.refusing:
            self.refusing -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        await socket.send_json(self._hello())
        self._sockets.append(socket)
        self._space.changes.bump()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self._forget(socket)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.connections + 1,
            "connection_info": {"app_id": APP_ID},
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": 3600,
            },
        }

    def _take(self, text: str) -> None:
        with suppress(ValueError):
            answer = json.loads(text)
            waiting = self._waiting.get(answer.get("envelope_id", ""))
            if waiting is not None and not waiting.done():
                waiting.set_result(answer.get("payload") or {})

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
            self._space.changes.bump()

    async def send(self, envelope: Envelope) -> Json:
        """Send an envelope to the next connection and wait for its acknowledgement."""
        if not self._sockets:
            raise InteractionFailed("dispatch_failed", "the app is not connected")
        self._turn += 1
        socket = self._sockets[self._turn % len(self._sockets)]
        envelope_id = str(uuid.uuid4())
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            async with asyncio.timeout(self._timing.ack_within):
                await socket.send_json(_written(envelope, envelope_id))
                return await waiting
        except (TimeoutError, ConnectionError):
            raise InteractionFailed("operation_timeout", "the app did not answer in time") from None
        finally:
            del self._waiting[envelope_id]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to leave and come back, then close it."""
        for socket in [*self._sockets]:
            with suppress(ConnectionError):
                notice = {"type": "disconnect", "reason": reason}
                await socket.send_json(notice | {"debug_info": {"host": "sandbox"}})
            self._forget(socket)
            await socket.close()

    async def close(self) -> None:
        """Close every connection without a word."""
        for socket in [*self._sockets]:
            self._forget(socket)
            await socket.close()


def _written(envelope: Envelope, envelope_id: str) -> Json:
    written = {
        "envelope_id": envelope_id,
        "type": envelope.type,
        "accepts_response_payload": envelope.accepts_response,
        "payload": envelope.payload,
    }
    if envelope.type == "events_api":
        written["retry_attempt"] = envelope.retry_attempt
        written["retry_reason"] = envelope.retry_reason
    return written
