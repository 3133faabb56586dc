"""Whether the bot can work, and what it measures: for whoever watches it."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.metrics import render
from bot.services import Unreachable
from bot.services.outbox import OutboxService
from storage.database import Database

log = structlog.get_logger(__name__)

ANSWER_WITHIN = 1.5  # seconds of the database's time


class Health:
    """Looks at the database and at the connection to Slack."""

    def __init__(self, database: Database, has_slack: Callable[[], Awaitable[bool]]) -> None:
        self._database = database
        self._has_slack = has_slack

    async def ready(self) -> dict[str, bool]:
        """What is needed, and whether it is there."""
        try:
            current = await asyncio.to_thread(self._database.hurried(ANSWER_WITHIN).is_current)
        except Exception as error:
            log.warning("database not reachable", error=str(error))
            current = False
        return {"database": current, "slack": await self._has_slack()}

    async def measured(self) -> bytes:
        """Everything measured, in Prometheus' format."""
        outbox = OutboxService(self._database.hurried(ANSWER_WITHIN), holder="")
        try:
            return render(await outbox.depth())
        except Unreachable:
            return render(None)
