"""People who do things at once, and a bot that has more or less time for its answers."""

from typing import Protocol


class Hurry(Protocol):
    """Changes how many seconds the bot has for an answer, and for a look-up in Slack."""

    def __call__(self, answer: float, look_up: float = ...) -> None: ...
