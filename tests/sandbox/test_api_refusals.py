"""Each way in which Slack refuses a call has its own error name."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.sandbox import Sandbox
from tests.sandbox.samples import TEXT, modal, section
from tests.sandbox.test_api import DEALER, post, refusal

Attempt = Callable[[AsyncWebClient], Awaitable[Any]]
NEVER = "1000000000.000000"

ATTEMPTS: dict[str, tuple[str, Attempt]] = {
    "post nowhere": (
        "channel_not_found",
        lambda c: c.chat_postMessage(channel="C0NOWHERE", text=TEXT),
    ),
    "post where a private channel hides": (
        "channel_not_found",
        lambda c: c.chat_postMessage(channel="C0BRAND", text=TEXT),
    ),
    "look into a private channel": (
        "channel_not_found",
        lambda c: c.conversations_info(channel="C0BRAND"),
    ),
    "read where it is not": (
        "not_in_channel",
        lambda c: c.conversations_history(channel="C0GENERAL"),
    ),
    "reply to nothing": (
        "thread_not_found",
        lambda c: c.chat_postMessage(channel=DEALER, text=TEXT, thread_ts=NEVER),
    ),
    "read no thread": (
        "thread_not_found",
        lambda c: c.conversations_replies(channel=DEALER, ts=NEVER),
    ),
    "edit nothing": (
        "message_not_found",
        lambda c: c.chat_update(channel=DEALER, ts=NEVER, text=TEXT),
    ),
    "whisper to a stranger": (
        "user_not_in_channel",
        lambda c: c.chat_postEphemeral(channel=DEALER, user="U0NOBODY", text=TEXT),
    ),
    "ask for nobody": ("user_not_found", lambda c: c.users_info(user="U0NOBODY")),
    "invite itself": (
        "cant_invite_self",
        lambda c: c.conversations_invite(channel=DEALER, users=["U0SOPBOT"]),
    ),
    "invite a member": (
        "already_in_channel",
        lambda c: c.conversations_invite(channel=DEALER, users=["U0LI"]),
    ),
    "open with nothing": (
        "invalid_trigger_id",
        lambda c: c.views_open(trigger_id="1.2.x", view=modal()),
    ),
    "update no view": ("not_found", lambda c: c.views_update(view_id="V0NONE", view=modal())),
    "show a missing file": ("file_not_found", lambda c: c.files_info(file="F0NONE")),
    "use an unknown method": ("unknown_method", lambda c: c.api_call("chat.scream")),
    "use an unknown argument": (
        "invalid_arguments",
        lambda c: c.api_call("auth.test", params={"colour": "red"}),
    ),
    "send broken blocks": (
        "invalid_blocks_format",
        lambda c: c.api_call(
            "chat.postMessage", params={"channel": DEALER, "text": TEXT, "blocks": "[{"}
        ),
    ),
    "send a broken cursor": (
        "invalid_cursor",
        lambda c: c.conversations_history(channel=DEALER, cursor="%%"),
    ),
}


@pytest.mark.parametrize("name", ATTEMPTS)
async def test_it_is_refused_by_its_name(name: str, client: AsyncWebClient) -> None:
    error, attempt = ATTEMPTS[name]
    assert await refusal(attempt(client)) == error


async def test_a_public_channel_takes_posts_without_membership(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text=TEXT)
    assert sandbox.messages("C0GENERAL")
    whisper = client.chat_postEphemeral(channel="C0GENERAL", user="U0LI", text=TEXT)
    assert await refusal(whisper) == "not_in_channel"
    await client.conversations_join(channel="C0GENERAL")
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0LI", text=TEXT)


async def test_others_messages_cannot_be_changed(sandbox: Sandbox, client: AsyncWebClient) -> None:
    theirs = (await sandbox.person("U0LI").post(DEALER, "mine"))["ts"]
    update = client.chat_update(channel=DEALER, ts=theirs, text=TEXT)
    assert await refusal(update) == "cant_update_message"
    delete = client.chat_delete(channel=DEALER, ts=theirs)
    assert await refusal(delete) == "cant_delete_message"


async def test_an_archived_channel_takes_nothing(sandbox: Sandbox, client: AsyncWebClient) -> None:
    ts = await post(client)
    await sandbox.person("U0WANG").archive(DEALER)
    assert await refusal(post(client)) == "is_archived"
    update = client.chat_update(channel=DEALER, ts=ts, text=TEXT)
    assert await refusal(update) == "is_inactive"


async def test_a_trigger_opens_one_view_soon(sandbox: Sandbox, client: AsyncWebClient) -> None:
    triggers = sandbox.space.triggers
    once = triggers.issue("U0LI")
    await client.views_open(trigger_id=once, view=modal())
    again = client.views_open(trigger_id=once, view=modal())
    assert await refusal(again) == "exchanged_trigger_id"
    late = triggers.issue("U0LI")
    triggers.lives = 0
    assert await refusal(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


async def test_three_modals_are_the_most(sandbox: Sandbox, client: AsyncWebClient) -> None:
    issue = sandbox.space.triggers.issue
    await client.views_open(trigger_id=issue("U0LI"), view=modal())
    for _ in range(2):
        await client.views_push(trigger_id=issue("U0LI"), view=modal())
    fourth = client.views_push(trigger_id=issue("U0LI"), view=modal())
    assert await refusal(fourth) == "push_limit_reached"


async def test_pins_and_reactions_are_given_once(client: AsyncWebClient) -> None:
    ts = await post(client)
    await client.pins_add(channel=DEALER, timestamp=ts)
    assert await refusal(client.pins_add(channel=DEALER, timestamp=ts)) == "already_pinned"
    await client.reactions_add(channel=DEALER, timestamp=ts, name="eyes")
    again = client.reactions_add(channel=DEALER, timestamp=ts, name="eyes")
    assert await refusal(again) == "already_reacted"


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (None, "not_authed"),
        ("xoxb-wrong", "invalid_auth"),
        ("xapp-sandbox", "not_allowed_token_type"),
    ],
)
async def test_a_token_is_needed_and_must_fit(
    sandbox: Sandbox, token: str | None, error: str
) -> None:
    client = AsyncWebClient(token=token, base_url=sandbox.api_url)
    assert await refusal(client.auth_test()) == error


async def test_a_scope_that_the_manifest_lacks_is_missed() -> None:
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    async with Sandbox(post_every=0, manifest=manifest) as sandbox:
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        await client.chat_postMessage(channel=DEALER, text=TEXT, blocks=[section()])
        assert await refusal(client.users_info(user="U0LI")) == "missing_scope"


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
async def test_foreign_pages_are_kept_out(sandbox: Sandbox, headers: dict[str, str]) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/page/state?as=U0LI", headers=headers) as got,
    ):
        assert got.status == 403
