"""One saying made true in Slack: posted once, edited when it changed, found after a crash."""

import asyncio
from dataclasses import replace
from hashlib import sha256
from json import dumps
from time import monotonic

from bot.clock import Clock
from bot.courier import Courier
from bot.metrics import reminder_said
from bot.saying import Enclosure, Saying, Subject
from bot.services.outbox import OutboxService, Place
from bot.speaker import Gone, NotHeard, Speaker
from bot.views.blocks import Message
from storage.messages import Message as Noted


class Undrawable(Exception):
    """A message could not be drawn: a fault of ours."""


class Delivery:
    """Says things in Slack at its pace: a post per channel and second, each message once."""

    def __init__(
        self, outbox: OutboxService, speaker: Speaker, courier: Courier, clock: Clock,
        machine: Clock, *, post_every: float,
    ) -> None:  # fmt: skip
        self._outbox = outbox
        self._speaker = speaker
        self._courier = courier
        self._clock = clock
        self._machine = machine  # for leases, whatever the workspace's clock shows
        self._post_every = post_every
        self._free_at: dict[str, float] = {}  # by channel or message, on the monotonic clock
        self._began = monotonic()  # the bot before this one may just have posted

    async def make_agree(self, run: Subject, saying: Saying) -> None:
        """Post or edit the saying; raises NotHeard, NoPlace, Undrawable or SlackApiError."""
        noted = await self._outbox.find(saying.key, workspace=run.workspace)
        if noted and noted.ts and not saying.living:
            return
        if saying.enclosure:
            await self._send(run, saying, saying.enclosure)
            return
        message = self._draw(saying)
        if noted and noted.ts:
            if noted.drawn == drawn(message):
                return
            if await self._edited(run, noted, noted.ts, message) or not saying.create:
                return
            noted = None
        if noted or saying.create:
            await self._post(run, saying, message, noted)

    def _draw(self, saying: Saying) -> Message:
        try:
            return saying.draw(self._clock.now())
        except Exception as error:
            raise Undrawable(saying.key) from error

    async def _edited(self, run: Subject, noted: Noted, ts: str, message: Message) -> bool:
        """Edit the message; False when somebody has deleted it."""
        await self._wait_turn(run, noted.key)
        try:
            await self._speaker.edit(noted.channel, ts, message)
        except Gone:
            await self._outbox.forget(noted.key, workspace=run.workspace)
            return False
        await self._outbox.redrawn(noted.key, drawn=drawn(message), workspace=run.workspace)
        return True

    async def _post(
        self, run: Subject, saying: Saying, message: Message, noted: Noted | None
    ) -> None:
        """Post the message, unless an attempt before this one has succeeded after all."""
        thread_ts = await self._thread(run, saying)
        channel = await self._speaker.direct(saying.to) if saying.to else run.channel
        under = saying.under.key if saying.under else None
        of = saying.run_of(run)
        place = Place(saying.key, of, saying.kind, saying.subject, channel, under)
        try:
            found = noted and await self._speaker.find(
                saying.key, channel, thread_ts=thread_ts, since=noted.sending_at
            )
            if not (found or saying.create):  # it was never there, and what it asked is over
                await self._outbox.forget(saying.key, workspace=run.workspace)
                return
            ts = found or await self._posted(run, saying, message, place, thread_ts)
        except Gone:  # the message it belongs under was deleted; that one comes again first
            if under:
                await self._outbox.forget(under, workspace=run.workspace)
            raise NotHeard from None
        if saying.pinned:
            await self._speaker.pin(channel, ts)
        await self._outbox.shown(
            saying.key, ts=ts, drawn="" if found else drawn(message), workspace=run.workspace,
            at=self._clock.now(),
        )  # fmt: skip
        if found:  # it may show what was true then
            await self.make_agree(run, saying)

    async def _posted(
        self, run: Subject, saying: Saying, message: Message, place: Place, thread_ts: str | None
    ) -> str:
        await self._outbox.claim(place, workspace=run.workspace, at=self._clock.now())
        await self._wait_turn(run, place.channel)
        ts = await self._speaker.post(
            place.channel, message, metadata=saying.metadata(run), thread_ts=thread_ts,
            broadcast=saying.broadcast,
        )  # fmt: skip
        if saying.called_at:
            reminder_said(self._clock.now() - saying.called_at)
        return ts

    async def _send(self, run: Subject, saying: Saying, enclosure: Enclosure) -> None:
        """Send a file into somebody's direct messages, under the request it belongs to."""
        thread_ts = await self._thread(run, saying)
        channel = await self._speaker.direct(saying.to) if saying.to else run.channel
        under = saying.under.key if saying.under else None
        of = saying.run_of(run)
        place = Place(saying.key, of, saying.kind, saying.subject, channel, under)
        await self._courier.send(
            run.workspace, enclosure, place, thread_ts or "", at=self._clock.now(),
            wait_turn=lambda: self._wait_turn(run, channel),
        )  # fmt: skip

    async def _thread(self, run: Subject, saying: Saying) -> str | None:
        if saying.under is None:
            return None
        await self.make_agree(run, replace(saying.under, create=True))
        parent = await self._outbox.find(saying.under.key, workspace=run.workspace)
        return parent.ts if parent else None

    async def _wait_turn(self, run: Subject, thing: str) -> None:
        """Keep the pace of a channel, or of one message's edits; then hold the lease anew.

        A call is shorter than a lease, so that nobody else speaks while it is under way.
        """
        now = monotonic()
        free_at = self._free_at.get(thing, self._began + self._post_every)
        self._free_at = {one: at for one, at in self._free_at.items() if at > now}
        self._free_at[thing] = max(free_at, now) + self._post_every
        await asyncio.sleep(free_at - now)
        at = self._machine.now()
        if not await self._outbox.lease(run.channel, workspace=run.workspace, at=at):
            raise NotHeard


def drawn(message: Message) -> str:
    """A hash of what a message shows."""
    return sha256(dumps([message.text, message.blocks]).encode()).hexdigest()[:32]
