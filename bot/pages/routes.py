"""The addresses outsiders open; every link that does not work looks the same."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web

from bot.clock import Clock
from bot.letters import DOCX
from bot.pages.filling import Filling
from bot.pages.html import HEADERS, build_notice
from bot.pages.limits import Limiter, address_of
from bot.pages.posted import Posted, is_foreign, language_of, nonce_of, read_posted
from bot.pages.signatures import Signing
from bot.pages.signing import build_sign_page
from bot.services.outside import Opened, OutsideService
from bot.views.mails import docx_of, file_name

TOKEN = 43  # characters of 256 bits

Handle = Callable[[web.Request], Awaitable[web.Response]]


class Pages:
    """The pages; `clock` is the workspace's."""

    def __init__(self, outside: OutsideService, clock: Clock) -> None:
        self._outside = outside
        self._clock = clock
        self._limiter = Limiter()
        self._signing = Signing(outside, clock)
        self._filling = Filling(outside, clock)

    def add_to(self, site: web.Application) -> None:
        """Add the addresses; HEAD is answered like GET, and neither uses a link up."""
        site.router.add_get("/sign/{token}", self._guarded("sign", self._show_document))
        site.router.add_post("/sign/{token}", self._posted("sign", self._signing.handle))
        site.router.add_get("/form/{token}", self._guarded("form", self._show_form))
        site.router.add_post("/form/{token}", self._posted("form", self._filling.handle))

    def _guarded(
        self, kind: str, show: Callable[[web.Request, Opened, str], Awaitable[web.Response]]
    ) -> Handle:
        async def handle(request: web.Request) -> web.Response:
            if self._limiter.is_over(address_of(request)):
                return answer(build_notice(language_of(request), "busy"), status=429)
            token = request.match_info["token"]
            # Only one of our length is looked up; the look-up of any of them costs the same.
            opened = await self._outside.open(token[: TOKEN + 1], kind, at=self._clock.now())
            if opened is None:
                return self._gone(request)
            return await show(request, opened, token)

        return handle

    def _posted(
        self, kind: str, act: Callable[[Opened, str, Posted], Awaitable[str | None]]
    ) -> Handle:
        async def show(request: web.Request, opened: Opened, token: str) -> web.Response:
            posted = await read_posted(request)
            if is_foreign(request) or not posted.fits(nonce_of(token, opened)):
                return self._gone(request)
            page = await act(opened, token, posted)
            return self._gone(request) if page is None else answer(page)

        return self._guarded(kind, show)

    def _gone(self, request: web.Request) -> web.Response:
        self._limiter.miss(address_of(request))
        return answer(build_notice(language_of(request), "gone"), status=404)

    async def _show_document(
        self, request: web.Request, opened: Opened, token: str
    ) -> web.Response:
        if request.query.get("as") == "docx":
            return word_file(opened)
        has_mail = self._outside.has_mail
        return answer(build_sign_page(opened, nonce_of(token, opened), has_mail=has_mail))

    async def _show_form(self, request: web.Request, opened: Opened, token: str) -> web.Response:
        return answer(self._filling.show(opened, token))


def answer(page: str, *, status: int = 200) -> web.Response:
    """A page that nobody keeps, frames or indexes."""
    return web.Response(text=page, content_type="text/html", status=status, headers=HEADERS)


def word_file(opened: Opened) -> web.Response:
    """The newest version as a Word file."""
    run, step, document = opened.run, opened.step, opened.document
    version = document.versions[-1]
    name = quote(f"{file_name(run, step)}-v{version.number}.docx")
    there = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    body = docx_of(run, step, document, version)
    return web.Response(body=body, content_type=DOCX, headers={**HEADERS, **there})
