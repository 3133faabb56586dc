"""The page sees and does what its contract says."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.samples import TEXT

Json = dict[str, Any]
Events = list[Json]
DEALER = "C0DEALER"


class Page:
    """A browser that acts as one person."""

    def __init__(self, session: aiohttp.ClientSession, user: str) -> None:
        self._session, self._user = session, user

    async def get(self, what: str, **query: str) -> Json:
        async with self._session.get(f"/page/{what}", params={"as": self._user} | query) as got:
            answer: Json = await got.json()
            return answer

    async def post(self, act: str, **body: Any) -> Json:
        async with self._session.post(f"/page/{act}", json={"as": self._user} | body) as got:
            answer: Json = await got.json()
            return answer

    async def messages(self, **query: str) -> list[Json]:
        found: list[Json] = (await self.get("messages", channel=DEALER, **query))["messages"]
        return found


@pytest.fixture
async def session(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(sandbox.url) as opened:
        yield opened


@pytest.fixture
def page(session: aiohttp.ClientSession) -> Page:
    return Page(session, "U0LI")


async def test_the_page_and_its_files_are_served(session: aiohttp.ClientSession) -> None:
    async with session.get("/") as got:
        html = await got.text()
    assert "/static/main.js" in html
    async with session.get("/static/main.js") as got:
        assert got.status == 200


async def test_the_state_names_people_channels_and_time(page: Page) -> None:
    state = await page.get("state", lang="zh-Hant")
    assert state["zone_now"] == "Thu 20 Nov 2025, 10:00"
    assert [one["id"] for one in state["people"]] == ["U0WANG", "U0LI", "U0CHEN", "U0ANNA"]
    kinds = {one["id"]: (one["kind"], one["bot_member"]) for one in state["channels"]}
    assert kinds["C0BRAND"] == ("private", False)
    assert state["me"]["language"] == "zh-Hans"
    assert "輸入" in state["tips"][0]["text"]
    assert state["bot_connected"] is False


async def test_a_form_goes_from_command_to_message(
    sandbox: Sandbox, page: Page, seen: Events
) -> None:
    assert await page.post("command", channel=DEALER, text="/sop start event") == {"ok": True}
    modal = (await page.get("state"))["modal"]
    values = {"name": {"value": {"type": "plain_text_input", "value": "bad"}}}
    wrong = await page.post("submit", view_id=modal["id"], state={"values": values})
    assert wrong == {"ok": False, "errors": {"name": "Choose another name."}}
    values["name"]["value"]["value"] = "Dealer day"
    assert (await page.post("submit", view_id=modal["id"], state={"values": values}))["ok"]
    await sandbox.until(lambda: sandbox.messages(DEALER))
    state = await page.get("state")
    assert state["modal"] is None
    assert state["tips"][0]["done"]


async def test_a_button_acts_and_its_private_answer_is_only_mine(
    sandbox: Sandbox, session: aiohttp.ClientSession, page: Page, seen: Events
) -> None:
    person = sandbox.person("U0LI")
    await person.command("/sop start")
    await person.submit({"name": "Dealer day"})
    await sandbox.until(lambda: sandbox.messages(DEALER))
    card = (await page.messages())[0]
    container = {"type": "message", "channel": DEALER, "ts": card["ts"]}
    place = {"block_id": "acts", "action_id": "step.done", "type": "button", "value": "step-1"}
    assert (await page.post("action", container=container, **place))["ok"]
    await sandbox.until(lambda: person.ephemerals(DEALER))
    mine = await page.messages()
    theirs = await Page(session, "U0CHEN").messages()
    assert [one["ephemeral"] for one in mine] == [False, True]
    assert [one["ephemeral"] for one in theirs] == [False]
    assert mine[0]["edited"]


async def test_messages_files_and_reactions_are_read_back(
    session: aiohttp.ClientSession, page: Page
) -> None:
    form = aiohttp.FormData({"as": "U0LI", "channel": DEALER, "text": "the list"})
    form.add_field("files", b"a,b", filename="list.csv", content_type="text/csv")
    async with session.post("/page/message", data=form) as got:
        ts = (await got.json())["ts"]
    await page.post("reaction", channel=DEALER, ts=ts, name="eyes", on=True)
    await page.post("message", channel=DEALER, text="a reply", thread_ts=ts)
    message = (await page.messages())[0]
    assert message["files"][0]["name"] == "list.csv"
    assert message["reactions"] == [{"name": "eyes", "count": 1, "mine": True}]
    assert message["reply_count"] == 1
    assert [one["text"] for one in await page.messages(thread=ts)] == ["the list", "a reply"]
    async with session.get(message["files"][0]["url"]) as got:
        assert await got.read() == b"a,b"
        assert got.headers["Content-Security-Policy"] == "sandbox"


async def test_what_others_wrote_is_unread_until_looked_at(sandbox: Sandbox, page: Page) -> None:
    await sandbox.person("U0WANG").post(DEALER, "look")

    async def unread() -> int:
        channels = (await page.get("state"))["channels"]
        return next(int(one["unread"]) for one in channels if one["id"] == DEALER)

    assert await unread() == 1
    await page.messages()
    assert await unread() == 0


async def test_a_direct_message_opens_when_first_looked_at(page: Page) -> None:
    assert (await page.get("messages", channel="D0LI"))["messages"] == []
    assert (await page.post("message", channel="D0LI", text="hello"))["ok"]
    assert len((await page.get("messages", channel="D0LI"))["messages"]) == 1


async def test_inviting_the_bot_is_seen_in_the_state(page: Page) -> None:
    await page.post("invite", channel="C0BRAND", bot=True)
    channels = {one["id"]: one for one in (await page.get("state"))["channels"]}
    assert channels["C0BRAND"]["bot_member"]


async def test_a_change_is_told_at_once(
    sandbox: Sandbox, session: aiohttp.ClientSession, page: Page
) -> None:
    version = (await page.get("state"))["version"]
    query = {"as": "U0LI", "since": str(version)}
    async with session.get("/page/changes", params=query) as stream:
        await page.post("message", channel=DEALER, text=TEXT)
        line = await anext(aiter(stream.content))
    assert json.loads(line.removeprefix(b"data: "))["version"] > version


async def test_the_clock_moves_forward_and_jumps() -> None:
    start = datetime(2025, 11, 20, 2, tzinfo=UTC)

    async def next_moment(kind: str) -> datetime | None:
        return start + timedelta(days=3) if kind == "event_day" else None

    sandbox = Sandbox(SandboxClock(start), post_every=0, next_moment=next_moment)
    async with sandbox, aiohttp.ClientSession(sandbox.url) as session:
        page = Page(session, "U0ANNA")
        assert (await page.post("clock", advance=3600))["now"] == "2025-11-20T03:00:00+00:00"
        assert (await page.post("clock", jump="next_reminder"))["error"] == "nothing_due"
        assert (await page.post("clock", jump="event_day"))["now"] == "2025-11-23T02:00:00+00:00"
        back = await page.post("clock", to="2025-11-20T00:00:00+00:00")
        assert back["message"] == "The clock only moves forward."
        assert sandbox.clock.now() == start + timedelta(days=3)


async def test_a_failure_is_told_in_the_persons_language(page: Page) -> None:
    answer = await page.post("command", channel=DEALER, text="/dance")
    assert (answer["ok"], answer["error"]) == (False, "invalid_command")
    assert "命令" in answer["message"]
