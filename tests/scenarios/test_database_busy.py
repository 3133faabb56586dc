"""A database that somebody else holds: who waits is answered, and the click counts all the same."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from playbooks.run import StepStatus
from tests.scenarios.promptly import Hurry
from tests.scenarios.world import World


async def test_a_click_on_a_busy_database_is_acked_and_counts_when_it_is_free(
    world: World, tmp_path: Path, hurry: Hurry
) -> None:
    await world.start()
    hurry(answer=0.5)
    with closing(sqlite3.connect(tmp_path / "sopbot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        _, said = await asyncio.gather(
            world.li.click(world.card("plain"), "step.done"), world.anna.command("/sop")
        )
        assert said == {}
        other.execute("ROLLBACK")
    await world.settle()
    assert (await world.step("plain")).status is StepStatus.DONE
    assert world.whispers(world.li) == []
    assert world.whispers(world.anna)
