"""Give each test a workspace whose clock stands still, a database, and bots to bring into it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from storage.database import Database
from tests.endurance.story import START


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A workspace without rate limits; at its end Slack has refused nothing."""
    async with Sandbox(SandboxClock(START), post_every=0, manifest=build_manifest()) as running:
        yield running
        assert running.refused == []


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a SQLite database, migrated and empty."""
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    database = Database(url)
    database.upgrade()
    database.close()
    return url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The tests' own view of the database."""
    database = Database(url)
    yield database
    database.close()
