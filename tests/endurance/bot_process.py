"""Bots in processes of their own, forked from one that has loaded everything; run as a program."""

import asyncio
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Bot
from bot.logs import set_up_logs
from bot.services import outbox
from bot.settings import Settings

CLOCK = "ENDURANCE_CLOCK"  # the file that holds the present moment
LEASE = "ENDURANCE_LEASE"  # seconds until a killed bot's channels are free again


class FileClock:
    """The moment that a file says, so that a test moves the time of another process."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """This moment."""
        return datetime.fromisoformat(self._path.read_text())


def main() -> None:
    """Fork a bot for each line that comes in, and answer with its process id."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    set_up_logs("INFO", "console")
    outbox.LEASE = timedelta(seconds=float(os.environ[LEASE]))
    clock = FileClock(Path(os.environ[CLOCK]))
    bot = Bot(Settings(_env_file=None), clock=clock, post_every=0, look_every=0.1)
    born = []
    while sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            asyncio.run(_live(bot))
            os._exit(0)
        born.append(pid)
        print(pid, flush=True)  # noqa: T201
    for pid in born[-1:]:
        _end(pid)


async def _live(bot: Bot) -> None:
    asked = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
    await bot.start()
    await asked.wait()
    await bot.stop()


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    main()
