"""Whether answers fit their questions, and what is wrong where they do not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from playbooks.answers import UNKNOWN, Lists, latest, questions_of
from playbooks.calendars import in_reach
from playbooks.questions import Question
from playbooks.records import Answer
from playbooks.run import Run, Step

TEXT_LIMIT = 3000  # characters of an answer or a quote
NUMBER_LIMIT = 1e15


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field: the key of the words, and the facts they name."""

    key: str
    facts: Mapping[str, str]


def problems(run: Run, step: Step, lists: Lists = UNKNOWN) -> dict[str, Problem]:
    """The fields of the form whose answer is missing or does not fit."""
    answers = latest(step)
    return dict(
        found
        for question in questions_of(run, step, lists)
        for found in _problems(question, answers.get(question.id))
    )


def _problems(question: Question, answer: Answer | None) -> Iterator[tuple[str, Problem]]:
    field = f"question.{question.id}"
    if answer is None or not answer.value:
        if must_be_answered(question):
            yield field, Problem("answer.missing", {})
        return
    if problem := unfit(question, answer.value):
        yield field, problem
    elif question.evidence == "required" and not answer.quote and _passes(question, answer.value):
        yield f"{field}.evidence", Problem("answer.quote_missing", {})
    elif len(answer.quote) > TEXT_LIMIT:
        yield f"{field}.evidence", Problem("answer.long", {"limit": str(TEXT_LIMIT)})


def must_be_answered(question: Question) -> bool:
    """Whether a question may not be left out; a gate is never passed in silence."""
    return question.required or question.type == "gate"


def _passes(question: Question, value: str) -> bool:
    return value != question.blocks_on


def unfit(question: Question, value: str) -> Problem | None:
    """What is wrong with an answer, if anything is."""
    if question.type == "number":
        return _number_problem(question, value)
    if question.type in {"choice", "multi-choice"}:
        known = {choice.id for choice in question.choices}
        chosen = value.split(",") if question.type == "multi-choice" else [value]
        return None if set(chosen) <= known else Problem("answer.choice", {})
    if question.type == "date":
        return None if _is_day(value) else Problem("answer.date", {})
    if question.type == "link":
        return None if is_web_address(value) else Problem("answer.link", {})
    if question.type == "gate":
        return None if value in {"yes", "no"} else Problem("answer.choice", {})
    return Problem("answer.long", {"limit": str(TEXT_LIMIT)}) if len(value) > TEXT_LIMIT else None


def _number_problem(question: Question, value: str) -> Problem | None:
    number = number_of(value)
    if number is None:
        return Problem("answer.number", {})
    if question.min is not None and number < question.min:
        return Problem("answer.min", {"limit": plain_number(question.min)})
    if question.max is not None and number > question.max:
        return Problem("answer.max", {"limit": plain_number(question.max)})
    return None


def number_of(value: str) -> float | None:
    """A plain number; None for words, infinities and what no team could mean."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < NUMBER_LIMIT else None


def plain_number(value: float) -> str:
    """A number as people write it: without an exponent, or a fraction that is none."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _is_day(value: str) -> bool:
    try:
        return in_reach(date.fromisoformat(value))
    except ValueError:
        return False


def is_web_address(value: str) -> bool:
    """Whether a text is one address of the web, with a host."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return False
    plain = not any(sign.isspace() or not sign.isprintable() for sign in value)
    return plain and parts.scheme in {"http", "https"} and bool(host) and len(value) <= TEXT_LIMIT
