"""One saying made true in Slack: posted once, edited when it changed, found after a crash."""

import asyncio
from collections.abc import Awaitable, Callable
from hashlib import sha256
from json import dumps
from time import monotonic
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.say import Saying
from bot.services.outbox import OutboxService, Place
from bot.speaker import Gone, NotHeard, Speaker
from bot.views.blocks import Message
from playbooks.run import Run
from storage.messages import Message as Noted

T = TypeVar("T")
log = structlog.get_logger(__name__)

BACKOFF = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between attempts


class Delivery:
    """Says things in Slack at its pace: a post per channel and second, retried until heard."""

    def __init__(
        self, outbox: OutboxService, speaker: Speaker, clock: Clock, *, post_every: float
    ) -> None:
        self._outbox = outbox
        self._speaker = speaker
        self._clock = clock
        self._post_every = post_every
        self._posted_at: dict[str, float] = {}  # by channel, on the monotonic clock

    async def make_agree(self, run: Run, saying: Saying) -> None:
        """Post or edit until Slack shows the saying; raises NotHeard, NoPlace or SlackApiError."""
        noted = await self._outbox.find(saying.key, workspace=run.workspace)
        message = saying.draw(self._clock.now())
        if noted and noted.ts:
            if not saying.living or noted.drawn == drawn(message):
                return
            if await self._edited(run, noted, noted.ts, message) or not saying.create:
                return
            noted = None
        if noted or saying.create:
            await self._post(run, saying, message, noted)

    async def _edited(self, run: Run, noted: Noted, ts: str, message: Message) -> bool:
        """Edit the message; False when somebody has deleted it."""
        try:
            await self._heard(run, lambda: self._speaker.edit(noted.channel, ts, message))
        except Gone:
            await self._outbox.forget(noted.key, workspace=run.workspace)
            return False
        await self._outbox.redrawn(noted.key, drawn=drawn(message), workspace=run.workspace)
        return True

    async def _post(self, run: Run, saying: Saying, message: Message, noted: Noted | None) -> None:
        thread_ts = await self._thread(run, saying)
        channel = await self._channel(run, saying)
        under = saying.under.key if saying.under else None
        place = Place(saying.key, run.id, saying.kind, saying.subject, channel, under)
        claimed = noted or await self._outbox.claim(
            place, workspace=run.workspace, at=self._clock.now()
        )
        tried = noted is not None

        async def attempt() -> str:
            nonlocal tried
            ts = tried and await self._speaker.find(
                saying.key, channel, thread_ts=thread_ts, since=claimed.sending_at
            )
            if ts:
                return ts
            tried = True
            await self._pace(channel)
            return await self._speaker.post(
                channel, message, metadata=saying.metadata(run), thread_ts=thread_ts,
                broadcast=saying.broadcast,
            )  # fmt: skip

        ts = await self._heard(run, attempt)
        await self._outbox.shown(
            saying.key, ts=ts, drawn=drawn(message), workspace=run.workspace, at=self._clock.now()
        )
        if saying.pinned:
            await self._speaker.pin(channel, ts)

    async def _thread(self, run: Run, saying: Saying) -> str | None:
        if saying.under is None:
            return None
        await self.make_agree(run, saying.under)
        parent = await self._outbox.find(saying.under.key, workspace=run.workspace)
        return parent.ts if parent else None

    async def _channel(self, run: Run, saying: Saying) -> str:
        if not saying.to:
            return run.channel
        return await self._heard(run, lambda: self._speaker.direct(saying.to))

    async def _pace(self, channel: str) -> None:
        free_at = self._posted_at.get(channel, 0) + self._post_every
        if (wait := free_at - monotonic()) > 0:
            await asyncio.sleep(wait)
        self._posted_at[channel] = monotonic()

    async def _heard(self, run: Run, call: Callable[[], Awaitable[T]]) -> T:
        """Try until Slack takes it, keeping the channel's lease meanwhile."""
        for delay in BACKOFF:
            try:
                return await call()
            except NotHeard as error:
                log.info("Slack did not hear", run=run.id, wait=error.retry_after or delay)
                await asyncio.sleep(error.retry_after or delay)
                await self._keep_lease(run)
        return await call()

    async def _keep_lease(self, run: Run) -> None:
        at = self._clock.now()
        if not await self._outbox.lease(run.channel, workspace=run.workspace, at=at):
            raise NotHeard


def drawn(message: Message) -> str:
    """A hash of what a message shows."""
    return sha256(dumps([message.text, message.blocks]).encode()).hexdigest()[:32]
