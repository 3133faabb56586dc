"""What is wrong in a playbook file, where, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Literal

from playbooks.nodes import Mark

FAULT_LIMIT = 100  # a file with more is not a playbook with slips
_MESSAGE_LIMIT = 400  # characters
_NEAR_LIMIT = 300  # names compared, so that a hostile file costs little


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong at one place."""

    file: str
    line: int
    column: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """`file:line:column: what is wrong, and how to mend it`."""
        warning = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {warning}{self.message}"


def fault(mark: Mark, message: str) -> Fault:
    """An error at `mark`; the file is refused."""
    return Fault(mark.file, mark.line, mark.column, _clipped(message))


def warning(mark: Mark, message: str) -> Fault:
    """A warning at `mark`; the file is taken."""
    return Fault(mark.file, mark.line, mark.column, _clipped(message), "warning")


def is_refused(faults: Iterable[Fault]) -> bool:
    """Whether one of the faults is an error."""
    return any(each.severity == "error" for each in faults)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults in the order of the file, each once."""
    return tuple(sorted(set(faults)))


def quoted(text: str) -> str:
    """A word of the file in quotes, shortened when it is long."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    return next(iter(get_close_matches(name[:60], islice(known, _NEAR_LIMIT), n=1)), None)


def _clipped(message: str) -> str:
    message = " ".join(message.split())
    return message if len(message) <= _MESSAGE_LIMIT else f"{message[:_MESSAGE_LIMIT]}..."
