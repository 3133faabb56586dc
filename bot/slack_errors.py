"""What Slack says went wrong."""

from slack_sdk.errors import SlackApiError


def code_of(error: Exception) -> str:
    """Slack's own name of an error; empty where its answer could not be read, or none came."""
    told = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    return str(told.get("error", "")) if isinstance(told, dict) else ""
