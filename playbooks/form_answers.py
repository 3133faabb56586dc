"""Whether answers fit the questions of a form."""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from urllib.parse import urlsplit

from playbooks.document_text import Answers
from playbooks.questions import Form, Question
from playbooks.run import Refused

ANSWER_LIMIT = 3000  # characters


def check_answers(form: Form, answers: Answers) -> None:
    """Raise Refused "answers_invalid" with what is wrong, by question."""
    asked = {question.id: question for question in form.questions}
    wrong = {
        id_: problem
        for id_, values in answers.items()
        if (problem := "question_unknown" if id_ not in asked else wrong_with(asked[id_], values))
    }
    if wrong:
        raise Refused("answers_invalid", fields=wrong)


def wrong_with(question: Question, values: tuple[str, ...]) -> str:
    """What is wrong with an answer, as a key of the words; empty where it fits."""
    if not values:
        return ""
    if len(values) > 1 and question.type != "multi-choice":
        return "one_only"
    if any(len(value) > ANSWER_LIMIT for value in values):
        return "too_long"
    if question.type in {"choice", "multi-choice"}:
        known = {choice.id for choice in question.choices}
        return "" if set(values) <= known else "no_choice"
    checks = {"number": _number, "date": _date, "link": _link, "gate": _gate}
    check = checks.get(question.type)
    return check(question, values[0]) if check else ""


def _number(question: Question, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "no_number"
    if not isfinite(number):
        return "no_number"
    low = question.min is not None and number < question.min
    high = question.max is not None and number > question.max
    return "out_of_range" if low or high else ""


def _date(question: Question, value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "no_date"
    return ""


def _link(question: Question, value: str) -> str:
    parts = urlsplit(value)
    return "" if parts.scheme in {"http", "https"} and parts.netloc else "no_link"


def _gate(question: Question, value: str) -> str:
    return "" if value in {"yes", "no"} else "no_choice"


def lacking(form: Form, answers: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The required questions without an answer, and the gates whose answer blocks."""
    return tuple(
        question.id
        for question in form.questions
        if (question.required and not answers.get(question.id))
        or (question.blocks_on and answers.get(question.id) == (question.blocks_on,))
    )
