"""Kill the bot again and again, at moments drawn by lot, and let it live again."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from random import Random
from typing import Any, TypeVar

from bot.sandbox.api.endpoint import Call
from bot.sandbox.api.failures import Failure, Failures
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shapes import InteractionFailed
from tests.endurance.nursery import Nursery, is_alive, kill

T = TypeVar("T")
POST, EDIT = "chat.postMessage", "chat.update"
# Where a bot dies: at a call before or after it takes effect, upon a click, or just then.
PLANS = (
    ("before", POST), ("after", POST), ("after", POST), ("before", EDIT), ("after", EDIT),
    ("before", ""), ("after", ""), ("click", ""), ("click", ""), ("delay", ""),
)  # fmt: skip


class Killer(Failures):
    """Stands in the place where the workspace asks which call shall fail."""

    def __init__(self, sandbox: Sandbox, nursery: Nursery, *, kills: int, seed: int) -> None:
        super().__init__()
        self._sandbox, self._nursery, self._random = sandbox, nursery, Random(seed)  # noqa: S311
        self._limit = kills
        self.died: Counter[tuple[str, str]] = Counter()  # how often at which plan
        self._pid = 0
        self._struck = asyncio.Event()  # no bot lives
        self._plan, self._calls_left = ("", ""), 0
        self._keeping: asyncio.Task[None] | None = None
        sandbox.endpoint.failures = self
        sandbox.endpoint.calls = _Calls(self)

    @property
    def kills(self) -> int:
        """How many bots have died."""
        return sum(self.died.values())

    async def start(self) -> None:
        """Keep a bot alive until the next one is to die."""
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """No bot lives any more."""
        if self._keeping:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        kill(self._pid)

    async def _keep(self) -> None:
        while True:
            self._pid = await self._nursery.bear()
            self.arm()
            while is_alive(self._pid):
                await self._sandbox.space.changes.wait(0.02)

    async def dare(self, act: Coroutine[Any, Any, T]) -> T:
        """Let somebody use the bot; InteractionFailed when it dies under their hands."""
        if self._plan[0] == "click":
            self._after(self._random.uniform(0, 0.06))
        acting, dying = asyncio.create_task(act), asyncio.create_task(self._struck.wait())
        await asyncio.wait({acting, dying}, return_when=asyncio.FIRST_COMPLETED)
        dying.cancel()
        if not acting.done():
            acting.cancel()
            raise InteractionFailed("operation_timeout")
        return await acting

    def arm(self) -> None:
        """Draw how the living bot dies."""
        self._struck.clear()
        if self.kills >= self._limit:
            return
        self._plan = self._random.choice(PLANS)
        self._calls_left = self._random.randint(1, 4)
        if self._plan[0] == "delay":
            self._after(self._random.uniform(0, 0.5))

    def take(self, method: str) -> Failure | None:
        """A call comes in."""
        if self._strikes("before", method):
            self._kill()
            return Failure("drop_before", 1, 0)
        return None

    def taken(self, method: str) -> None:
        """A call has taken effect and is about to be answered."""
        if self._strikes("after", method):
            self._kill()

    def _strikes(self, moment: str, method: str) -> bool:
        if self._plan[0] != moment or self._plan[1] not in {"", method}:
            return False
        self._calls_left -= 1
        return self._calls_left <= 0

    def _after(self, seconds: float) -> None:
        plan, pid = self._plan, self._pid
        self._plan = (f"{plan[0]} is near", "")

        def strike() -> None:
            if pid == self._pid and self._plan[0].endswith("is near"):
                self._plan = plan
                self._kill()

        asyncio.get_running_loop().call_later(seconds, strike)

    def _kill(self) -> None:
        self.died[self._plan] += 1
        self._plan = ("", "")
        kill(self._pid)
        self._struck.set()


class _Calls(list[Call]):
    """The workspace's log of calls: what is written here has just taken effect."""

    def __init__(self, killer: Killer) -> None:
        super().__init__()
        self._killer = killer

    def append(self, call: Call) -> None:
        """Note a call."""
        super().append(call)
        self._killer.taken(call.method)
