"""Who opens too many links that do not work has to wait, whatever they open next."""

from collections import OrderedDict, deque
from ipaddress import ip_address
from time import monotonic

from aiohttp import web

MISSES = 20  # links that do not work, within the window
WINDOW = 600.0  # seconds
ADDRESSES = 10_000  # remembered at once


class Limiter:
    """Counts misses by address; what works is never counted."""

    def __init__(self, *, misses: int = MISSES, window: float = WINDOW) -> None:
        self._misses, self._window = misses, window
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def is_over(self, address: str) -> bool:
        """Whether an address has missed too often."""
        return len(self._fresh(address)) >= self._misses

    def miss(self, address: str) -> None:
        """Note a link that did not work."""
        fresh = self._fresh(address)
        fresh.append(monotonic())
        self._seen[address] = fresh
        self._seen.move_to_end(address)
        while len(self._seen) > ADDRESSES:
            self._seen.popitem(last=False)

    def _fresh(self, address: str) -> deque[float]:
        seen = self._seen.get(address, deque())
        while seen and seen[0] < monotonic() - self._window:
            seen.popleft()
        return seen


def address_of(request: web.Request) -> str:
    """Where a request comes from; a proxy on this machine or network is believed."""
    remote = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        near = ip_address(remote)
        return str(ip_address(forwarded)) if forwarded and near.is_private else remote
    except ValueError:
        return remote
