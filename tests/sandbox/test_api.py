"""The Web API answers, and refuses, as Slack does."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from tests.sandbox.samples import TEXT, modal, section

DEALER = "C0DEALER"


async def refusal(call: Any) -> str:
    """Return the error name a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def post(client: AsyncWebClient, **extra: Any) -> str:
    response = await client.chat_postMessage(channel=DEALER, text=TEXT, **extra)
    return str(response["ts"])


async def test_the_bot_learns_who_it_is(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"]) == ("U0SOPBOT", "B0SOPBOT")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_people_have_a_locale_and_a_zone(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="U0CHEN", include_locale=True))["user"]
    assert (user["locale"], user["tz"], user["tz_offset"]) == ("zh-TW", "Asia/Taipei", 28800)
    plain = (await client.users_info(user="U0ANNA"))["user"]
    assert "locale" not in plain
    assert plain["tz_offset"] == 3600


async def test_metadata_is_read_back_only_when_asked_for(client: AsyncWebClient) -> None:
    metadata = {"event_type": "sopbot", "event_payload": {"key": "run:1"}}
    await post(client, metadata=metadata)
    plain = await client.conversations_history(channel=DEALER)
    full = await client.conversations_history(channel=DEALER, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_history_is_paged_newest_first(client: AsyncWebClient) -> None:
    times = [await post(client) for _ in range(5)]
    first = await client.conversations_history(channel=DEALER, limit=3)
    assert [one["ts"] for one in first["messages"]] == times[:1:-1]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel=DEALER, limit=3, cursor=cursor)
    assert [one["ts"] for one in rest["messages"]] == times[1::-1]
    newer = await client.conversations_history(channel=DEALER, oldest=times[2])
    assert len(newer["messages"]) == 2


async def test_a_thread_counts_its_replies_and_shows_broadcasts(client: AsyncWebClient) -> None:
    root = await post(client)
    reply = await post(client, thread_ts=root)
    loud = await post(client, thread_ts=root, reply_broadcast=True)
    thread = await client.conversations_replies(channel=DEALER, ts=root)
    assert [one["ts"] for one in thread["messages"]] == [root, reply, loud]
    assert thread["messages"][0]["reply_count"] == 2
    history = await client.conversations_history(channel=DEALER)
    assert [one["ts"] for one in history["messages"]] == [loud, root]


async def test_an_update_keeps_metadata_unless_it_is_emptied(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    metadata = {"event_type": "sopbot", "event_payload": {"key": "k"}}
    ts = await post(client, metadata=metadata)
    await client.chat_update(channel=DEALER, ts=ts, text="Another text, as long")
    assert sandbox.messages(DEALER)[0]["metadata"] == metadata
    assert sandbox.messages(DEALER)[0]["edited"]
    await client.chat_update(channel=DEALER, ts=ts, text="Another text, as long", metadata={})
    assert "metadata" not in sandbox.messages(DEALER)[0]


async def test_a_picture_is_uploaded_alone_and_shown_in_a_block(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    answer = await client.files_upload_v2(content=b"\x89PNG", filename="g.png", alt_txt="Gantt")
    file = answer["files"][0]
    image = {"type": "image", "slack_file": {"id": file["id"]}, "alt_text": "Gantt of the run"}
    await post(client, blocks=[image])
    assert sandbox.messages(DEALER)[0]["blocks"][0]["slack_file"] == {"id": file["id"]}
    missing = image | {"slack_file": {"id": "F0NONE"}}
    assert await refusal(post(client, blocks=[missing])) == "invalid_blocks"
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
        async with session.get(file["url_private_download"], headers=headers) as got:
            assert await got.read() == b"\x89PNG"
        async with session.get(file["url_private_download"]) as got:
            assert got.content_type == "text/html"


async def test_a_deleted_root_with_replies_leaves_a_tombstone(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    root = await post(client)
    await post(client, thread_ts=root)
    await client.chat_delete(channel=DEALER, ts=root)
    assert sandbox.messages(DEALER, root)[0]["subtype"] == "tombstone"


async def test_a_permalink_leads_to_the_page(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ts = await post(client)
    link = (await client.chat_getPermalink(channel=DEALER, message_ts=ts))["permalink"]
    async with (
        aiohttp.ClientSession() as session,
        session.get(link, allow_redirects=False) as got,
    ):
        assert got.headers["Location"] == f"/#channel={DEALER}&thread={ts}"


async def test_a_refusal_says_where_the_fault_is(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await post(client, blocks=[section(), {"type": "poem"}])
    messages = caught.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] unsupported type: poem [json-pointer:/blocks/1/type]"]


async def test_refused_and_warned_calls_are_kept_for_tests(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=DEALER, text="short")
    await refusal(client.chat_postMessage(channel=DEALER, text="x" * 40_001))
    assert [fault.rule for fault in sandbox.warnings][:1] == [5]
    assert [(fault.rule, fault.method) for fault in sandbox.refused] == [(6, "chat.postMessage")]


async def test_a_stale_view_is_refused(sandbox: Sandbox, client: AsyncWebClient) -> None:
    trigger = sandbox.space.triggers.issue("U0LI")
    view = (await client.views_open(trigger_id=trigger, view=modal()))["view"]
    await client.views_update(view_id=view["id"], view=modal(), hash=view["hash"])
    late = client.views_update(view_id=view["id"], view=modal(), hash=view["hash"])
    assert await refusal(late) == "hash_conflict"
