"""Due rules as a playbook writes them: `anchor - 20 workdays at 10:00`."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Literal

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

Unit = Literal["workdays", "days", "weeks", "hours", "minutes"]
Base = Literal["start", "anchor", "after", "param"]

_RULE = re.compile(
    r"(?P<base>start|anchor|after\(\s*(?P<step>[\w-]+)\s*\)|param\.(?P<param>[\w-]+))"
    r"(?:\s*(?P<sign>[+-])\s*(?P<count>\d{1,4})\s*(?P<unit>workday|day|week|hour|minute)s?)?"
    r"(?:\s+at\s+(?P<at>[0-2]?\d:[0-5]\d))?",
    re.ASCII,
)
_SPAN = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>workday|day|week|hour|minute)s?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DueRule:
    """A moment told from the run's start, its anchor, another step or a parameter."""

    base: Base
    ref: str | None = None  # the step of after(step), the parameter of param.id
    count: int = 0  # signed: -20 is twenty units before the base
    unit: Unit = "workdays"
    at: time | None = None  # local time of day; None is the end of the working day

    def __str__(self) -> str:
        base = {"after": f"after({self.ref})", "param": f"param.{self.ref}"}.get(
            self.base, self.base
        )
        sign = "-" if self.count < 0 else "+"
        offset = f" {sign} {abs(self.count)} {self.unit}" if self.count else ""
        return f"{base}{offset}" + (f" at {self.at:%H:%M}" if self.at else "")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, counted in working days, days, weeks, hours or minutes."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"


def parse_due_rule(text: str) -> DueRule:
    """Read a due rule; raise ValueError with the words to mend it."""
    found = _RULE.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(
            f"{text[:60]!r} is no due rule: write start, anchor, after(step) or param.id,"
            " then + or - a number of workdays, days, weeks, hours or minutes,"
            " then 'at 10:00' if needed, e.g. anchor - 20 workdays at 10:00"
        )
    at = found["at"]
    if at and int(at.split(":")[0]) > 23:
        raise ValueError(f"{at!r} is no time of day: write 00:00 to 23:59")
    count = int(found["count"] or 0) * (-1 if found["sign"] == "-" else 1)
    return DueRule(
        base=_base(found["base"]),
        ref=found["step"] or found["param"],
        count=count,
        unit=_unit(found["unit"]) if count else "workdays",
        at=time.fromisoformat(at.zfill(5)) if at else None,
    )


def parse_span(text: str) -> Span:
    """Read a length of time such as `2 workdays`; raise ValueError with the words to mend it."""
    found = _SPAN.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(f"{text[:60]!r} is no length of time: write e.g. 2 workdays or 4 hours")
    return Span(int(found["count"]), _unit(found["unit"]))


def _base(text: str) -> Base:
    if text == "start":
        return "start"
    if text == "anchor":
        return "anchor"
    return "after" if text.startswith("after") else "param"


def _unit(text: str) -> Unit:
    units: dict[str, Unit] = {
        "workday": "workdays",
        "day": "days",
        "week": "weeks",
        "hour": "hours",
        "minute": "minutes",
    }
    return units[text]


def _read_rule(value: object) -> DueRule:
    if isinstance(value, str):
        return parse_due_rule(value)
    if not isinstance(value, DueRule):
        raise PydanticCustomError("rule_type", "must be a due rule: anchor - 20 workdays, say")
    return value


def _read_span(value: object) -> Span:
    if isinstance(value, str):
        return parse_span(value)
    if not isinstance(value, Span):
        raise ValueError("must be a length of time such as 2 workdays")
    return value


Rule = Annotated[
    DueRule,
    PlainValidator(_read_rule),
    PlainSerializer(str),
    WithJsonSchema(
        {"type": "string", "examples": ["anchor - 20 workdays", "after(brief) + 2 days"]}
    ),
]
Length = Annotated[
    Span,
    PlainValidator(_read_span),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["2 workdays", "4 hours"]}),
]
