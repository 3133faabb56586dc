"""Give out response URLs: five uses within thirty minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.clock import SandboxClock
from bot.sandbox.shapes import SlackError
from bot.sandbox.state.ids import Ids

USES = 5
LIVES = timedelta(minutes=30)


@dataclass
class Hook:
    """What a response URL answers: a person's act, perhaps on a message."""

    user: str
    channel: str
    issued_at: datetime
    message_ts: str | None = None
    thread_ts: str | None = None
    ephemeral: bool = True
    uses: int = 0


class Hooks:
    """Remember each response URL by its last part."""

    def __init__(self, ids: Ids, clock: SandboxClock) -> None:
        self._ids, self._clock = ids, clock
        self._known: dict[str, Hook] = {}

    def issue(
        self,
        user: str,
        channel: str,
        *,
        message_ts: str | None = None,
        thread_ts: str | None = None,
        ephemeral: bool = True,
    ) -> str:
        """Return the key of a fresh response URL."""
        key = self._ids.opaque("hook")
        at = self._clock.now()
        self._known[key] = Hook(user, channel, at, message_ts, thread_ts, ephemeral)
        return key

    def use(self, key: str) -> Hook:
        """Count one use; refuse unknown, old and worn out ones."""
        hook = self._known.get(key)
        if hook is None:
            raise SlackError("invalid_url")
        if hook.uses >= USES or self._clock.now() - hook.issued_at > LIVES:
            raise SlackError("used_url" if hook.uses >= USES else "expired_url")
        hook.uses += 1
        return hook
