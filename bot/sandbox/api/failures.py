"""Make chosen calls fail, for tests of what the bot does then."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass

KINDS = ("ratelimited", "http_500", "timeout", "drop_before", "drop_after", "late")
AFTERWARDS = ("drop_after", "late")  # the call took effect


@dataclass
class Failure:
    """One way to fail, for the next so many calls."""

    kind: str
    times: int
    retry_after: int


class Failures:
    """Hold what shall go wrong, per method."""

    def __init__(self) -> None:
        self._planned: dict[str, list[Failure]] = defaultdict(list)
        self._always: str | None = None
        self._answering = asyncio.Event()

    def add(self, method: str, kind: str, times: int = 1, *, retry_after: int = 1) -> None:
        """Let the next calls of a method fail.

        Kinds: ratelimited (with `retry_after` seconds), http_500, timeout (no answer at all),
        drop_before and drop_after (the connection breaks before, or after, the call took
        effect), late (it takes effect; the answer waits for `answer`), and error:<name> for an
        error of Slack's.
        """
        self._check(kind)
        if kind == "late" and self._answering.is_set():
            self._answering = asyncio.Event()
        self._planned[method].append(Failure(kind, times, retry_after))

    def always(self, kind: str) -> None:
        """Let every call fail that nothing else is planned for."""
        self._check(kind)
        self._always = kind

    def _check(self, kind: str) -> None:
        if kind not in KINDS and not kind.startswith("error:"):
            raise ValueError(f"{kind} is none of {', '.join(KINDS)}, error:<name>")

    def clear(self) -> None:
        """Let every call succeed again."""
        self._planned.clear()
        self._always = None

    def answer(self) -> None:
        """Give the answers that are late, and those planned to be."""
        self._answering.set()

    async def answering(self) -> None:
        """Wait until late answers are given."""
        await self._answering.wait()

    def take(self, method: str) -> Failure | None:
        """Return how this call shall fail, if it shall."""
        if not self._planned[method]:
            return Failure(self._always, 1, 1) if self._always else None
        failure = self._planned[method][0]
        failure.times -= 1
        if failure.times <= 0:
            self._planned[method].pop(0)
        return failure
