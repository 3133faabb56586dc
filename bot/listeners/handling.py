"""What becomes of a request: whatever goes wrong with it ends in words for whoever made it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import structlog

from bot.listeners.requests import Request
from bot.services import Unreachable
from bot.slack_errors import SILENCE
from bot.views.answers import error_message, refusal_message, silent_message, unreachable_message
from bot.views.blocks import Message
from playbooks.run import Refused
from playbooks.texts import LANGUAGES

log = structlog.get_logger(__name__)

# What it gives back is told to the person alone; a dict is the form that follows.
Handler = Callable[[Request], Awaitable[Message | dict[str, Any] | None]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request, and what to tell the person alone."""

    request: Request  # by somebody we know by now
    answer: Message | None = None
    error: Exception | None = None
    following: dict[str, Any] | None = None  # the form that follows the one sent

    @property
    def is_unsure(self) -> bool:
        """Whether Slack may have done all the same what it did not confirm."""
        return isinstance(self.error, SILENCE)


async def handle(request: Request, handler: Handler) -> Outcome:
    """Let a request be acted on; raises nothing."""
    is_known = False
    try:
        request = await request.introduced()
        is_known = True
        return await _acted(request, handler)
    except Refused as refused:  # nobody we could answer by name
        return Outcome(request, refusal_message(refused, request.person), refused)
    except Unreachable as error:
        log.warning("database not reachable", error=str(error.orig))
        return Outcome(request, _unreachable(request, in_doubt=is_known and error.in_doubt), error)
    except SILENCE as error:
        log.warning("Slack did not answer", error=repr(error))
        return Outcome(request, silent_message(request.language), error)
    except Exception as error:
        reference = uuid4().hex[:8]  # the person gets a number, the log the rest
        log.error("request failed", reference=reference, exc_info=error)
        return Outcome(request, error_message(request.language, reference), error)


async def _acted(request: Request, handler: Handler) -> Outcome:
    try:
        told = await handler(request)
    except Refused as refused:
        if await request.desk.reading.was_taken(request.receipt, workspace=request.workspace):
            return Outcome(request)  # it came twice, and was done the first time
        return Outcome(request, refusal_message(refused, request.person), refused)
    if isinstance(told, dict):
        return Outcome(request, following=told)
    return Outcome(request, told)


def _unreachable(request: Request, *, in_doubt: bool) -> Message:
    met = request.desk.people.recall(request.user, workspace=request.workspace)
    return unreachable_message([met.language] if met else LANGUAGES, in_doubt=in_doubt)
