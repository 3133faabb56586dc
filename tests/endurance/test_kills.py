"""Bots that are killed at any moment: nothing is lost, nothing is said twice."""

from pathlib import Path

import pytest

from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from playbooks.run import Run
from storage.database import Database
from tests.endurance.bots import living_bot
from tests.endurance.killer import Killer
from tests.endurance.nursery import nursery
from tests.endurance.reckoning import doubled, keys, seen, state
from tests.endurance.story import START, Story

KILLS = 50
SEED = 20260316
LEASE = 0.3  # seconds; the bots that share the database follow one another


async def undisturbed(folder: Path) -> tuple[Sandbox, Run]:
    """The same story, told to a bot that nobody harms."""
    url = f"sqlite:///{folder / 'calm.db'}"
    async with Sandbox(SandboxClock(START), post_every=0, manifest=build_manifest()) as sandbox:
        async with living_bot(sandbox, url) as bot:
            return sandbox, await Story(sandbox, bot.database, seed=SEED).play()


async def killed(
    sandbox: Sandbox, database: Database, url: str, folder: Path, *, kills: int
) -> tuple[Killer, list[Run]]:
    """The story, again and again, until so many bots have been killed in it."""
    runs: list[Run] = []
    sandbox.timing.ack_within = 1.0
    async with nursery(sandbox, url, folder, lease=LEASE) as mother:
        killer = Killer(sandbox, mother, SEED)
        await killer.start()
        while killer.kills < kills:
            story = Story(sandbox, database, seed=SEED, before_click=killer.clicked)
            runs.append(await story.play())
        await killer.stop()
    return killer, runs


async def test_fifty_kills_lose_nothing_and_double_nothing(
    sandbox: Sandbox, url: str, database: Database, tmp_path: Path
) -> None:
    calm_space, calm = await undisturbed(tmp_path)
    killer, runs = await killed(sandbox, database, url, tmp_path, kills=KILLS)
    for a, b in zip(keys(sandbox, runs[0]), keys(calm_space, calm)):
        print("==" if a == b else "!=", a, b)
    print(killer.died, killer.kills, len(runs), killer.log)
    for run in runs[:1]:
        assert doubled(sandbox, run) == []
        assert keys(sandbox, run) == keys(calm_space, calm)
        assert state(run) == state(calm)
        assert seen(sandbox, run) == seen(calm_space, calm)
    print(dict(killer.died), killer.kills, len(runs))  # noqa: T201
