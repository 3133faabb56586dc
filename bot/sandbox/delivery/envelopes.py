"""Say what is delivered, and how a delivery is retried."""

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.sandbox.shapes import Json

EnvelopeType = Literal["events_api", "interactive", "slash_commands"]


@dataclass
class Timing:
    """How long, in real seconds, an answer may take, and when unanswered events come again."""

    ack_within: float = 3.0
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)


@dataclass(frozen=True)
class Envelope:
    """One payload on its way to the bot."""

    type: EnvelopeType
    payload: Json
    accepts_response: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""


class Delivery(Protocol):
    """A way to the bot."""

    @property
    def connected(self) -> bool:
        """Tell whether somebody is there to take a payload."""

    async def send(self, envelope: Envelope) -> Json:
        """Deliver and return the answer's body; raise InteractionFailed when none came."""
