"""The bot's own HTTP: Slack's requests in HTTP mode, whether it is well, and what it measures."""

import re
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.metrics import CONTENT_TYPE
from bot.os_errors import reason_of
from bot.pages.calendars import CalendarPages
from bot.pages.routes import Pages

log = structlog.get_logger(__name__)

BODY_LIMIT = 1_000_000  # bytes; Slack's own payloads are far smaller
_TIMESTAMP = re.compile(r"\d{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")

Ready = Callable[[], Awaitable[dict[str, bool]]]
Measured = Callable[[], Awaitable[bytes]]


def build_web(
    app: AsyncApp | None, ready: Ready, measured: Measured | None = None,
    *pages: Pages | CalendarPages,
) -> web.Application:  # fmt: skip
    """What people and machines open; with `app`, Slack's requests come in here too."""
    site = web.Application(client_max_size=BODY_LIMIT)

    async def healthz(request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(request: web.Request) -> web.Response:
        state = await ready()
        return web.json_response(state, status=200 if all(state.values()) else 503)

    async def metrics(request: web.Request) -> web.Response:
        found = await measured() if measured else b""
        return web.Response(body=found, headers={"Content-Type": CONTENT_TYPE})

    site.router.add_get("/healthz", healthz)
    site.router.add_get("/metrics", metrics)
    site.router.add_get("/readyz", readyz)
    for some in pages:
        some.add_to(site)
    if app is not None:
        site.router.add_post("/slack/events", _slack_events(app))
    return site


class CannotListen(RuntimeError):
    """The address is taken, or is none of this machine's."""


async def listen(runner: web.AppRunner, host: str, port: int) -> int:
    """Open the pages at an address; returns the port, which is a free one where 0 was asked."""
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise CannotListen(
            f"the bot cannot listen on {host}:{port} ({reason_of(error)}):"
            " choose another SOPBOT_PORT or SOPBOT_HOST"
        ) from None
    return int(runner.addresses[0][1])


def _slack_events(app: AsyncApp) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        if not _is_plausible(request):
            return web.json_response({"error": "invalid request"}, status=401)
        try:
            bolt = await to_bolt_request(request)
            answer = await app.async_dispatch(bolt)
        except web.HTTPException:
            raise
        except Exception as error:  # Bolt takes for granted that a payload has Slack's form
            return _unreadable(error)
        # Our listeners answer for themselves; it is Bolt that stumbled on the payload.
        return await to_aiohttp_response(answer) if answer.status < 500 else _unreadable(None)

    return handle


def _unreadable(error: Exception | None) -> web.Response:
    log.warning("unreadable request", error=repr(error)[:200])
    return web.json_response({"error": "unreadable request"}, status=400)


def _is_plausible(request: web.Request) -> bool:
    """Whether the signature headers have their form; Bolt fails on others with a 500."""
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    return bool(_TIMESTAMP.fullmatch(stamp) and _SIGNATURE.fullmatch(signature))
