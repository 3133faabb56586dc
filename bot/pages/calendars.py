"""The addresses of calendar links; whatever does not work looks like any page there is not."""

from collections.abc import Callable
from hashlib import sha256

from aiohttp import web

from bot.clock import Clock
from bot.exports import as_feed
from bot.services.feeds import FeedService

TOKEN = 43  # characters of 256 bits
# A calendar asks as often as it likes; the link is a secret, so nobody between keeps the answer.
HEADERS = {
    "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
}  # fmt: skip


class CalendarPages:
    """Calendar feeds; `address` tells where the workspace is on the web.

    Misses are not counted by address: calendars of many people are read from a few machines of
    one provider, and a token of 256 bits is not found by trying.
    """

    def __init__(self, feeds: FeedService, clock: Clock, address: Callable[[], str]) -> None:
        self._feeds = feeds
        self._clock = clock
        self._address = address

    def add_to(self, site: web.Application) -> None:
        """Add the address; HEAD is answered like GET."""
        site.router.add_get("/calendar/{token}.ics", self._show)

    async def _show(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        # Only one of our length is looked up; the look-up of any of them costs the same.
        agenda = await self._feeds.open(token[: TOKEN + 1], at=self._clock.now())
        if agenda is None:
            return web.Response(status=404, text="404: Not Found", headers=HEADERS)
        body = as_feed.write(agenda, self._address())
        tag = f'"{sha256(body).hexdigest()}"'
        known = {one.strip().removeprefix("W/") for one in _known(request)}
        if tag in known or "*" in known:
            return web.Response(status=304, headers={**HEADERS, "ETag": tag})
        return web.Response(
            body=body, content_type="text/calendar", charset="utf-8",
            headers={**HEADERS, "ETag": tag, "Content-Disposition": 'inline; filename="sop.ics"'},
        )  # fmt: skip


def _known(request: web.Request) -> list[str]:
    return request.headers.get("If-None-Match", "").split(",")
