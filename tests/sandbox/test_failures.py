"""Calls fail when Slack's pace is broken, or when a test wants it."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.api.pace import BURST
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.samples import TEXT
from tests.sandbox.test_api import DEALER, post, refusal


async def test_a_channel_takes_a_message_a_second_after_a_small_burst() -> None:
    async with Sandbox(post_every=30) as sandbox:
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        for _ in range(BURST):
            await post(client)
        with pytest.raises(SlackApiError) as caught:
            await post(client)
        assert caught.value.response.status_code == 429
        assert caught.value.response["error"] == "ratelimited"
        assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 30
        await client.chat_postMessage(channel="C0MARKET", text=TEXT)


async def test_a_method_has_its_tier() -> None:
    async with Sandbox(post_every=1) as sandbox:
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        for _ in range(20 + BURST):
            await refusal(client.pins_add(channel=DEALER, timestamp="1000000000.000000"))
        late = client.pins_add(channel=DEALER, timestamp="1000000000.000000")
        assert await refusal(late) == "ratelimited"


async def test_a_planned_limit_carries_its_wait(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("chat.postMessage", "ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await post(client)
    assert caught.value.response.headers["Retry-After"] == "7"
    await post(client)
    assert len(sandbox.messages(DEALER)) == 1


async def test_a_planned_error_has_its_name(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("chat.postMessage", "error:restricted_action", times=2)
    assert await refusal(post(client)) == "restricted_action"
    assert await refusal(post(client)) == "restricted_action"
    await post(client)


async def test_a_server_error_is_no_answer(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add("chat.postMessage", "http_500")
    with pytest.raises(SlackApiError):
        await post(client)
    assert sandbox.messages(DEALER) == []


@pytest.mark.parametrize(("kind", "posted"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_lost_connection_may_or_may_not_have_taken_effect(
    sandbox: Sandbox, client: AsyncWebClient, kind: str, posted: int
) -> None:
    sandbox.faults.add("chat.postMessage", kind)
    with pytest.raises(aiohttp.ClientError):
        await post(client)
    assert len(sandbox.messages(DEALER)) == posted


async def test_a_silent_call_ends_when_the_client_gives_up(sandbox: Sandbox) -> None:
    client = AsyncWebClient(
        token=sandbox.bot_token, base_url=sandbox.api_url, timeout=1, retry_handlers=[]
    )
    sandbox.faults.add("chat.postMessage", "timeout")
    with pytest.raises(TimeoutError):
        await post(client)
    await post(client)
    assert len(sandbox.messages(DEALER)) == 1


def test_an_unknown_kind_of_failure_is_told(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="error:<name>"):
        sandbox.faults.add("chat.postMessage", "explode")
