"""Collect what is wrong with a call, with the rule it breaks and Slack's name for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["E", "W"]
Surface = Literal["message", "modal", "home"]


@dataclass(frozen=True)
class Fault:
    """One fault: E is refused by Slack, W is allowed but wrong for this product."""

    rule: int
    severity: Severity
    path: str
    message: str
    error: str = ""
    method: str = ""

    def __str__(self) -> str:
        name = f" ({self.error})" if self.error else ""
        return f"{self.severity}{self.rule} {self.method}{self.path}: {self.message}{name}"


class Report:
    """Gather the faults of one surface; `error_name` is what Slack calls an error there."""

    def __init__(
        self,
        surface: Surface = "message",
        error_name: str = "invalid_blocks",
        *,
        allow_broadcast: bool = False,
    ) -> None:
        self.faults: list[Fault] = []
        self.surface = surface
        self.error_name = error_name
        self.allow_broadcast = allow_broadcast

    def error(self, rule: int, path: str, message: str, error: str = "") -> None:
        """Note what Slack refuses."""
        self.faults.append(Fault(rule, "E", path, message, error or self.error_name))

    def warn(self, rule: int, path: str, message: str) -> None:
        """Note what is allowed but wrong here."""
        self.faults.append(Fault(rule, "W", path, message))

    def need(self, good: object, rule: int, path: str, message: str, error: str = "") -> bool:
        """Note an error unless `good`; tell whether it was good."""
        if not good:
            self.error(rule, path, message, error)
        return bool(good)

    def advise(self, good: object, rule: int, path: str, message: str) -> None:
        """Note a warning unless `good`."""
        if not good:
            self.warn(rule, path, message)

    def keys(self, value: dict[str, Any], known: Collection[str], rule: int, path: str) -> None:
        """Note each property that Slack does not know here."""
        for key in value.keys() - set(known):
            self.error(rule, f"{path}/{key}", f"invalid additional property: {key}")

    def size(self, value: Any, most: int, rule: int, path: str, least: int = 1) -> bool:
        """Need a text or list of so many characters or items; tell whether it is one."""
        kind = "characters" if isinstance(value, str) else "items"
        good = isinstance(value, str | list) and least <= len(value) <= most
        return self.need(good, rule, path, f"must have {least} to {most} {kind}")

    def choice(self, value: Any, known: Collection[str], rule: int, path: str) -> None:
        """Need one of a few words, where the property is there at all."""
        good = value is None or (isinstance(value, str) and value in known)
        self.need(good, rule, path, f"must be one of {', '.join(sorted(known))}")


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults that Slack refuses."""
    return [fault for fault in faults if fault.severity == "E"]


def warnings(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults that are allowed but wrong here."""
    return [fault for fault in faults if fault.severity == "W"]
