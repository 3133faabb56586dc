"""A run's channel that cannot be spoken in: enter it, or tell the lead how to mend it."""

from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.directory import Directory
from bot.services.runs import RunService
from playbooks.run import Run


class Trouble:
    """What is done where Slack lets us not speak."""

    def __init__(
        self, runs: RunService, directory: Directory, clock: Clock,
        rouse: Callable[[str, str], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._runs = runs
        self._directory = directory
        self._clock = clock
        self._rouse = rouse  # workspace, channel: speak again

    async def tell(self, run: Run, kind: str) -> None:
        """Mend it where we can, else let the lead know."""
        if kind == "not_in_channel" and await self._is_back(run):
            return
        await self._runs.trouble(
            run.id, kind=kind, facts={"channel": run.channel}, workspace=run.workspace,
            at=self._clock.now(),
        )  # fmt: skip

    async def _is_back(self, run: Run) -> bool:
        """Enter a public channel, unless somebody took the bot out: they may have meant it."""
        removed = await self._runs.was_removed(run.id, run.channel, workspace=run.workspace)
        if removed or not await self._directory.join(run.channel):
            return False
        await self._rouse(run.workspace, run.channel)
        return True
