"""`when:` conditions over parameters, answers and list totals."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

_TOKEN = re.compile(
    r"\s*(?:(?P<op><=|>=|!=|=|<|>)|(?P<paren>[()])"
    r"|(?P<quoted>\"[^\"]*\"|'[^']*')|(?P<word>[^\s()=<>!\"']+))"
)
_FORM = (
    "write e.g. param.size = large, answer.brief.budget > 50000,"
    " list.budget.total.planned >= 100000, joined by and / or / not"
)
_OPERATORS = {"=", "!=", "<", "<=", ">", ">="}
_RESERVED = {"(", ")", "and", "or", "not", *_OPERATORS}
_BRACKETS = 20

Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison; `name` is param.<id>, answer.<step>.<question> or list.<id>.<figure>."""

    name: str
    op: str
    value: str

    def holds(self, facts: Mapping[str, Value | None]) -> bool:
        """Compare as numbers where both sides are numbers, else as text; unknown never holds."""
        known = facts.get(self.name)
        if known is None:
            return self.op == "!="
        left, right = _alike(known, self.value)
        if self.op in {"=", "!="}:
            return (left == right) == (self.op == "=")
        if isinstance(left, str) or isinstance(right, str):
            return False
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[
            self.op
        ]

    def comparisons(self) -> Iterator["Comparison"]:
        """This comparison alone."""
        yield self


@dataclass(frozen=True, slots=True)
class Combined:
    """`and`, `or` or `not` over other conditions."""

    op: str
    parts: tuple["Comparison | Combined", ...]

    def holds(self, facts: Mapping[str, Value | None]) -> bool:
        """Whether the condition is true of `facts`."""
        truths = [part.holds(facts) for part in self.parts]
        if self.op == "not":
            return not truths[0]
        return all(truths) if self.op == "and" else any(truths)

    def comparisons(self) -> Iterator[Comparison]:
        """Every comparison inside."""
        for part in self.parts:
            yield from part.comparisons()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition and the text it was read from."""

    text: str
    rule: Comparison | Combined

    def holds(self, facts: Mapping[str, Value | None]) -> bool:
        """Whether the condition is true of `facts` (unknown names are not)."""
        return self.rule.holds(facts)

    def names(self) -> tuple[str, ...]:
        """The names it asks about, in order."""
        return tuple(comparison.name for comparison in self.rule.comparisons())


def _alike(left: Value, right: str) -> tuple[str | float, str | float]:
    if isinstance(left, bool):
        return ("yes" if left else "no", {"true": "yes", "false": "no"}.get(right, right))
    try:
        return float(left), float(right)
    except ValueError:
        return str(left), right


def parse_condition(text: str) -> Condition:
    """Read a condition; raise ValueError with the words to mend it."""
    tokens = _tokens(text)
    rule = _any_of(tokens, text)
    if tokens:
        raise ValueError(f"{text!r} is no condition at {tokens[0]!r}: {_FORM}")
    return Condition(text, rule)


def _tokens(text: str) -> list[str]:
    if len(text) > 500:
        raise ValueError("is a condition of more than 500 characters: split it")
    if text.count("(") > _BRACKETS:
        raise ValueError(f"is a condition with more than {_BRACKETS} brackets: split it")
    tokens, at = [], 0
    stripped = text.rstrip()
    while at < len(stripped):
        found = _TOKEN.match(stripped, at)
        if not found:
            raise ValueError(f"{text!r} is no condition: {_FORM}")
        tokens.append(found.group().strip())
        at = found.end()
    return tokens


def _any_of(tokens: list[str], text: str) -> Comparison | Combined:
    parts = [_all_of(tokens, text)]
    while tokens and tokens[0] == "or":
        tokens.pop(0)
        parts.append(_all_of(tokens, text))
    return parts[0] if len(parts) == 1 else Combined("or", tuple(parts))


def _all_of(tokens: list[str], text: str) -> Comparison | Combined:
    parts = [_single(tokens, text)]
    while tokens and tokens[0] == "and":
        tokens.pop(0)
        parts.append(_single(tokens, text))
    return parts[0] if len(parts) == 1 else Combined("and", tuple(parts))


def _single(tokens: list[str], text: str) -> Comparison | Combined:
    if tokens and tokens[0] == "not":
        tokens.pop(0)
        return Combined("not", (_single(tokens, text),))
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        inner = _any_of(tokens, text)
        if not tokens or tokens.pop(0) != ")":
            raise ValueError(f"{text!r} lacks a closing bracket: {_FORM}")
        return inner
    if len(tokens) < 3 or tokens[1] not in _OPERATORS or tokens[2] in _RESERVED:
        raise ValueError(f"{text!r} is no condition: {_FORM}")
    name, op, value = (tokens.pop(0) for _ in range(3))
    if not re.fullmatch(r"(param\.[\w-]+|answer\.[\w-]+\.[\w-]+|list\.[\w-]+(\.[\w-]+)+)", name):
        raise ValueError(f"{name!r} cannot be asked about: {_FORM}")
    return Comparison(name, op, value.strip("\"'"))


def _read(value: object) -> Condition:
    if isinstance(value, str):
        return parse_condition(value)
    if not isinstance(value, Condition):
        raise ValueError("must be a condition such as param.size = large")
    return value


When = Annotated[
    Condition,
    PlainValidator(_read),
    PlainSerializer(lambda condition: condition.text),
    WithJsonSchema({"type": "string", "examples": ["param.size = large"]}),
]
