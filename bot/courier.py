"""Send the file itself to who decides on it: once, as far as Slack lets us know."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.saying import Enclosure
from bot.services.outbox import OutboxService, Place
from bot.slack_errors import code_of
from bot.slack_files import SlackFiles, Unfetched
from bot.speaker import NotHeard, meaning_of
from storage.blobs import Blob

log = structlog.get_logger(__name__)

ATTEMPTS = 5  # in a row; then the request stands without its file, and what waits goes on
_FAILURES = (SlackApiError, Unfetched, TimeoutError, aiohttp.ClientError, ConnectionError)
# An app installed before it asked for this goes without; its other words must not wait.
_NOT_ALLOWED = {"missing_scope", "no_permission", "not_allowed_token_type"}


class Courier:
    """Sends frozen files; the announcer goes on where one cannot be sent."""

    def __init__(self, outbox: OutboxService, files: SlackFiles) -> None:
        self._outbox = outbox
        self._files = files
        self._failed: Counter[str] = Counter()

    async def send(
        self, workspace: str, enclosure: Enclosure, place: Place, thread_ts: str, *, at: datetime,
        wait_turn: Callable[[], Awaitable[None]],
    ) -> None:  # fmt: skip
        """Send a file into a thread, unless it is there; raises NotHeard, NoPlace or SlackApiError.

        A bare upload carries no key, so after a crash it is known by its thread, name and size.
        """
        blob = await self._outbox.blob(enclosure.digest, workspace=workspace)
        if blob is None or not blob.content:
            return
        before = await self._outbox.find(place.key, workspace=workspace)
        await self._outbox.claim(place, workspace=workspace, at=at)
        try:
            file = before and await self._files.shared(
                blob.name, blob.size, channel=place.channel, thread_ts=thread_ts
            )
            file = file or await self._sent(workspace, enclosure, place, blob, thread_ts, wait_turn)
        except _FAILURES as error:
            self._bear(place.key, error)
            return
        self._failed.pop(place.key, None)
        await self._outbox.shown(
            place.key, ts=file, drawn=enclosure.digest[:32], workspace=workspace, at=at
        )

    async def _sent(
        self, workspace: str, enclosure: Enclosure, place: Place, blob: Blob, thread_ts: str,
        wait_turn: Callable[[], Awaitable[None]],
    ) -> str:  # fmt: skip
        file = await self._files.upload(blob.name, blob.content or b"", title=enclosure.title)
        await wait_turn()  # the upload may have outlasted our turn, and somebody else's begun
        now = await self._outbox.find(place.key, workspace=workspace)
        if now and now.ts:
            return now.ts
        await self._files.share(
            file, title=enclosure.title, channel=place.channel, thread_ts=thread_ts
        )
        return file

    def _bear(self, key: str, error: Exception) -> None:
        """Raise what the announcer makes of it; what fails again and again is left out."""
        meant: Exception = NotHeard()
        if isinstance(error, SlackApiError):
            meant = error if code_of(error) in _NOT_ALLOWED else meaning_of(error)
        self._failed[key] += 1
        if not isinstance(meant, NotHeard) or self._failed[key] < ATTEMPTS:
            raise meant from error
        log.warning("file not sent", key=key, error=str(error))
