"""Serve the workspace's addresses, to this machine only."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.api import files
from bot.sandbox.browser.routes import Browser
from bot.sandbox.checker.messages import check_response_body
from bot.sandbox.people.answers import answer_hook
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import BOT_TOKEN

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

NAMES = ("127.0.0.1", "localhost", "::1")
DOWNLOAD, UPLOAD = "download", "upload"  # as tests name them that let them fail
MAX_UPLOAD = 64 * 1024 * 1024


def build_server(sandbox: "Sandbox") -> web.Application:
    """Put the Web API, Socket Mode, response URLs, files and the page under one address."""
    app = web.Application(middlewares=[_loopback_only], client_max_size=MAX_UPLOAD)
    endpoint = sandbox.endpoint
    app.router.add_route("*", "/api/{method:[a-zA-Z.]+}", endpoint.handle)
    app.router.add_get("/link/", sandbox.socket.handle)
    serving = Outside(sandbox)
    app.router.add_post("/hooks/{team}/{key}", serving.hook)
    app.router.add_post("/upload/{file}", serving.upload)
    app.router.add_get("/files-pri/{file}/{rest:.+}", serving.download)
    Browser(sandbox).add_to(app)
    return app


@web.middleware
async def _loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    host = urlsplit(f"//{request.host}").hostname
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if host not in NAMES or foreign:
        return web.json_response({"ok": False, "error": "foreign_host"}, status=403)
    return await handler(request)


class Outside:
    """The addresses the bot uses besides the Web API."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._space = sandbox.space
        self._endpoint = sandbox.endpoint

    async def hook(self, request: web.Request) -> web.Response:
        """Take a post to a response URL."""
        try:
            body: Json = await request.json()
            errors = self._endpoint.note(check_response_body(body), "response_url")
            if errors:
                raise SlackError(errors[0].error)
            hook = self._space.hooks.use(request.match_info["key"])
            answer_hook(self._space, hook, body)
        except SlackError as refusal:
            return web.json_response({"ok": False, "error": refusal.error}, status=404)
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take the bytes of an announced file, bare or as a form."""
        if request.content_type == "multipart/form-data":
            form = await request.post()
            field = next(iter(form.values()), b"")
            content = field.file.read() if isinstance(field, web.FileField) else b""
        else:
            content = await request.read()
        if failure := self._endpoint.failures.take(UPLOAD):
            return await self._endpoint.fail(request, UPLOAD, failure)
        try:
            files.receive(self._space, request.match_info["file"], content)
        except SlackError as refusal:
            return web.Response(status=400, text=refusal.error)
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give a file's bytes to who shows the bot's token, as files.slack.com does."""
        if failure := self._endpoint.failures.take(DOWNLOAD):
            return await self._endpoint.fail(request, DOWNLOAD, failure)
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        file = self._space.files.get(request.match_info["file"].partition("-")[2])
        if file is None or file.content is None or file.deleted:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.mimetype)
