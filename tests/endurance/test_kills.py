"""Bots that are killed at any moment: nothing is lost, nothing is said twice."""

from pathlib import Path
from time import monotonic

import pytest

from bot.manifest import build_manifest
from bot.refs import card_key
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from playbooks.run import Run, RunStatus
from storage.database import Database
from tests.endurance.bots import living_bot
from tests.endurance.killer import Killer
from tests.endurance.nursery import nursery
from tests.endurance.reckoning import doubled, keys, occasions, seen, state
from tests.endurance.story import START, Story

KILLS, MANY_KILLS = 50, 250
SEED = 20260316
LEASE = 0.3  # seconds; the bots follow one another, so that none waits long for a dead one's


async def undisturbed(folder: Path) -> tuple[Sandbox, Run]:
    """The story as it goes with a bot that nobody harms."""
    url = f"sqlite:///{folder / 'calm.db'}"
    async with (
        Sandbox(SandboxClock(START), post_every=0, manifest=build_manifest()) as sandbox,
        living_bot(sandbox, url) as bot,
    ):
        return sandbox, await Story(sandbox, bot.database, seed=SEED).play()


async def killed(
    sandbox: Sandbox, database: Database, url: str, folder: Path, *, kills: int, seed: int
) -> tuple[Killer, list[Run]]:
    """The story, again and again, until so many bots have been killed in it."""
    runs: list[Run] = []
    async with nursery(sandbox, url, folder, lease=LEASE) as mother:
        killer = Killer(sandbox, mother, kills=kills, seed=seed)
        await killer.start()
        while killer.kills < kills:
            story = Story(sandbox, database, seed=SEED, dare=killer.dare)
            runs.append(await story.play())
        await killer.stop()
    return killer, runs


def tell(killer: Killer, runs: list[Run], seconds: float) -> None:
    """Print the figures."""
    plans = ", ".join(f"{n} {' '.join(plan).strip()}" for plan, n in killer.died.most_common())
    print(f"{killer.kills} kills, {len(runs)} runs, {seconds:.0f} s; {plans}")  # noqa: T201


async def test_fifty_kills_lose_nothing_and_double_nothing(
    sandbox: Sandbox, url: str, database: Database, tmp_path: Path
) -> None:
    calm_space, calm = await undisturbed(tmp_path)
    began = monotonic()
    killer, runs = await killed(sandbox, database, url, tmp_path, kills=KILLS, seed=SEED)
    tell(killer, runs, monotonic() - began)
    for run in runs:
        assert doubled(sandbox, run) == []
    assert occasions(sandbox, runs[0]) == occasions(calm_space, calm)
    assert state(runs[0]) == state(calm)
    assert seen(sandbox, runs[0]) == seen(calm_space, calm)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
async def test_many_kills_lose_nothing_and_double_nothing(
    sandbox: Sandbox, url: str, database: Database, tmp_path: Path, seed: int
) -> None:
    began = monotonic()
    killer, runs = await killed(sandbox, database, url, tmp_path, kills=MANY_KILLS, seed=seed)
    tell(killer, runs, monotonic() - began)
    for run in runs:
        assert run.status is RunStatus.FINISHED
        assert doubled(sandbox, run) == []
        cards = {card_key("run", step.key, run.channel) for step in run.steps if step.active_at}
        assert cards <= set(keys(sandbox, run))
