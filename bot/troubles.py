"""When Slack does not let us speak in a channel: mended by ourselves, or told to the lead."""

from collections.abc import Awaitable, Callable

from bot.clock import Clock
from bot.directory import Directory
from bot.services.runs import RunService
from playbooks.run import Run

Rouse = Callable[[str, str], Awaitable[None]]  # workspace, channel: speak again


class Troubles:
    """What becomes of a run that Slack could not show."""

    def __init__(
        self, runs: RunService, directory: Directory, clock: Clock, *, rouse: Rouse
    ) -> None:
        self._runs = runs
        self._directory = directory
        self._clock = clock
        self._rouse = rouse

    async def tell(self, run: Run, kind: str) -> None:
        """Tell the lead, unless the channel is a public one that we can enter again."""
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
