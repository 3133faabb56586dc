"""Fetch what was handed in, after the answer and never within a transaction."""

import asyncio

import structlog

from bot.clock import Clock
from bot.services.freezing import BATCH, Attempt, FreezingService
from bot.slack_files import Fetched, Gone, SlackFiles, Unfetched
from playbooks.freezing import Found
from storage.blobs import Blob

log = structlog.get_logger(__name__)


class Keeper:
    """Fetches the files of submissions, a step at a time; any number of them may run."""

    def __init__(self, freezing: FreezingService, files: SlackFiles, clock: Clock) -> None:
        self._freezing = freezing
        self._files = files
        self._clock = clock
        self._busy = asyncio.Lock()

    async def keep_due(self) -> None:
        """Fetch all that is due; what fails comes again later."""
        async with self._busy:
            while await self._keep_some() == BATCH:
                pass

    @property
    def is_busy(self) -> bool:
        """Whether it fetches now."""
        return self._busy.locked()

    async def _keep_some(self) -> int:
        due = await self._freezing.due(at=self._clock.now())
        return sum([await self._keep(*each) for each in due])

    async def _keep(self, workspace: str, run_id: str, step: str) -> bool:
        """Whether it was taken up; one step that fails stops no other."""
        try:
            attempt = await self._freezing.begin(workspace, run_id, step, at=self._clock.now())
            if attempt:
                await self._try(attempt)
        except Exception as error:
            log.error("files not kept", run=run_id, step=step, exc_info=error)
            return False
        return True

    async def _try(self, attempt: Attempt) -> None:
        found: dict[str, Found] = {}
        blobs: dict[str, Blob] = {}
        for file in attempt.files:
            try:
                fetched = await self._files.fetch(file)
            except Gone:
                found[file] = Found("gone")
            except Unfetched:
                log.info("file not fetched", run=attempt.run_id, file=file)
            else:
                found[file], blobs[file] = _kept(fetched)
        await self._freezing.done(attempt, found, blobs, at=self._clock.now())


def _kept(fetched: Fetched) -> tuple[Found, Blob]:
    frozen = Found(
        "large" if fetched.content is None else "kept", fetched.digest, fetched.size, fetched.by
    )
    blob = Blob(fetched.digest, fetched.size, fetched.name, fetched.mime, fetched.content)
    return frozen, blob
