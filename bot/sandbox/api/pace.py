"""Hold the bot to Slack's pace, in real time."""

import math
import time
from dataclasses import dataclass, field

from bot.sandbox.checker.methods import METHODS, PER_MINUTE
from bot.sandbox.shapes import Json

BURST = 3


@dataclass
class Bucket:
    """Tokens that come back one by one every so many seconds."""

    size: float
    every: float
    tokens: float = field(init=False)
    filled_at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.size

    def take(self) -> float:
        """Take a token and return 0, or return the seconds until there is one."""
        now = time.monotonic()
        self.tokens = min(self.size, self.tokens + (now - self.filled_at) / self.every)
        self.filled_at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0
        return (1 - self.tokens) * self.every


class Pace:
    """Allow one message per channel every `post_every` seconds, and each method its tier."""

    def __init__(self, post_every: float, *, tiers: bool) -> None:
        self.post_every = post_every
        self.tiers = tiers
        self._buckets: dict[str, Bucket] = {}

    def wait(self, method: str, args: Json) -> int:
        """Return 0 when the call may go ahead, or whole seconds for Retry-After."""
        delay = 0.0
        posts = method in ("chat.postMessage", "files.completeUploadExternal")
        channel = args.get("channel") or args.get("channel_id")
        if self.post_every and posts and channel:
            delay = self._take(f"post {channel}", BURST, self.post_every)
        tier = METHODS[method].tier
        if not delay and self.tiers and tier:
            limit = PER_MINUTE[tier] + BURST
            delay = self._take(method, limit, 60 / PER_MINUTE[tier])
        return math.ceil(delay)

    def _take(self, key: str, size: float, every: float) -> float:
        return self._buckets.setdefault(key, Bucket(size, every)).take()
