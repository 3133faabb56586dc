"""The bot stops in the midst of its work, and does not start with a token that is wrong."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from bot import cli
from bot.app import Bot
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from bot.services.nudges import NudgeService
from bot.settings import WrongSettings
from tests.scenarios.world import moment, settings_for


async def test_a_bot_stopped_while_it_looks_for_what_is_due_logs_no_failure(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0) as sandbox:
        bot = Bot(settings_for(sandbox, tmp_path), clock=clock, post_every=0, look_every=0.01)
        looking = asyncio.Event()

        async def look_for_ever(*_: object, **__: object) -> int:
            looking.set()
            return int(await asyncio.Future())

        monkeypatch.setattr(NudgeService, "remind_due", look_for_ever)
        await bot.start()
        async with asyncio.timeout(5):
            await looking.wait()
        await bot.stop()
        await asyncio.sleep(0)  # the scheduler hears of it in the loop's next turn
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_start_that_waits_for_slack_gives_way_to_a_signal() -> None:
    waiting, stopped = asyncio.Event(), asyncio.Event()

    async def start() -> None:
        waiting.set()
        await asyncio.Event().wait()

    async def stop() -> None:
        stopped.set()

    life = asyncio.create_task(cli._until_stopped(start, stop))
    async with asyncio.timeout(5):
        await waiting.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        await life
    assert stopped.is_set()


@pytest.mark.parametrize(
    ("name", "token"), [("SLACK_BOT_TOKEN", "xoxb-other"), ("SLACK_APP_TOKEN", "xapp-other")]
)
async def test_a_token_that_slack_refuses_stops_the_start_by_its_name(
    tmp_path: Path, name: str, token: str
) -> None:
    async with Sandbox(post_every=0) as sandbox:
        bot = Bot(settings_for(sandbox, tmp_path, **{name.lower(): token}))
        with pytest.raises(WrongSettings, match=f"{name} .invalid_auth"):
            await bot.start()
        await bot.stop()


async def test_a_connection_that_failed_is_tried_at_a_new_address(tmp_path: Path) -> None:
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0) as sandbox:
        sandbox.socket.refusing = 1
        bot = Bot(settings_for(sandbox, tmp_path), clock=clock, post_every=0)
        async with asyncio.timeout(20):
            await bot.start()
        assert sandbox.socket.connected
        await bot.stop()
    opened = [call for call in sandbox.calls if call.method == "apps.connections.open"]
    assert len(opened) == 2


async def test_a_bot_that_started_while_slack_was_away_learns_who_it_is(tmp_path: Path) -> None:
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0) as sandbox:
        sandbox.faults.add("auth.test", "http_500", times=2)
        bot = Bot(settings_for(sandbox, tmp_path), clock=clock, post_every=0)
        await bot.start()
        person = sandbox.person("U0WANG")
        for _ in range(3):  # the first is in vain too, and the last need not ask
            assert (await person.command("/sop"))["text"]
            await sandbox.until(lambda: not bot._tasks - {bot._announcing})
        await bot.stop()
    asked = [call for call in sandbox.calls if call.method == "auth.test"]
    assert len(asked) == 1  # which failed is not among them
