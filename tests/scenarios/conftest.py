"""Give each test a workspace whose clock stands still, and the bot connected to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import Bot
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from tests.scenarios.world import World, moment, settings_for


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Wednesday 20 August 2025, 10:00 in Shanghai; afterwards Slack has refused nothing."""
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0, manifest=build_manifest()) as sandbox:
        bot = Bot(settings_for(sandbox, tmp_path), clock=clock, post_every=0, look_every=0.1)
        await bot.start()
        try:
            yield World(sandbox, bot, clock)
        finally:
            await bot.stop()
        assert sandbox.refused == []
        assert sandbox.warnings == []
        assert sandbox.events.lost == []
        assert [e for e in sandbox.events.sent if e.retry_attempt] == []
