"""Give each test Chromium, a demo of its own, and a window on it that is watched."""

import os
import shutil
from collections.abc import AsyncIterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.demo import Demo
from bot.sandbox.delivery.envelopes import Timing
from tests.browser.window import PATIENCE, Window

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
TODAY = date(2025, 8, 20)  # a Wednesday, with no holiday near
SOPS = Path(__file__).with_name("sops")

expect.set_options(timeout=PATIENCE * 1000)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium once."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        give_up = pytest.fail if os.environ.get("SOPBOT_TEST_STRICT") else pytest.skip
        give_up("the browser tests need Chromium: apt install chromium")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        await running.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """Start the demo on a known day, with a short SOP of the team's own beside the built-in one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOPBOT_PLAYBOOKS", str(SOPS))
        patch.setattr("bot.demo.demo_day", lambda _: TODAY)
        patch.setattr("bot.sandbox.sandbox.Timing", partial(Timing, ack_within=PATIENCE))
        running = Demo(port=0, locale="en")
        await running.start()
    yield running
    await running.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, demo: Demo) -> AsyncIterator[Window]:
    """Open a wide window on the demo."""
    async with Window.on(browser, demo.workspace.url) as opened:
        yield opened
