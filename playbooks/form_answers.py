"""Whether answers fit the questions of a form."""

from collections.abc import Mapping

from playbooks.document_text import Answers
from playbooks.fitting import Problem, unfit
from playbooks.questions import Form, Question
from playbooks.run import Refused


def check_answers(form: Form, answers: Answers) -> None:
    """Raise Refused "form_invalid" with what is wrong, by field."""
    asked = {question.id: question for question in form.questions}
    wrong = {
        f"question.{id_}": problem
        for id_, values in answers.items()
        if (problem := wrong_with(asked.get(id_), values))
    }
    if wrong:
        raise Refused("form_invalid", fields=wrong)


def wrong_with(question: Question | None, values: tuple[str, ...]) -> Problem | None:
    """What is wrong with an answer; an empty one is not given yet."""
    if question is None:
        return Problem("answer.choice", {})
    if not values:
        return None
    if len(values) > 1 and question.type != "multi-choice":
        return Problem("answer.choice", {})
    return unfit(question, ",".join(values))


def lacking(form: Form, answers: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The required questions without an answer, and the gates whose answer blocks."""
    return tuple(
        question.id
        for question in form.questions
        if (question.required and not answers.get(question.id))
        or (question.blocks_on and answers.get(question.id) == (question.blocks_on,))
    )
