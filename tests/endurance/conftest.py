"""Give each test a workspace whose clock stands still, a database, and bots to bring into it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import announcer, app
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from storage.database import Database
from tests.endurance.story import START, Story


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


@pytest.fixture
def story(sandbox: Sandbox, database: Database) -> Story:
    """The team."""
    return Story(sandbox, database)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the announcer try again at once, and wait half a second for an answer."""
    monkeypatch.setattr(announcer, "RESTS", (0.02, 0.05, 0.1))
    monkeypatch.setattr(announcer, "TROUBLE_REST", 0.2)
    monkeypatch.setattr(app, "CALL_TIMEOUT", 0.5)
