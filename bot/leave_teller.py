"""What a leave has to say, told until the direct messages agree with it."""

import structlog
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.delivery import Delivery, Undrawable
from bot.say_leave import say_leave
from bot.saying import Personal, Saying
from bot.services.outbox import OutboxService, Waiting
from bot.speaker import NoPlace

log = structlog.get_logger(__name__)


class LeaveTeller:
    """Tells the news of one leave, while the person's queue is leased."""

    def __init__(self, outbox: OutboxService, delivery: Delivery, machine: Clock) -> None:
        self._outbox = outbox
        self._delivery = delivery
        self._machine = machine

    async def tell(self, waiting: Waiting) -> None:
        """Say what a leave has to say; raises NotHeard when something is left to say."""
        workspace, id_ = waiting.workspace, waiting.run_id
        news = await self._outbox.leave_news(id_, workspace=workspace)
        if news is None:
            return
        finished = []
        try:
            for number, event in news.events:
                for saying in say_leave(event, number, news):
                    await self._said(Personal(workspace, waiting.channel), saying)
                finished.append(number)
        finally:
            await self._outbox.leave_announced(
                id_, finished, workspace=workspace, at=self._machine.now()
            )

    async def _said(self, whose: Personal, saying: Saying) -> None:
        try:
            await self._delivery.make_agree(whose, saying)
        except NoPlace:  # somebody who cannot be written to: there is no other way to reach them
            log.warning("no direct messages", person=saying.to)
        except (SlackApiError, Undrawable) as error:
            # A fault of ours: trying again would stop all that follows.
            log.error("not said", key=saying.key, exc_info=error)
