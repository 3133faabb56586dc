"""Send events in order, again when they stay unanswered."""

import asyncio

from bot.sandbox.delivery.envelopes import Delivery, Envelope, Timing
from bot.sandbox.shapes import InteractionFailed, Json
from bot.sandbox.state.cast import APP_ID, BOT_USER_ID, TEAM_ID
from bot.sandbox.state.workspace import Workspace

AUTHORIZATION = {
    "enterprise_id": None,
    "team_id": TEAM_ID,
    "user_id": BOT_USER_ID,
    "is_bot": True,
    "is_enterprise_install": False,
}


class EventSender:
    """Wrap each event and deliver it in a task of its own."""

    def __init__(
        self,
        space: Workspace,
        delivery: Delivery,
        timing: Timing,
        subscribed: frozenset[str] | None = None,
    ) -> None:
        self._space, self._delivery, self._timing = space, delivery, timing
        self._subscribed = subscribed
        self._tasks: set[asyncio.Task[None]] = set()
        self.sent: list[Envelope] = []
        self.lost: list[Json] = []

    @property
    def under_way(self) -> int:
        """Count events not yet acknowledged."""
        return len(self._tasks)

    def send(self, event: Json) -> None:
        """Deliver an event if the app has subscribed to its kind."""
        if self._subscribed is not None and _subscription(event) not in self._subscribed:
            return
        task = asyncio.get_running_loop().create_task(self._deliver(self._wrap(event)))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._space.changes.signal()

    def _wrap(self, event: Json) -> Json:
        return {
            "token": "sandbox",
            "team_id": TEAM_ID,
            "context_team_id": TEAM_ID,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "type": "event_callback",
            "event": event,
            "event_id": self._space.ids.next("Ev"),
            "event_time": int(self._space.clock.now().timestamp()),
            "authorizations": [AUTHORIZATION],
            "is_ext_shared_channel": False,
            "event_context": self._space.ids.opaque("context"),
        }

    async def _deliver(self, payload: Json) -> None:
        delays = (None, *self._timing.retry_after)
        for attempt, delay in enumerate(delays):
            if delay:
                await asyncio.sleep(delay)
            reason = "timeout" if attempt else ""
            envelope = Envelope("events_api", payload, False, attempt, reason)
            self.sent.append(envelope)
            try:
                await self._delivery.send(envelope)
            except InteractionFailed:
                continue
            return
        self.lost.append(payload)

    async def close(self) -> None:
        """Give up what is still under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _subscription(event: Json) -> str:
    if event["type"] != "message":
        return str(event["type"])
    kinds = {"channel": "channels", "group": "groups", "im": "im"}
    return f"message.{kinds[event['channel_type']]}"
