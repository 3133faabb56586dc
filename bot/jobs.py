"""The clock's entrance: a few jobs that look for what is due; they hold no state."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.announcer import Announcer
from bot.clock import Clock
from bot.keeper import Keeper
from bot.services.runs import BATCH, RunService
from bot.shelf import Shelf

Later = Callable[[Coroutine[Any, Any, None]], object]  # work that a tick does not wait for

LOOK_EVERY = 5  # seconds
READ_EVERY = 30  # seconds between two looks at the team's playbook files


def schedule_jobs(
    runs: RunService, announcer: Announcer, keeper: Keeper, shelf: Shelf, clock: Clock, *,
    later: Later, every: float = LOOK_EVERY,
) -> AsyncIOScheduler:  # fmt: skip
    """Look for reminders, for files to fetch and for what is not said yet, again and again."""

    async def look() -> None:
        announcer.wake()
        with suppress(asyncio.CancelledError):  # the bot is being stopped
            await act_on_time()

    async def keep() -> None:
        if not keeper.is_busy:  # a download may last for many ticks
            later(keeper.keep_due())

    async def act_on_time() -> None:
        while await runs.remind_due(at=clock.now()) == BATCH:
            pass
        while await runs.turn_days(at=clock.now()) == BATCH:
            pass

    # A tick missed after a jump of the clock or a suspended machine is made up for at once.
    scheduler = AsyncIOScheduler(
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_job(look, "interval", seconds=every, id="look")
    scheduler.add_job(keep, "interval", seconds=every, id="keep")
    scheduler.add_job(shelf.refresh, "interval", seconds=READ_EVERY, id="read")
    return scheduler
