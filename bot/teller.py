"""What a run has to say, told event by event, until Slack agrees with what has happened."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.delivery import Delivery, Undrawable
from bot.leave_teller import LeaveTeller
from bot.say import say
from bot.saying import Saying
from bot.services.outbox import OutboxService, Unsaid, Waiting
from bot.speaker import NoPlace
from playbooks.run import Event, Run

log = structlog.get_logger(__name__)

OnTrouble = Callable[[Run, str], Awaitable[None]]
HasOutsiders = Callable[[Run], Awaitable[bool]]


@dataclass
class Round:
    """One pass over what a run has to say."""

    unsaid: Unsaid
    outsiders: bool
    refused: NoPlace | None = None  # why the run's channel cannot be spoken in
    said: dict[str, bool] = field(default_factory=dict)  # by key, whether it might be posted

    def is_due(self, saying: Saying) -> bool:
        """Whether it is still to be said: a living message is drawn once a round."""
        might = self.said.get(saying.key)
        return not saying.living or might is None or (saying.create and not might)


class Teller:
    """Tells the news of one run, while its channel is leased."""

    def __init__(
        self, outbox: OutboxService, delivery: Delivery, machine: Clock, *, on_trouble: OnTrouble,
        has_outsiders: HasOutsiders, leaves: LeaveTeller,
    ) -> None:  # fmt: skip
        self._outbox = outbox
        self._delivery = delivery
        self._machine = machine
        self._on_trouble = on_trouble
        self._has_outsiders = has_outsiders
        self._leaves = leaves

    async def tell(self, waiting: Waiting) -> None:
        """Say what a run has to say; what its channel refuses waits, the lead hears why.

        Raises NotHeard or NoPlace when something is left to say.
        """
        if waiting.is_leave:
            await self._leaves.tell(waiting)
            return
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
                    run.id, finished, workspace=run.workspace, at=self._machine.now()
                )

    async def _tell_event(self, now: Round, number: int, event: Event) -> bool:
        """Whether everything that an event calls for has been said."""
        run = now.unsaid.run
        unsaid = now.unsaid
        sayings = say(
            event, number, run, unsaid.facts, outsiders=now.outsiders, said=unsaid.said,
            documents=unsaid.documents, digests=unsaid.digests,
        )  # fmt: skip
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
        except (SlackApiError, Undrawable) as error:
            # A fault of ours: trying again would stop all that follows.
            log.error("not said", run=run.id, key=saying.key, exc_info=error)
        now.said[saying.key] = saying.create
        return True
