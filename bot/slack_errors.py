"""What Slack says went wrong."""

import aiohttp
from slack_sdk.errors import SlackApiError

SILENCE = (TimeoutError, aiohttp.ClientError, ConnectionError)  # no answer: it may have been done
_UNWELL = {
    "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable",
    "request_timeout",
}  # fmt: skip


def code_of(error: Exception) -> str:
    """Slack's own name of an error; empty where its answer could not be read, or none came."""
    told = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    return str(told.get("error", "")) if isinstance(told, dict) else ""


def is_refusal(error: Exception) -> bool:
    """Whether Slack says no, and will say so again."""
    return bool(code_of(error)) and code_of(error) not in _UNWELL
