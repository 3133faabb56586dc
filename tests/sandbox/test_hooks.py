"""A response URL replaces, deletes and adds messages."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from tests.sandbox.samples import TEXT, actions, section

Json = dict[str, Any]
DEALER = "C0DEALER"


async def send(sandbox: Sandbox, key: str, **body: Any) -> int:
    """Post to a response URL and return the status."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.url}/hooks/T0SANDBOX/{key}", json=body) as got,
    ):
        return got.status


@pytest.fixture
async def whisper(sandbox: Sandbox, client: AsyncWebClient) -> Json:
    """Show Li a private message with a button."""
    await client.chat_postEphemeral(
        channel=DEALER, user="U0LI", text=TEXT, blocks=[section(), actions()]
    )
    return sandbox.person("U0LI").ephemerals(DEALER)[0]


async def test_a_private_message_is_replaced_in_place(sandbox: Sandbox, whisper: Json) -> None:
    key = sandbox.space.hooks.issue("U0LI", DEALER, message_ts=whisper["ts"])
    assert await send(sandbox, key, replace_original=True, text="That is settled now") == 200
    shown = sandbox.person("U0LI").ephemerals(DEALER)
    assert [(one["ts"], one["text"]) for one in shown] == [(whisper["ts"], "That is settled now")]
    assert "blocks" not in shown[0]


async def test_a_private_message_is_taken_back(sandbox: Sandbox, whisper: Json) -> None:
    key = sandbox.space.hooks.issue("U0LI", DEALER, message_ts=whisper["ts"])
    assert await send(sandbox, key, delete_original=True) == 200
    assert sandbox.person("U0LI").ephemerals() == []


async def test_an_answer_is_private_unless_said_otherwise(sandbox: Sandbox) -> None:
    key = sandbox.space.hooks.issue("U0LI", "C0BRAND")
    await send(sandbox, key, text="For you alone, Li")
    await send(sandbox, key, text="For all in the channel", response_type="in_channel")
    assert [one["text"] for one in sandbox.messages("C0BRAND")] == ["For all in the channel"]
    private = sandbox.person("U0LI").ephemerals("C0BRAND")
    assert [one["text"] for one in private] == ["For you alone, Li"]


async def test_an_answer_finds_its_thread(sandbox: Sandbox) -> None:
    root = await sandbox.person("U0LI").post(DEALER, "a question")
    key = sandbox.space.hooks.issue("U0LI", DEALER)
    await send(
        sandbox, key, text="An answer to it", response_type="in_channel", thread_ts=root["ts"]
    )
    assert sandbox.messages(DEALER, root["ts"])[-1]["text"] == "An answer to it"


async def test_a_wrong_answer_is_refused_and_kept(sandbox: Sandbox) -> None:
    key = sandbox.space.hooks.issue("U0LI", DEALER)
    assert await send(sandbox, key, text=TEXT, blocks=[{"type": "poem"}]) == 404
    assert [(one.method, one.rule) for one in sandbox.refused] == [("response_url", 31)]
    assert await send(sandbox, "made-up", text=TEXT) == 404


async def test_messages_are_found_by_their_metadata(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    for key in ("a", "b"):
        metadata = {"event_type": "sopbot", "event_payload": {"key": key, "kind": "step"}}
        await client.chat_postMessage(channel=DEALER, text=TEXT, metadata=metadata)
    assert len(sandbox.messages_with(kind="step")) == 2
    assert len(sandbox.messages_with(kind="step", key="b")) == 1
