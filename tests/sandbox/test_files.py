"""Files: sent in three calls, shown in a thread, changed and deleted by people."""

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from tests.sandbox.test_api import DEALER, post, refusal

CONTENT = b"%PDF-1.4"
Json = dict[str, Any]


async def announced(client: AsyncWebClient, content: bytes = CONTENT) -> Any:
    return await client.files_getUploadURLExternal(filename="kv.pdf", length=len(content))


async def put(address: str, content: bytes = CONTENT) -> int:
    async with aiohttp.ClientSession() as session, session.post(address, data=content) as taken:
        return taken.status


async def uploaded(client: AsyncWebClient) -> str:
    asked = await announced(client)
    assert await put(asked["upload_url"]) == 200
    return str(asked["file_id"])


async def read(sandbox: Sandbox, address: str) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession() as session, session.get(address, headers=headers) as got:
        return got.status, await got.read()


async def test_a_file_reaches_a_direct_message_under_a_message(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    direct = (await client.conversations_open(users="U0LI"))["channel"]["id"]
    root = (await client.chat_postMessage(channel=direct, text="Please look at this"))["ts"]
    file = await uploaded(client)
    await client.files_completeUploadExternal(
        files=[{"id": file, "title": "Visual"}], channel_id=direct, thread_ts=root
    )
    [reply] = sandbox.messages(direct, root)[1:]
    assert (reply["subtype"], reply["files"][0]["title"]) == ("file_share", "Visual")
    assert "metadata" not in reply


async def test_an_upload_has_the_length_it_was_announced_with_and_comes_once(
    client: AsyncWebClient,
) -> None:
    asked = await announced(client)
    assert await put(asked["upload_url"], b"other") == 400
    assert await put(asked["upload_url"]) == 200
    assert await put(asked["upload_url"]) == 400


async def test_what_is_not_whole_is_not_shown(sandbox: Sandbox, client: AsyncWebClient) -> None:
    asked = await announced(client)
    share = client.files_completeUploadExternal
    empty = share(files=[{"id": asked["file_id"]}], channel_id=DEALER)
    assert await refusal(empty) == "file_not_found"
    assert await refusal(client.files_info(file=asked["file_id"])) == "file_not_found"
    file = await uploaded(client)
    astray = share(files=[{"id": file}], channel_id=DEALER, thread_ts="1000000000.000000")
    assert await refusal(astray) == "thread_not_found"
    await share(files=[{"id": file}], channel_id=DEALER, thread_ts=await post(client))
    again = share(files=[{"id": file}], channel_id=DEALER)
    assert await refusal(again) == "file_already_completed"
    theirs = sandbox.talk.upload("U0LI", "kv.pdf", CONTENT)
    assert await refusal(share(files=[{"id": theirs.id}])) == "file_not_found"


async def test_the_bot_hears_that_a_file_was_changed_and_deleted(
    sandbox: Sandbox, client: AsyncWebClient, seen: list[Json]
) -> None:
    li = sandbox.person("U0LI")
    message = await li.post(DEALER, "", files=[("kv.pdf", CONTENT)])
    file = message["files"][0]
    await li.replace_file(file["id"], b"new")
    news = await sandbox.until(lambda: [e for e in seen if e["type"] == "file_change"])
    assert (news[0]["file_id"], "user" in news[0]) == (file["id"], False)
    assert await read(sandbox, file["url_private"]) == (200, b"new")
    assert (await client.files_info(file=file["id"]))["file"]["size"] == 3
    await li.delete_file(file["id"])
    await sandbox.until(lambda: [e for e in seen if e["type"] == "file_deleted"])
    assert await refusal(client.files_info(file=file["id"])) == "file_deleted"
    assert (await read(sandbox, file["url_private"]))[0] == 404
    shown = sandbox.messages(DEALER)[-1]["files"]
    assert shown == [{"id": file["id"], "mode": "tombstone"}]


async def test_downloads_and_uploads_fail_as_tests_want(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    file = sandbox.talk.upload("U0LI", "kv.pdf", CONTENT).as_slack(sandbox.url)
    asked = await announced(client)
    sandbox.faults.add("download", "http_500")
    sandbox.faults.add("upload", "http_500")
    assert (await read(sandbox, file["url_private"]))[0] == 500
    assert await put(asked["upload_url"]) == 500
    assert await read(sandbox, file["url_private"]) == (200, CONTENT)
    assert await put(asked["upload_url"]) == 200


async def test_a_file_that_lies_elsewhere_says_so(sandbox: Sandbox, client: AsyncWebClient) -> None:
    stored = sandbox.talk.upload("U0LI", "kv.pdf", CONTENT)
    stored.elsewhere = "https://drive.example/kv.pdf"
    file = (await client.files_info(file=stored.id))["file"]
    assert (file["is_external"], file["url_private"]) == (True, stored.elsewhere)
