"""HTTP mode, and whether the bot is well, over real sockets."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from tests.scenarios.over_http import http_world, post, signed
from tests.scenarios.world import LI, World


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[tuple[World, str]]:
    """The bot in HTTP mode, and its address; afterwards Slack has refused nothing."""
    async with http_world(tmp_path) as (world, url):
        yield world, url
    assert world.sandbox.refused == []
    assert world.sandbox.events.lost == []


async def test_a_run_is_led_over_signed_requests(web: tuple[World, str]) -> None:
    world, _ = web
    await world.start()
    await world.finish("plain", world.li)
    await world.finish("page", world.li, {"evidence": "https://example.com"})
    await world.li.open_home()
    await world.settle()
    assert world.li.home
    assert world.card("plain")["text"].startswith("✅")
    await world.anna.click(world.card("venue"), "step.done")
    await world.settle()
    assert f"<@{LI}>" in world.whispers(world.anna)[-1]


async def test_slack_s_own_check_of_the_address_is_answered(web: tuple[World, str]) -> None:
    _, url = web
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
    assert await post(url, body, signed(body)) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Request-Timestamp": "yesterday", "X-Slack-Signature": "v0=" + "a" * 64},
        {"X-Slack-Request-Timestamp": "9" * 400, "X-Slack-Signature": "v0=" + "a" * 64},
        {"X-Slack-Request-Timestamp": "1755655200", "X-Slack-Signature": "v0=中文"},
        {"X-Slack-Request-Timestamp": "-1", "X-Slack-Signature": "v0=" + "a" * 64},
        {"X-Slack-Request-Timestamp": "１７５５", "X-Slack-Signature": "v0=" + "a" * 64},
        signed("{}", secret="another"),
        signed("{}", stamp="1755655200"),
        signed('{"a": 1}'),
    ],
)  # fmt: skip
async def test_what_slack_has_not_signed_is_refused(
    web: tuple[World, str], headers: dict[str, str]
) -> None:
    _, url = web
    assert await post(url, "{}", {"Content-Type": "application/json"} | headers) == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{not json", "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        (b"payload=%7Bbroken", "application/x-www-form-urlencoded"),
        (b"[]", "application/json"),
        (b"{}", "application/json; charset=klingon"),
        (b"[" * 100_000, "application/json"),
    ],
)
async def test_what_cannot_be_read_is_refused_and_breaks_nothing(
    web: tuple[World, str], body: bytes, kind: str
) -> None:
    _, url = web
    headers = signed(body.decode(errors="replace")) | {"Content-Type": kind}
    assert await post(url, body, headers) in {400, 401}
    challenge = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
    assert await post(url, challenge, signed(challenge)) == 200


async def test_a_huge_body_is_refused(web: tuple[World, str]) -> None:
    _, url = web
    body = "x" * 2_000_000
    assert await post(url, BytesIO(body.encode()), signed(body)) == 413


async def healthy(url: str, page: str) -> int:
    """The status of a page."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/{page}") as answer:
        return answer.status


async def test_the_bot_says_that_it_is_well_over_http(web: tuple[World, str]) -> None:
    _, url = web
    assert [await healthy(url, page) for page in ("healthz", "readyz")] == [200, 200]


async def test_the_bot_says_that_it_is_well_in_socket_mode_and_takes_no_requests(
    world: World,
) -> None:
    url = f"http://127.0.0.1:{world.bot.port}"
    assert [await healthy(url, page) for page in ("healthz", "readyz")] == [200, 200]
    assert await post(url, "{}", signed("{}")) == 404


async def test_a_database_that_is_gone_makes_the_bot_unready_but_alive(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> bool:
        raise OSError("no such host")

    monkeypatch.setattr(world.bot.database, "is_current", gone)
    url = f"http://127.0.0.1:{world.bot.port}"
    assert [await healthy(url, page) for page in ("healthz", "readyz")] == [200, 503]


async def test_a_lost_connection_to_slack_makes_the_bot_unready(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away() -> bool:
        return False

    assert world.bot._socket
    monkeypatch.setattr(world.bot._socket.client, "is_connected", away)
    assert await healthy(f"http://127.0.0.1:{world.bot.port}", "readyz") == 503
