"""The database refuses or hangs: every click is answered in time, and all works again after."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from bot.app import Bot
from bot.listeners import dispatch
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from bot.words.catalogue import say
from playbooks.run import StepStatus
from tests.postgres_server import PostgresServer
from tests.scenarios.reading import words
from tests.scenarios.world import DEADLINE, World, moment, settings_for

AWAY = {language: say(language, "memory.away") for language in ("en", "zh-Hans", "zh-Hant")}


@pytest.fixture
async def world(tmp_path: Path, failing_postgres_url: str) -> AsyncIterator[World]:
    """The workspace, and a bot whose database is on a server of its own."""
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0, manifest=build_manifest()) as sandbox:
        settings = settings_for(sandbox, tmp_path, database_url=failing_postgres_url)
        bot = Bot(settings, clock=clock, post_every=0, look_every=0.1)
        await bot.start()
        try:
            yield World(sandbox, bot, clock)
        finally:
            await bot.stop()
        assert sandbox.refused == []
        assert sandbox.events.lost == []
        assert [e for e in sandbox.events.sent if e.retry_attempt] == []


@pytest.fixture(params=["freeze", "stop"])
def outage(
    request: pytest.FixtureRequest, failing_postgres: PostgresServer
) -> Callable[[], Awaitable[None]]:
    """What makes the database hang, or refuse."""
    return lambda: asyncio.to_thread(getattr(failing_postgres, request.param))


@pytest.fixture
def comeback(failing_postgres: PostgresServer) -> Callable[[], Awaitable[None]]:
    """What makes the database well again."""

    def mend() -> None:
        failing_postgres.thaw()
        failing_postgres.start()

    return lambda: asyncio.to_thread(mend)


Change = Callable[[], Awaitable[None]]


async def test_every_click_is_answered_honestly_and_counts_afterwards(
    world: World, outage: Change, comeback: Change
) -> None:
    await world.start()
    await world.chen.command("/sop")
    await outage()
    said, *_ = await asyncio.gather(  # which fails where an answer takes three seconds
        world.wang.command("/sop status"),
        world.li.click(world.card("plain"), "step.done"),
        world.chen.click(world.card("motto"), "step.done"),
        world.wang.shortcut("run.start"),
    )
    assert said == {"text": AWAY["en"], "blocks": said["blocks"]}
    await world.sandbox.until(lambda: world.li.ephemerals() and world.chen.ephemerals()[1:])
    assert world.whispers(world.li) == [AWAY["zh-Hans"]]
    assert world.whispers(world.chen)[-1] == AWAY["zh-Hant"]
    await world.sandbox.until(lambda: world.wang.modal)
    assert AWAY["en"] in words(world.wang.modal or {})
    await comeback()
    assert (await world.step("plain")).status is StepStatus.ACTIVE
    await world.finish("plain", world.li)
    assert (await world.step("plain")).status is StepStatus.DONE


async def test_somebody_whose_language_is_not_known_is_told_in_all(
    world: World, outage: Change, comeback: Change
) -> None:
    await outage()
    said = await world.anna.command("/sop")
    assert said["text"] == "\n".join(AWAY.values())
    await comeback()
    assert "/sop" in (await world.anna.command("/sop help"))["text"]


async def test_a_form_keeps_what_was_written_until_the_database_is_back(
    world: World, outage: Change, comeback: Change
) -> None:
    await world.li.command("/sop start tryout")
    await world.li.choose("anchor_on", "2025-11-20")
    await outage()
    errors = await world.li.submit({"name": "Dealer day"})
    assert errors
    assert list(errors.values()) == [AWAY["zh-Hans"]]
    await comeback()
    assert await world.li.submit() is None
    await world.settle()
    assert (await world.run()).name == "Dealer day"
    assert world.run_card()


async def test_what_falls_due_meanwhile_is_said_afterwards(
    world: World, outage: Change, comeback: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "HEAR_AGAIN", (0.1,) * 100)
    await world.start()
    await outage()
    world.clock.set(moment("2025-08-26"))
    await world.anna.open_home()
    await world.sandbox.until(lambda: not world.sandbox.events.under_way)
    assert world.anna.home is None
    await comeback()
    await world.sandbox.until(
        lambda: world.reminders("plain") and world.anna.home, timeout=DEADLINE
    )
    await world.settle()  # a bot stopped while it speaks hears no more of what it has said


async def test_the_bot_says_over_http_that_its_database_is_away(
    world: World, outage: Change, comeback: Change
) -> None:
    url = f"http://127.0.0.1:{world.bot.port}"
    await outage()
    pages = ("healthz", "readyz", "metrics")
    assert [await status(url, page) for page in pages] == [200, 503, 200]
    await comeback()
    assert await status(url, "readyz") == 200


async def status(url: str, page: str) -> int:
    """The status of a page."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/{page}") as answer:
        return answer.status
