"""Name what travels between a workspace and an app, and how a call fails."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """Carry the error name that Slack answers a call with."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


class InteractionFailed(Exception):
    """Say why a person's act reached no answer: the words Slack's client shows them."""

    def __init__(self, error: str, message: str = "") -> None:
        super().__init__(f"{error}: {message}" if message else error)
        self.error = error
        self.message = message or error.replace("_", " ")
