"""Two bots on one database, each of which hears every click: nothing is doubled."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.sandbox import Sandbox
from bot.services import outbox
from playbooks.run import EventKind, RunStatus
from storage.database import Database
from tests.endurance.bots import living_bot
from tests.endurance.reckoning import doubled, keys
from tests.endurance.story import CHANNEL, WORKSPACE, Story


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, url: str) -> str:
    """The URL of a database of each kind, migrated and empty."""
    return url if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


async def test_the_same_clicks_to_two_bots_double_nothing(
    sandbox: Sandbox, url: str, database: Database
) -> None:
    story = Story(sandbox, database, twice=True, nudges=4)
    async with living_bot(sandbox, url), living_bot(sandbox, url):
        run = await story.play("errands")
    assert run.status is RunStatus.FINISHED
    assert doubled(sandbox, run) == []
    history = await database.run(lambda tx: tx.events.history(run.id, workspace=WORKSPACE))
    done = [event.step for event in history if event.kind is EventKind.STEP_DONE]
    assert sorted(done) == sorted(step.key for step in run.steps)
    reminders = [event for event in history if event.kind is EventKind.REMINDED]
    assert reminders
    assert len([key for key in keys(sandbox, run) if "/reminded/" in key]) == len(reminders)


async def test_a_burst_longer_than_a_lease_stays_with_one_bot(
    sandbox: Sandbox, url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=1))
    story = Story(sandbox, database)
    async with living_bot(sandbox, url, post_every=0.3), living_bot(sandbox, url, post_every=0.3):
        run = await story.start("errands")
    steps = ("call", "print", "pack", "book", "greet")
    cards = [f"run/step/{step}/{CHANNEL}" for step in steps]
    assert keys(sandbox, run) == [f"run/run/{CHANNEL}", *cards]


async def test_two_bots_speak_in_two_channels_at_a_time(
    sandbox: Sandbox, url: str, database: Database
) -> None:
    stories = [Story(sandbox, database, nudges=0) for _ in range(2)]
    async with living_bot(sandbox, url), living_bot(sandbox, url):
        here = await stories[0].start("errands")
        there = await stories[1].start("errands", channel="C0MARKET")
        await asyncio.gather(
            *(stories[0].finish(here, step) for step in here.steps[:1]),
            *(stories[1].finish(there, step) for step in there.steps[1:2]),
        )
        await stories[0].settle()
    assert doubled(sandbox, here) == doubled(sandbox, there) == []
