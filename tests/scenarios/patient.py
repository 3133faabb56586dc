"""An installation to be looked at by the doctor."""

from pathlib import Path

from bot.clock import Clock, SystemClock
from bot.doctor import examine
from bot.sandbox.sandbox import Sandbox
from tests.scenarios.world import settings_for

MACHINE = SystemClock()


class Patient:
    """An installation: its settings, and what the doctor finds."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox, self.folder = sandbox, folder

    async def examined(self, clock: Clock = MACHINE, **others: str) -> dict[str, str]:
        """Health and words by part."""
        settings = settings_for(self.sandbox, self.folder, **others)
        found = await examine(settings, clock)
        return {each.part: f"{each.health}: {each.words}" for each in found}
