"""Review questions: which apply, what was answered, and which gates that closes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from playbooks.conditions import Condition, Value
from playbooks.questions import Question
from playbooks.records import Answer
from playbooks.run import Run, Step

Lists = Mapping[str, Value]  # what is known of lists, as conditions name it
UNKNOWN: Lists = {}


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody fills in: choice ids joined by commas, ISO days, yes or no."""

    value: str = ""
    quote: str = ""  # the evidence a gate asks for


def known_facts(run: Run, lists: Lists = UNKNOWN) -> dict[str, Value]:
    """What conditions can ask about: the run's parameters, the latest answers, the lists."""
    facts: dict[str, Value] = {**lists}
    facts |= {f"param.{id_}": value for id_, value in run.params.items()}
    for step in run.steps:
        facts |= {f"answer.{step.id}.{answer.question}": answer.value for answer in step.answers}
    return facts


def is_on(
    run: Run, when: Condition | None, lists: Lists = UNKNOWN, *, off: Collection[str] = ()
) -> bool:
    """Whether a condition allows its element; answers and totals not known yet switch nothing off.

    A parameter that was left out is known: it is nothing. So are the answers in `off`, which
    nobody is asked for.
    """
    if when is None:
        return True
    known = known_facts(run, lists) | dict.fromkeys(off, "")
    to_come = (name for name in when.names() if not name.startswith("param."))
    return any(name not in known for name in to_come) or when.holds(known)


def questions_of(run: Run, step: Step, lists: Lists = UNKNOWN) -> tuple[Question, ...]:
    """The review questions that apply as far as it is known."""
    on: list[Question] = []
    off: set[str] = set()
    for question in run.told(step).questions:
        if is_on(run, question.when, lists, off=off):
            on.append(question)
        else:
            off.add(f"answer.{step.id}.{question.id}")
    return tuple(on)


def latest(step: Step, version: int | None = None) -> dict[str, Answer]:
    """The answers that count, by question; those of a version as they were then."""
    return {a.question: a for a in step.answers if version is None or a.version <= version}


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
