"""Events become Slack messages: after the commit, in order, at Slack's pace, each once."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import structlog
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.delivery import Delivery
from bot.say import Saying, say
from bot.services.outbox import OutboxService, Unsaid, Waiting
from bot.speaker import NoPlace, NotHeard
from playbooks.run import Event, Run

log = structlog.get_logger(__name__)

REST = timedelta(seconds=30)  # after attempts that came to nothing
TROUBLE_REST = timedelta(minutes=10)  # while a channel cannot be spoken in

OnTrouble = Callable[[Run, str], Awaitable[None]]
HasOutsiders = Callable[[Run], Awaitable[bool]]


@dataclass
class Round:
    """One pass over what a run has to say."""

    unsaid: Unsaid
    outsiders: bool
    refused: NoPlace | None = None  # why the run's channel cannot be spoken in
    said: set[str] = field(default_factory=set)

    def is_due(self, saying: Saying) -> bool:
        """Whether it is still to be said: a living message is drawn once a round."""
        return not (saying.living and saying.key in self.said)


class Announcer:
    """Makes Slack agree with what has happened; any number of them may run."""

    def __init__(
        self, outbox: OutboxService, delivery: Delivery, clock: Clock, *, on_trouble: OnTrouble,
        has_outsiders: HasOutsiders,
    ) -> None:  # fmt: skip
        self._outbox = outbox
        self._delivery = delivery
        self._clock = clock
        self._on_trouble = on_trouble
        self._has_outsiders = has_outsiders
        self._speaking: dict[tuple[str, str], asyncio.Task[bool]] = {}
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
                await self._take_up()
        finally:
            for task in self._speaking.values():
                task.cancel()
            await asyncio.gather(*self._speaking.values(), return_exceptions=True)

    async def rouse(self, channel: str, *, workspace: str) -> None:
        """Speak again in a channel that rests."""
        if await self._outbox.lease(channel, workspace=workspace, at=self._clock.now()):
            await self._outbox.release(channel, workspace=workspace, next_at=None)
        self.wake()

    async def _take_up(self) -> None:
        waiting = defaultdict(list)
        for run in await self._outbox.waiting(at=self._clock.now()):
            waiting[run.workspace, run.channel].append(run)
        for place, runs in waiting.items():
            if place not in self._speaking:
                task = asyncio.create_task(self._speak(place, runs))
                self._speaking[place] = task
                task.add_done_callback(partial(self._spoke, place))

    def _spoke(self, place: tuple[str, str], task: "asyncio.Task[bool]") -> None:
        del self._speaking[place]
        if task.cancelled():
            return
        if error := task.exception():
            log.error("announcing failed", channel=place[1], exc_info=error)
        elif task.result():
            self.wake()

    async def _speak(self, place: tuple[str, str], runs: list[Waiting]) -> bool:
        """Say what the runs of a channel have to say; False when another announcer does."""
        workspace, channel = place
        if not await self._outbox.lease(channel, workspace=workspace, at=self._clock.now()):
            return False
        rest: timedelta | None = None
        try:
            for run in runs:
                await self._tell(run)
        except NotHeard:
            rest = REST
        except NoPlace:
            rest = TROUBLE_REST
        finally:
            next_at = self._clock.now() + rest if rest else None
            await self._outbox.release(channel, workspace=workspace, next_at=next_at)
        return True

    async def _tell(self, waiting: Waiting) -> None:
        """Say what a run has to say; what its channel refuses waits, the lead hears why."""
        unsaid = await self._outbox.unsaid(waiting.run_id, workspace=waiting.workspace)
        if unsaid is None:
            return
        now = Round(unsaid, await self._has_outsiders(unsaid.run))
        await self._tell_round(now)
        if now.refused is None:
            return
        await self._on_trouble(unsaid.run, now.refused.kind)
        again = await self._outbox.unsaid(waiting.run_id, workspace=waiting.workspace)
        if again:
            await self._tell_round(Round(again, now.outsiders, now.refused))
        raise now.refused

    async def _tell_round(self, now: Round) -> None:
        run, finished = now.unsaid.run, []
        try:
            for number, event in now.unsaid.events:
                if await self._tell_event(now, number, event):
                    finished.append(number)
        finally:
            if finished:
                await self._outbox.announced(
                    run.id, finished, workspace=run.workspace, at=self._clock.now()
                )

    async def _tell_event(self, now: Round, number: int, event: Event) -> bool:
        """Whether everything that an event calls for has been said."""
        run = now.unsaid.run
        sayings = say(event, number, run, outsiders=now.outsiders)
        heard = [await self._said(now, saying) for saying in sayings if now.is_due(saying)]
        return all(heard)

    async def _said(self, now: Round, saying: Saying) -> bool:
        run = now.unsaid.run
        if now.refused and not saying.to:
            return False
        try:
            await self._delivery.make_agree(run, saying)
        except NoPlace as place:
            if saying.to:  # somebody who cannot be written to: there is no other way to reach them
                log.warning("no direct messages", run=run.id, person=saying.to)
                return True
            now.refused = place
            return False
        except SlackApiError as error:  # a fault of ours: trying again would stop all that follows
            log.error("Slack refused", run=run.id, key=saying.key, error=str(error.response))
        now.said.add(saying.key)
        return True
