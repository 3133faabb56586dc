"""Serve the page, its state, its changes and its acts."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox.browser.acts import PageActs
from bot.sandbox.browser.state import (
    describe_app,
    describe_place,
    describe_tips,
    show_messages,
)
from bot.sandbox.browser.words import FAILURES, say
from bot.sandbox.shapes import InteractionFailed, Json, SlackError
from bot.sandbox.state.cast import User
from bot.sandbox.state.files import StoredFile

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

PAGE = Path(__file__).parent.parent / "page"
KEEP_ALIVE = 15.0
# What people upload must not act as a page of this origin.
INERT = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}


class Browser:
    """The addresses of the page."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox, self._space = sandbox, sandbox.space
        self._acts = PageActs(sandbox)

    def add_to(self, app: web.Application) -> None:
        """Add the page's addresses to the server."""
        app.router.add_get("/", self._index)
        app.router.add_static("/static/", PAGE)
        app.router.add_get("/archives/{channel}/p{digits:\\d{16}}", self._permalink)
        app.router.add_get("/page/state", self._state)
        app.router.add_get("/page/messages", self._messages)
        app.router.add_get("/page/changes", self._changes)
        app.router.add_get("/page/file/{file}", self._file)
        app.router.add_post("/page/{act}", self._act)

    async def _index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    async def _permalink(self, request: web.Request) -> web.Response:
        digits = request.match_info["digits"]
        thread = request.query.get("thread_ts") or f"{digits[:10]}.{digits[10:]}"
        place = f"/#channel={request.match_info['channel']}&thread={thread}"
        raise web.HTTPFound(place)

    async def _state(self, request: web.Request) -> web.Response:
        user = self._person(request.query.get("as", ""))
        language = request.query.get("lang") or user.language
        return web.json_response(
            describe_place(self._space, user)
            | {
                "apps": [describe_app(self._sandbox.manifest)],
                "typing": self._sandbox.acts.busy.get(user.id, 0) > 0,
                "bot_connected": self._sandbox.delivery.connected,
                "tips": describe_tips(self._acts.done, language),
                "mails": [mail.as_page() for mail in reversed(self._sandbox.mailbox.mails)],
            }
        )

    async def _messages(self, request: web.Request) -> web.Response:
        query = request.query
        user = self._person(query.get("as", ""))
        try:
            channel, thread = query.get("channel", ""), query.get("thread")
            return web.json_response(
                {"messages": show_messages(self._space, user, channel, thread)}
            )
        except SlackError as refusal:
            return self._refusal(user, refusal)

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        told = int(request.query.get("since", "0"))
        while True:
            version = self._space.changes.version
            if version != told:
                told = version
                await response.write(f"data: {json.dumps({'version': told})}\n\n".encode())
            elif not await self._space.changes.wait(KEEP_ALIVE):
                await response.write(b": still here\n\n")

    async def _file(self, request: web.Request) -> web.Response:
        file = self._space.files.get(request.match_info["file"])
        if file is None or file.content is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.mimetype, headers=INERT)

    async def _act(self, request: web.Request) -> web.Response:
        act = self._acts.by_name.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        body, uploads = await _read(request)
        user = self._person(str(body.get("as", "")))
        try:
            files = [self._store(user, one) for one in uploads]
            answer: Json = {"ok": True} | await act(user.id, body, files)
        except (SlackError, InteractionFailed) as refusal:
            return self._refusal(user, refusal)
        except (KeyError, ValueError) as wrong:
            return web.json_response(
                {"ok": False, "error": "invalid_request", "message": str(wrong)}
            )
        return web.json_response(answer)

    def _store(self, user: User, upload: web.FileField) -> StoredFile:
        return self._sandbox.talk.upload(user.id, upload.filename, upload.file.read())

    def _person(self, user_id: str) -> User:
        user = self._space.users.get(user_id)
        if user is None or user.is_bot:
            raise web.HTTPNotFound(text="nobody of that name")
        return user

    def _refusal(self, user: User, refusal: SlackError | InteractionFailed) -> web.Response:
        body = {"ok": False, "error": refusal.error}
        message = say(FAILURES, refusal.error, user.language)
        return web.json_response(body | ({"message": message} if message else {}))


async def _read(request: web.Request) -> tuple[Json, list[web.FileField]]:
    """Return the fields of a JSON or multipart body, and its files."""
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body, []
    form = await request.post()
    files = [one for one in form.values() if isinstance(one, web.FileField)]
    return {k: v for k, v in form.items() if isinstance(v, str)}, files
