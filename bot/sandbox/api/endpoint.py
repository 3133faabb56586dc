"""Answer calls of the Web API: who calls, what is wrong with it, at what pace, then do it."""

import asyncio
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import NamedTuple

from aiohttp import web

from bot.sandbox.api.arguments import read_arguments
from bot.sandbox.api.failures import AFTERWARDS, Failure, Failures
from bot.sandbox.api.pace import Pace
from bot.sandbox.api.table import ANSWERS
from bot.sandbox.checker.calls import check_call
from bot.sandbox.checker.faults import Fault, errors, warnings
from bot.sandbox.checker.methods import METHODS
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import APP_TOKEN, BOT_TOKEN
from bot.sandbox.state.workspace import Workspace

APP_METHOD = "apps.connections.open"


class Call(NamedTuple):
    """One call the bot made, and what it was answered."""

    method: str
    args: Json
    response: Json


class Endpoint:
    """The Web API of one workspace, and the log of what was asked of it."""

    def __init__(
        self,
        space: Workspace,
        pace: Pace,
        open_connection: Callable[[], Json],
        scopes: frozenset[str] | None = None,
    ) -> None:
        self.pace = pace
        self.failures = Failures()
        self.calls: list[Call] = []
        self.refused: list[Fault] = []
        self.warnings: list[Fault] = []
        self._space = space
        self._open_connection = open_connection
        self._scopes = scopes

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, or fail in the way a test asked for."""
        method = request.match_info["method"]
        if method not in METHODS:
            self._note(check_call(method, {}))
            return self._log(method, {}, {"ok": False, "error": "unknown_method"})
        failure = self.failures.take(method)
        if failure and failure.kind not in AFTERWARDS:
            early = await self.fail(request, method, failure)
            if early is not None:
                return early
        response = await self._answer(request, method)
        if failure and failure.kind == "late":
            await self.failures.answering()
        if failure and failure.kind == "drop_after":
            return _drop(request)
        return response

    async def fail(self, request: web.Request, method: str, failure: Failure) -> web.StreamResponse:
        """Fail in the way a test asked for, as far as that needs no effect."""
        if failure.kind == "timeout":
            await asyncio.Event().wait()
        if failure.kind == "drop_before":
            return _drop(request)
        if failure.kind == "http_500":
            # Proxies answer so: no JSON, whatever the header says.
            page = "<h1>Internal Server Error</h1>"
            return web.Response(status=500, text=page, content_type="application/json")
        if failure.kind == "ratelimited":
            return self._slow_down(method, {}, failure.retry_after)
        error = failure.kind.removeprefix("error:")
        return self._log(method, {}, {"ok": False, "error": error})

    async def _answer(self, request: web.Request, method: str) -> web.StreamResponse:
        args: Json = {}
        try:
            self._admit(request, method)
            args = await read_arguments(request, method)
            faults = self._note(check_call(method, args))
            if faults:
                raise _refusal(faults)
            wait = self.pace.wait(method, args)
            if wait:
                return self._slow_down(method, args, wait)
            body: Json = {"ok": True} | self._perform(method, args)
        except SlackError as refusal:
            body = {"ok": False, "error": refusal.error} | refusal.extra
        return self._log(method, args, body)

    def _perform(self, method: str, args: Json) -> Json:
        if method == APP_METHOD:
            return self._open_connection()
        return ANSWERS[method](self._space, args)

    def _admit(self, request: web.Request, method: str) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token:
            raise SlackError("not_authed")
        if token not in (APP_TOKEN, BOT_TOKEN):
            raise SlackError("invalid_auth")
        if (token == APP_TOKEN) != (method == APP_METHOD):
            raise SlackError("not_allowed_token_type")
        needed = METHODS[method].scopes
        if needed and self._scopes is not None and not self._scopes.intersection(needed):
            provided = ",".join(sorted(self._scopes))
            raise SlackError("missing_scope", needed=",".join(needed), provided=provided)

    def _note(self, faults: list[Fault]) -> list[Fault]:
        """Keep the faults in the log and return the errors."""
        self.refused += errors(faults)
        self.warnings += warnings(faults)
        return errors(faults)

    def note(self, faults: list[Fault], method: str) -> list[Fault]:
        """Keep the faults of an answer that came by another way than a call."""
        return self._note([replace(fault, method=method) for fault in faults])

    def _slow_down(self, method: str, args: Json, seconds: int) -> web.Response:
        body = {"ok": False, "error": "ratelimited"}
        return self._log(method, args, body, status=429, headers={"Retry-After": str(seconds)})

    def _log(
        self,
        method: str,
        args: Json,
        body: Json,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> web.Response:
        self.calls.append(Call(method, args, deepcopy(body)))
        self._space.changes.signal()
        scopes = self._scopes or {s for known in METHODS.values() for s in known.scopes}
        shown = {"X-OAuth-Scopes": ",".join(sorted(scopes))} | (headers or {})
        return web.json_response(body, status=status, headers=shown)


def _refusal(faults: list[Fault]) -> SlackError:
    """Put the first error in Slack's own form, with all messages."""
    error = faults[0].error
    pointers = [f"[ERROR] {f.message} [json-pointer:{f.path}]" for f in faults if f.error == error]
    return SlackError(error, response_metadata={"messages": pointers})


def _drop(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
