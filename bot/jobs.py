"""The clock's entrance: a few jobs that look for what is due; they hold no state."""

import asyncio
from contextlib import suppress

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.announcer import Announcer
from bot.clock import Clock
from bot.mail import Mailer
from bot.services import Unreachable
from bot.services.documents import DocumentService
from bot.services.runs import BATCH, RunService
from bot.shelf import Shelf

log = structlog.get_logger(__name__)

LOOK_EVERY = 5  # seconds
READ_EVERY = 30  # seconds between two looks at the team's playbook files


def schedule_jobs(
    runs: RunService, documents: DocumentService, mailer: Mailer, announcer: Announcer,
    shelf: Shelf, clock: Clock, *, every: float = LOOK_EVERY,
) -> AsyncIOScheduler:  # fmt: skip
    """Look for reminders and for what is not said yet, again and again."""

    async def look() -> None:
        announcer.wake()
        with suppress(asyncio.CancelledError):  # the bot is being stopped
            try:
                await act_on_time()
            except Unreachable as error:  # what is due then is due at the next look
                log.warning("database not reachable", error=str(error.orig))

    async def act_on_time() -> None:
        for act in (runs.remind_due, runs.press_gates, runs.turn_days, documents.chase_due):
            while await act(at=clock.now()) == BATCH:
                pass

    async def send() -> None:
        with suppress(asyncio.CancelledError):
            await mailer.send_due()

    # A tick missed after a jump of the clock or a suspended machine is made up for at once.
    scheduler = AsyncIOScheduler(
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    scheduler.add_job(look, "interval", seconds=every, id="look")
    scheduler.add_job(send, "interval", seconds=every, id="mail")
    scheduler.add_job(shelf.refresh, "interval", seconds=READ_EVERY, id="read")
    return scheduler
