"""Start bots as processes, and kill them."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.sandbox.sandbox import Sandbox
from tests.endurance import bot_process

ROOT = Path(__file__).parents[2]
START_WITHIN = 60  # seconds to load everything, on a machine that does much else


class Nursery:
    """A process that bots are forked from."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def bear(self) -> int:
        """Start one more bot; returns its process id."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"\n")
        async with asyncio.timeout(START_WITHIN):
            return int(await self._process.stdout.readline())


@asynccontextmanager
async def nursery(
    sandbox: Sandbox, url: str, folder: Path, *, lease: float
) -> AsyncIterator[Nursery]:
    """Load the bot's program; its bots work in this workspace, on this database."""
    clock = folder / "clock"
    tell_time(clock, sandbox.clock.now())
    sandbox.clock.subscribe(lambda: tell_time(clock, sandbox.clock.now()))
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token, "SLACK_API_URL": sandbox.api_url,
        "SOPBOT_MODE": "socket", "SOPBOT_PORT": "0", "DATABASE_URL": url,
        bot_process.CLOCK: str(clock), bot_process.LEASE: str(lease),
    }  # fmt: skip
    with (folder / "bots.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, bot_process.__file__, cwd=folder, env=environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log,
        )  # fmt: skip
        try:
            yield Nursery(process)
        finally:
            assert process.stdin
            process.stdin.close()
            await process.wait()


def tell_time(path: Path, moment: datetime) -> None:
    """Let the bots' clock show a moment."""
    new = path.with_suffix(".new")
    new.write_text(moment.isoformat())
    new.replace(path)


def kill(pid: int) -> None:
    """End a bot at once, in the middle of whatever it does."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    """Whether a bot lives."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
