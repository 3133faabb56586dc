"""Kill the bot again and again, at moments drawn by lot, and let it live again."""

import asyncio
from collections import Counter
from random import Random

from bot.sandbox.api.endpoint import Call
from bot.sandbox.api.failures import Failure, Failures
from bot.sandbox.sandbox import Sandbox
from tests.endurance.nursery import Nursery, is_alive, kill

POST, EDIT = "chat.postMessage", "chat.update"
# Where a bot dies: at a call before or after it takes effect, upon a click, or just then.
PLANS = (
    ("before", POST), ("after", POST), ("after", POST), ("before", EDIT), ("after", EDIT),
    ("before", ""), ("after", ""), ("click", ""), ("click", ""), ("delay", ""),
)  # fmt: skip


class Killer(Failures):
    """Stands in the place where the workspace asks which call shall fail."""

    def __init__(self, sandbox: Sandbox, nursery: Nursery, seed: int) -> None:
        super().__init__()
        self._sandbox, self._nursery, self._random = sandbox, nursery, Random(seed)
        self.died: Counter[tuple[str, str]] = Counter()  # how often at which plan
        self._pid = 0
        self.log = []
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

    async def rest(self) -> None:
        """Let the bot that lives now live on."""
        self._plan = ("", "")

    async def stop(self) -> None:
        """No bot lives any more."""
        if self._keeping:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        kill(self._pid)

    async def _keep(self) -> None:
        while True:
            t = asyncio.get_running_loop().time
            t0 = t()
            self._pid = await self._nursery.bear()
            t1 = t()
            self.arm()
            await self._sandbox.until(lambda: self._sandbox.socket.connected or not is_alive(self._pid), timeout=60)
            t2 = t()
            while is_alive(self._pid):
                await self._sandbox.space.changes.wait(0.02)
            self.log.append((round(t1 - t0, 2), round(t2 - t1, 2), round(t() - t2, 2)))

    def arm(self) -> None:
        """Draw how the living bot dies."""
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

    def clicked(self) -> None:
        """Somebody is about to use the bot."""
        if self._plan[0] == "click":
            self._after(self._random.uniform(0, 0.06))

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


class _Calls(list[Call]):
    """The workspace's log of calls: what is written here has just taken effect."""

    def __init__(self, killer: Killer) -> None:
        super().__init__()
        self._killer = killer

    def append(self, call: Call) -> None:
        """Note a call."""
        super().append(call)
        self._killer.taken(call.method)
