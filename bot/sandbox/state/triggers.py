"""Give out the trigger ids that let the bot open a view for a short while."""

import time
from dataclasses import dataclass

from bot.sandbox.shapes import SlackError
from bot.sandbox.state.ids import Ids


@dataclass
class Trigger:
    """What a person's act allows: one view, soon."""

    user: str
    channel: str | None
    issued: float
    used: bool = False


class Triggers:
    """Remember each trigger id until it is spent; `lives` is in real seconds."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._known: dict[str, Trigger] = {}
        self.lives = 3.0

    def issue(self, user: str, channel: str | None = None) -> str:
        """Return a fresh trigger id for a person's act."""
        token = self._ids.opaque("trigger")
        trigger_id = f"{int(token[:10], 16)}.{int(token[10:18], 16)}.{token}"
        self._known[trigger_id] = Trigger(user, channel, time.monotonic())
        return trigger_id

    def spend(self, trigger_id: str) -> Trigger:
        """Use a trigger id up; refuse unknown, late and spent ones."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > self.lives:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
