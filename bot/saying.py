"""One message that should be in Slack, and who reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.views.blocks import Message
from bot.views.dates import Zones
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


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads it: the languages and zones of people, and whether strangers read along."""

    outsiders: bool
    languages: Mapping[str, str]
    zones: Zones

    def language_of(self, person: str, run: Run) -> str:
        """What somebody alone reads; empty is the channel."""
        return self.languages.get(person, run.language)
