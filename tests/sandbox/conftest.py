"""Give each test a workspace, and a small app connected to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.small_bot import build_app, connected

START = datetime(2025, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Start a workspace whose clock stands still and which knows no rate limits."""
    async with Sandbox(SandboxClock(START), post_every=0) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    """Return a client with the bot's token."""
    return AsyncWebClient(
        token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[], timeout=5
    )


@pytest.fixture
async def seen(sandbox: Sandbox) -> AsyncIterator[list[dict[str, Any]]]:
    """Connect the small app and return the events it hears."""
    heard: list[dict[str, Any]] = []
    async with connected(sandbox, build_app(sandbox, heard)):
        yield heard
