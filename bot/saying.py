"""One message that is to be in Slack."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.views.blocks import Message
from playbooks.run import Run


@dataclass(frozen=True, slots=True)
class Saying:
    """One message to be there: `living` ones are edited in place, others are said once."""

    key: str  # derived from run, kind, subject and occasion, so that it is never said twice
    kind: str
    subject: str
    draw: Callable[[datetime], Message]
    living: bool = False
    create: bool = True  # whether a living message that is not there yet is posted
    under: "Saying | None" = None  # the living message whose thread it stands in
    to: str = ""  # somebody's direct messages; empty is the run's channel
    broadcast: bool = False
    pinned: bool = False

    def metadata(self, run: Run) -> dict[str, str]:
        """What the message carries for other apps, and for us after a crash."""
        return {"key": self.key, "kind": self.kind, "run": run.id, "subject": self.subject}
