"""Signed requests that are not what Slack sends: never a 5xx, and never our insides."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scenarios.over_http import http_world, signed
from tests.scenarios.reading import Json
from tests.scenarios.spoiling import FORM, bodies, spoilt, story, written
from tests.scenarios.world import CHANNEL, WANG, World

AT_ONCE = 8  # requests

CLICK: Json = {
    "type": "block_actions", "user": {"id": WANG}, "team": {"id": "T0SANDBOX"},
    "container": {"type": "message", "channel_id": CHANNEL, "message_ts": "1.2"},
    "actions": [{"action_id": "step.done", "type": "button", "value": "run/step"}],
}  # fmt: skip
SPOILT: list[Json] = [
    {"actions": []}, {"actions": None}, {"actions": [7]}, {"user": None}, {"team": None},
    {"state": None}, {"container": []}, {"trigger_id": 7},
    {"view": None, "type": "view_submission"},
    {"view": {"callback_id": "run.start", "blocks": 7}, "type": "view_submission"},
]  # fmt: skip


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[tuple[World, str]]:
    """The workspace, the bot in HTTP mode, and its address."""
    async with http_world(tmp_path) as (world, url):
        yield world, url


async def answer(session: aiohttp.ClientSession, url: str, body: str, kind: str) -> str:
    """What is wrong with the answer to a request, if anything is."""
    headers = signed(body) | {"Content-Type": kind}
    async with session.post(f"{url}/slack/events", data=body.encode(), headers=headers) as given:
        text = await given.text()
        insides = "Traceback" in text or "site-packages" in text
        return f"{given.status} {text}" if given.status >= 500 or insides else ""


async def faults(url: str, requests: list[tuple[str, str, str]]) -> list[str]:
    """The requests that are answered wrong, with the answer."""
    limit = asyncio.Semaphore(AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=20)
    async with aiohttp.ClientSession(timeout=timeout) as session:

        async def ask(name: str, body: str, kind: str) -> str:
            async with limit:
                wrong = await answer(session, url, body, kind)
                return f"{name}: {wrong}" if wrong else ""

        return [wrong for wrong in await asyncio.gather(*(ask(*r) for r in requests)) if wrong]


@pytest.mark.parametrize("part", [40, pytest.param(1, marks=pytest.mark.soak)])
async def test_a_payload_of_any_kind_with_anything_wrong_in_it_is_answered(
    web: tuple[World, str], part: int
) -> None:
    world, url = web
    envelopes = await story(world)
    assert len(envelopes) > 12
    requests = [
        (f"{name}: {what}", *written(envelope, payload))
        for name, envelope in envelopes.items()
        for what, payload in spoilt(envelope.payload)
    ]
    some = Random(1).sample(requests, len(requests) // part)  # noqa: S311
    assert await faults(url, some) == []
    assert (await world.wang.command("/sop help"))["text"]


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests=st.lists(bodies(), min_size=20, max_size=40))
async def test_a_body_that_holds_anything_at_all_is_answered(
    web: tuple[World, str], requests: list[tuple[str, str, str]]
) -> None:
    _, url = web
    assert await faults(url, requests) == []


async def test_a_click_without_what_belongs_to_it_is_answered(web: tuple[World, str]) -> None:
    payloads: list[Any] = [*(CLICK | spoil for spoil in SPOILT), [], 7, None, "word"]
    wrong = [urlencode({"payload": json.dumps(payload)}) for payload in payloads]
    requests = [(body, body, FORM) for body in (*wrong, wrong[0][:-9], "payload=", "payload")]
    assert await faults(web[1], requests) == []
