"""Review questions: which apply, whether answers fit them, and which gates they close."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from playbooks.calendars import in_reach
from playbooks.conditions import Condition, Value
from playbooks.questions import Question
from playbooks.records import Answer
from playbooks.run import Run, Step

TEXT_LIMIT = 3000  # characters of an answer or a quote
NUMBER_LIMIT = 1e15

Lists = Mapping[str, Value]  # what is known of lists, as conditions name it
UNKNOWN: Lists = {}


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody fills in: choice ids joined by commas, ISO days, yes or no."""

    value: str = ""
    quote: str = ""  # the evidence a gate asks for


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field: the key of the words, and the facts they name."""

    key: str
    facts: Mapping[str, str]


def known_facts(run: Run, lists: Lists = UNKNOWN) -> dict[str, Value]:
    """What conditions can ask about: the run's parameters, the latest answers, the lists."""
    facts: dict[str, Value] = {**lists}
    facts |= {f"param.{id_}": value for id_, value in run.params.items()}
    for step in run.steps:
        facts |= {f"answer.{step.id}.{answer.question}": answer.value for answer in step.answers}
    return facts


def is_on(run: Run, when: Condition | None, lists: Lists = UNKNOWN) -> bool:
    """Whether a condition allows its element; answers and totals not known yet switch nothing off.

    A parameter that was left out is known: it is nothing.
    """
    if when is None:
        return True
    known = known_facts(run, lists)
    to_come = (name for name in when.names() if not name.startswith("param."))
    return any(name not in known for name in to_come) or when.holds(known)


def questions_of(run: Run, step: Step, lists: Lists = UNKNOWN) -> tuple[Question, ...]:
    """The review questions that apply as far as it is known."""
    return tuple(q for q in run.told(step).questions if is_on(run, q.when, lists))


def latest(step: Step) -> dict[str, Answer]:
    """The answers that count, by question."""
    return {answer.question: answer for answer in step.answers}


def closed_gates(run: Run, step: Step, lists: Lists = UNKNOWN) -> tuple[Question, ...]:
    """The gates whose answer keeps the step open, unless they were overridden since."""
    answers = latest(step)
    opened = {(override.question, override.version) for override in step.overrides}
    return tuple(
        question
        for question in questions_of(run, step, lists)
        if question.blocks_on and (answer := answers.get(question.id))
        and answer.value == question.blocks_on and (question.id, answer.version) not in opened
    )  # fmt: skip


def with_answers(
    run: Run, step: Step, given: Mapping[str, Given], *, by: str, at: datetime,
    lists: Lists = UNKNOWN,
) -> tuple[Run, Step]:  # fmt: skip
    """The run and step with what was answered; the same answer again stays as it was.

    A question that another answer switches off is not kept.
    """
    number = len(step.versions) + 1
    before = latest(step)
    told = {question.id: question for question in run.told(step).questions}
    for id_, one in given.items():
        answer = Answer(id_, one.value.strip(), by, at, number, one.quote.strip())
        if id_ in told and (one.value.strip() or id_ in before) and _is_new(before, answer):
            step = replace(step, answers=(*step.answers, answer))
    run = _filled(run.with_step(step), step, told)
    on = {question.id for question in questions_of(run, step, lists)}
    kept = tuple(a for a in step.answers if a.question in on or a.version < number)
    step = replace(step, answers=kept)
    return run.with_step(step), step


def _is_new(before: Mapping[str, Answer], answer: Answer) -> bool:
    known = before.get(answer.question)
    return (
        known is None
        or (known.value, known.quote) != (answer.value, answer.quote)
        or known.version < answer.version
    )


def _filled(run: Run, step: Step, told: Mapping[str, Question]) -> Run:
    """The run whose parameters hold what the answers fill."""
    params = dict(run.params)
    for id_, answer in latest(step).items():
        fills = told[id_].fills if id_ in told else None
        if fills and fills.startswith("param.") and answer.value:
            params[fills.removeprefix("param.")] = answer.value
    return run if params == dict(run.params) else replace(run, params=params)


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
        if question.required:
            yield field, Problem("answer.missing", {})
        return
    if problem := unfit(question, answer.value):
        yield field, problem
    elif question.evidence == "required" and not answer.quote and _passes(question, answer.value):
        yield f"{field}.evidence", Problem("answer.quote_missing", {})
    elif len(answer.quote) > TEXT_LIMIT:
        yield f"{field}.evidence", Problem("answer.long", {"limit": str(TEXT_LIMIT)})


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
        return Problem("answer.min", {"limit": f"{question.min:g}"})
    if question.max is not None and number > question.max:
        return Problem("answer.max", {"limit": f"{question.max:g}"})
    return None


def number_of(value: str) -> float | None:
    """A plain number; None for words, infinities and what no team could mean."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < NUMBER_LIMIT else None


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
