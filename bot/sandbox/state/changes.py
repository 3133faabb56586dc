"""Let readers wait until something in the workspace has changed."""

import asyncio


class Changes:
    """Count visible changes and wake whoever waits for any news."""

    def __init__(self) -> None:
        self.version = 1
        self._waiting: set[asyncio.Future[None]] = set()

    def bump(self) -> None:
        """Note a change that people see."""
        self.version += 1
        self.signal()

    def signal(self) -> None:
        """Wake all who wait, also for news that people do not see."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def wait(self, seconds: float) -> bool:
        """Wait for the next news; False when the time ran out."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(future)
        return True
