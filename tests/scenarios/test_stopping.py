"""The bot stops in the midst of its work without a word of failure."""

import asyncio
from pathlib import Path

import pytest

from bot.app import Bot
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from tests.scenarios.world import moment, settings_for


async def test_a_bot_stopped_while_it_looks_for_what_is_due_logs_no_failure(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0) as sandbox:
        bot = Bot(settings_for(sandbox, tmp_path), clock=clock, post_every=0, look_every=0.01)
        looking = asyncio.Event()

        async def look_for_ever(**_: object) -> int:
            looking.set()
            return int(await asyncio.Future())

        await bot.start()
        monkeypatch.setattr(bot.runs, "remind_due", look_for_ever)
        async with asyncio.timeout(5):
            await looking.wait()
        await bot.stop()
        await asyncio.sleep(0)  # the scheduler hears of it in the loop's next turn
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
