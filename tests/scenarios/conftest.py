"""Give each test a workspace whose clock stands still, and the bot connected to it."""

from collections.abc import AsyncIterator, Sequence
from functools import cache
from pathlib import Path

import pytest
import structlog

from bot import app, directory, shelf
from bot.app import Bot
from bot.listeners import dispatch
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from playbooks.library import Library, load_library
from tests.scenarios.promptly import Hurry
from tests.scenarios.world import World, moment, outside_settings, settings_for

# Traces with every value in them, structlog's own way, take seconds to write.
structlog.configure(
    processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
)


@cache
def _read_once(folders: tuple[Path, ...]) -> Library:
    return load_library(folders)


def _library(folders: Sequence[Path]) -> Library:
    return _read_once(tuple(folders))


@pytest.fixture(autouse=True)
def playbooks_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the playbooks takes longer than most of these tests."""
    monkeypatch.setattr(shelf, "load_library", _library)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Wednesday 20 August 2025, 10:00 in Shanghai; afterwards Slack has refused nothing."""
    clock = SandboxClock(moment("2025-08-20"))
    async with Sandbox(clock, post_every=0, manifest=build_manifest()) as sandbox:
        settings = settings_for(sandbox, tmp_path, **outside_settings(sandbox))
        bot = Bot(settings, clock=clock, post_every=0, look_every=0.1)
        await bot.start()
        try:
            yield World(sandbox, bot, clock)
        finally:
            await bot.stop()
        assert sandbox.refused == []
        assert sandbox.warnings == []
        assert sandbox.events.lost == []
        assert [e for e in sandbox.events.sent if e.retry_attempt] == []


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> Hurry:
    """Change how many seconds the bot has for an answer, and for a look-up in Slack."""

    def change(answer: float, look_up: float = directory.PATIENCE) -> None:
        monkeypatch.setattr(dispatch, "ANSWER_WITHIN", answer)
        monkeypatch.setattr(directory, "PATIENCE", look_up)

    return change


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the bot give up soon on a call to Slack, yet later than people wait."""
    monkeypatch.setattr(app, "CALL_TIMEOUT", 3.5)
