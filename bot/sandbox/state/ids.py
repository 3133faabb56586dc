"""Give out the ids and message times of the workspace, each only once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.sandbox.clock import SandboxClock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Ids:
    """Number things in order, so that two runs of a test read alike."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._counts: Counter[str] = Counter()
        self._last_ts = 0

    def ts(self) -> str:
        """Return a message time, later than every one before."""
        now = (self._clock.now() - _EPOCH) // _MICROSECOND
        self._last_ts = max(now, self._last_ts + 100)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def next(self, prefix: str) -> str:
        """Return an id like V0000000A for the prefix V."""
        self._counts[prefix] += 1
        return f"{prefix}0{self._counts[prefix]:08X}"

    def opaque(self, kind: str) -> str:
        """Return an unguessable-looking token, the same in each run."""
        self._counts[kind] += 1
        return sha256(f"{kind}:{self._counts[kind]}".encode()).hexdigest()[:24]

    def hash(self) -> str:
        """Return a view's hash."""
        return f"{int(self._clock.now().timestamp())}.{self.opaque('hash')[:8]}"

    def state(self) -> dict[str, int]:
        """Return what was given out, for a later workspace to go on from."""
        return {**self._counts, "ts": self._last_ts}

    def resume(self, state: dict[str, int]) -> None:
        """Go on after what an earlier workspace gave out."""
        counts = dict(state)
        self._last_ts = counts.pop("ts")
        self._counts = Counter(counts)
