"""Whose turn it is to speak in a channel, and when again: news after the commit, in order."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.services import Unreachable
from bot.services.outbox import OutboxService, Waiting
from bot.speaker import NoPlace, NotHeard
from bot.teller import Teller

log = structlog.get_logger(__name__)

RESTS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds, the longer the more often in a row
TROUBLE_REST = 600.0  # seconds, while a channel cannot be spoken in

Where = tuple[str, str]  # workspace and channel


class Announcer:
    """Makes Slack agree with what has happened; any number of them may run.

    Leases and rests run on the `machine` clock: a workspace's may stand still, or jump.
    """

    def __init__(self, outbox: OutboxService, teller: Teller, machine: Clock) -> None:
        self._outbox = outbox
        self._teller = teller
        self._machine = machine
        self._speaking: dict[Where, asyncio.Task[bool]] = {}
        self._misses: defaultdict[Where, int] = defaultdict(int)  # attempts in vain, in a row
        self._roused: set[Where] = set()
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Look for news now."""
        self._news.set()

    async def run(self) -> None:
        """Announce until cancelled."""
        try:
            while True:
                await self._news.wait()
                self._news.clear()
                try:
                    await self._take_up()
                except Exception as error:  # the clock wakes us again
                    _log_failure("no look at the news", error)
        finally:
            for task in self._speaking.values():
                task.cancel()
            await asyncio.gather(*self._speaking.values(), return_exceptions=True)

    async def rouse(self, channel: str, *, workspace: str) -> None:
        """Speak again in a channel that rests."""
        where = (workspace, channel)
        self._misses.pop(where, None)
        if where in self._speaking:
            self._roused.add(where)
        elif await self._outbox.lease(channel, workspace=workspace, at=self._machine.now()):
            await self._outbox.release(channel, workspace=workspace, next_at=None)
        self.wake()

    async def _take_up(self) -> None:
        waiting = defaultdict(list)
        for run in await self._outbox.waiting(at=self._machine.now()):
            waiting[run.workspace, run.channel].append(run)
        for where, runs in waiting.items():
            if where not in self._speaking:
                task = asyncio.create_task(self._speak(where, runs))
                self._speaking[where] = task
                task.add_done_callback(partial(self._spoke, where))

    def _spoke(self, where: Where, task: "asyncio.Task[bool]") -> None:
        del self._speaking[where]
        if task.cancelled():
            return
        if error := task.exception():
            _log_failure("announcing failed", error, channel=where[1])
        elif task.result():
            self.wake()

    async def _speak(self, where: Where, runs: list[Waiting]) -> bool:
        """Say what the runs of a channel have to say; whether to look for more at once."""
        workspace, channel = where
        rest, all_well = 0.0, True
        try:
            if not await self._outbox.lease(channel, workspace=workspace, at=self._machine.now()):
                return False
            for run in runs:
                heard = await self._tell_or_rest(where, run)
                rest, all_well = max(rest, heard or 0), all_well and heard is not None
                if where in self._misses:
                    break
        finally:
            rest = 0 if where in self._roused else rest
            self._roused.discard(where)
            next_at = self._machine.now() + timedelta(seconds=rest) if rest else None
            await self._outbox.release(channel, workspace=workspace, next_at=next_at)
        if rest:
            asyncio.get_running_loop().call_later(rest + 0.01, self.wake)
        return all_well and not rest

    async def _tell_or_rest(self, where: Where, run: Waiting) -> float | None:
        """How many seconds to rest after it; None where we ourselves failed."""
        try:
            await self._teller.tell(run)
        except NotHeard as error:
            rest = error.retry_after or RESTS[min(self._misses[where], len(RESTS) - 1)]
            self._misses[where] += 1
            log.info("Slack did not hear", run=run.run_id, channel=where[1], rest=rest)
            return rest
        except NoPlace:
            return TROUBLE_REST
        except Unreachable:
            raise
        except Exception:
            log.exception("announcing failed", run=run.run_id)
            return None
        self._misses.pop(where, None)
        return 0


def _log_failure(event: str, error: BaseException, **facts: str) -> None:
    if isinstance(error, Unreachable):
        log.warning(event, error=str(error.orig), **facts)
    else:
        log.error(event, exc_info=error, **facts)
