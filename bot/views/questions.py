"""Review questions: the fields that ask them, and what was answered."""

from collections.abc import Iterator

from bot.ids import ActionId
from bot.views.blocks import BOXES, Block, checkboxes, option, select
from bot.views.inputs import (
    date_input,
    field,
    number_input,
    radio_input,
    text_input,
    url_input,
)
from bot.views.markup import Markup, escape, link, phrase, title
from bot.words.catalogue import say
from playbooks.answers import latest, questions_of
from playbooks.questions import Question
from playbooks.records import Answer
from playbooks.run import Run, Step

RADIOS = 10  # choices shown as radio buttons; more stand in a menu


def question_fields(question: Question, answer: Answer | None, language: str) -> list[Block]:
    """The field of a question, and of the evidence a gate asks for; preset is the last answer.

    Slack's client would not let an empty field pass, so what hangs on another answer is not
    required there: the rules say at the field what is missing.
    """
    name = f"question.{question.id}"
    label = question.ask.to(language)
    if question.unit:
        label = say(language, "form.with_unit", title=label, unit=question.unit)
    element = _element(question, answer.value if answer else "", language)
    hint = _hint(question, language)
    asked = question.required and question.when is None
    blocks = [field(name, label, element, required=asked, hint=hint)]
    if question.evidence != "none":
        quote = text_input(answer.quote if answer else "", long=True)
        key = "form.quote" if question.evidence == "required" else "form.quote_optional"
        blocks.append(field(f"{name}.evidence", say(language, key), quote))
    return blocks


def _element(question: Question, value: str, language: str) -> Block:
    options = [option(choice.title.to(language), choice.id) for choice in question.choices]
    if question.type == "gate":
        options = [option(say(language, f"gate.answer_{one}"), one) for one in ("yes", "no")]
    if question.type == "multi-choice":
        return _many(options, value.split(",") if value else [])
    if options:
        few = len(options) <= RADIOS
        return radio_input(options, value) if few else select(ActionId.FIELD, options, value)
    inputs = {"number": number_input, "date": date_input, "link": url_input}
    return inputs[question.type](value) if question.type in inputs else text_input(value, long=True)


def _many(options: list[Block], chosen: list[str]) -> Block:
    if len(options) <= BOXES:
        return checkboxes(ActionId.FIELD, options, chosen)
    menu: Block = {
        "type": "multi_static_select", "action_id": str(ActionId.FIELD), "options": options[:100],
    }  # fmt: skip
    preset = [one for one in menu["options"] if one["value"] in chosen]
    return {**menu, "initial_options": preset} if preset else menu


def _hint(question: Question, language: str) -> str | None:
    low, high = question.min, question.max
    if low is not None and high is not None:
        return say(language, "form.between", low=f"{low:g}", high=f"{high:g}")
    if low is not None or high is not None:
        key, limit = ("form.least", low) if low is not None else ("form.most", high)
        return say(language, key, limit=f"{limit:g}")
    if question.blocks_on:
        answer = say(language, f"gate.answer_{question.blocks_on}")
        return say(language, "form.gate", answer=answer)
    return None


def answer_lines(run: Run, step: Step, language: str, limit: int = 300) -> Iterator[Markup]:
    """What was answered, a question a line, the gate's quote with it."""
    answers = latest(step)
    for question in questions_of(run, step):
        answer = answers.get(question.id)
        if answer is None or not answer.value:
            continue
        asked = title(question.ask.to(language), 120)
        yield phrase(
            language,
            "answer.line",
            ask=asked,
            answer=answer_words(question, answer, language, limit),
        )


def answer_words(question: Question, answer: Answer, language: str, limit: int = 300) -> Markup:
    """An answer as a person reads it."""
    value = answer.value
    if question.type == "link":
        return link(value, value)
    if question.type == "gate":
        said = phrase(language, f"gate.answer_{value}")
        quote = escape(answer.quote, limit)
        return phrase(language, "answer.quoted", answer=said, quote=quote) if quote else said
    names = {choice.id: choice.title.to(language) for choice in question.choices}
    if names:
        comma = say(language, "comma")
        return title(comma.join(names.get(one, one) for one in value.split(",")), limit)
    if question.unit:
        return title(say(language, "answer.with_unit", value=value, unit=question.unit), limit)
    return escape(value, limit)
