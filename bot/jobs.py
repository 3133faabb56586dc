"""The clock's entrance: a few jobs that look for what is due; they hold no state."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.announcer import Announcer
from bot.clock import Clock
from bot.services import Unreachable
from bot.services.runs import BATCH

Job = Callable[[], Coroutine[Any, Any, object]]
log = structlog.get_logger(__name__)

LOOK_EVERY = 5  # seconds
READ_EVERY = 30  # seconds between two looks at the team's playbook files


class Act(Protocol):
    """Something that is due at times: does some of it, and tells how much there was."""

    def __call__(self, *, at: datetime) -> Coroutine[Any, Any, int]: ...


def schedule_jobs(
    acts: Sequence[Act], announcer: Announcer, clock: Clock, *, send: Job, keep: Job, read: Job,
    every: float = LOOK_EVERY,
) -> AsyncIOScheduler:  # fmt: skip
    """Look for what is due and not said yet, mail, files to fetch and playbooks, ever again."""

    async def look() -> None:
        announcer.wake()
        try:
            await act_on_time()
        except Unreachable as error:  # what is due then is due at the next look
            log.warning("database not reachable", error=str(error.orig))

    async def act_on_time() -> None:
        for act in acts:
            while await act(at=clock.now()) == BATCH:
                pass

    # A tick missed after a jump of the clock or a suspended machine is made up for at once.
    scheduler = AsyncIOScheduler(
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    jobs = {"look": look, "mail": send, "keep": keep}
    for name, job in jobs.items():
        scheduler.add_job(_until_stopped(job), "interval", seconds=every, id=name)
    scheduler.add_job(read, "interval", seconds=READ_EVERY, id="read")
    return scheduler


def _until_stopped(job: Job) -> Job:
    """The job, which ends in silence where the bot is being stopped."""

    @wraps(job)
    async def run() -> None:
        with suppress(asyncio.CancelledError):
            await job()

    return run
