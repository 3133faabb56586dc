"""The page on which somebody outside fills a form in."""

from collections.abc import Mapping, Sequence
from html import escape

from bot.pages.html import banner, build_page, hidden, t
from bot.pages.signing import owner_of
from bot.services.outside import Opened
from bot.words.catalogue import say
from playbooks.documents import form_of
from playbooks.fitting import Problem
from playbooks.questions import Question

Answers = Mapping[str, Sequence[str]]


def build_form_page(
    opened: Opened, nonce: str, *, answers: Answers, wrong: Mapping[str, Problem] | None = None,
    well: str = "",
) -> str:  # fmt: skip
    """The form with its answers so far; `wrong` are the problems by question."""
    language, run = opened.run.language, opened.run
    form = form_of(run, opened.step)
    faults = wrong or {}
    title = escape(form.title.to(language)) if form else ""
    intro = t(language, "form_intro", owner=owner_of(opened), run=run.name)
    fields = [
        _field(
            question, answers.get(question.id, ()), faults.get(f"question.{question.id}"), language
        )
        for question in (form.questions if form else ())
    ]
    body = (
        f"<header><p>{escape(run.name)}</p><h1>{title}</h1></header>"
        f"{banner(t(language, 'check') if faults else '')}{banner(well, kind='good')}"
        f"<section><p>{intro}</p><form method='post' novalidate>{hidden(nonce=nonce)}"
        f'{"".join(fields)}<p class="row">'
        f'<button class="first" name="do" value="finish">{t(language, "finish")}</button>'
        f'<button name="do" value="save">{t(language, "save")}</button></p></form></section>'
    )
    return build_page(language, title, body)


def _field(
    question: Question, values: Sequence[str], problem: Problem | None, language: str
) -> str:
    ask = question.ask.to(language)
    if question.unit:
        ask = say(language, "form.with_unit", title=ask, unit=question.unit)
    must = f'<span class="must">{t(language, "required")}</span>' if question.required else ""
    fault = ""
    if problem:
        words = escape(say(language, problem.key, **problem.facts))
        fault = f'<p class="fault" id="{question.id}-fault">{words}</p>'
    told = f' aria-invalid="true" aria-describedby="{question.id}-fault"' if problem else ""
    if question.type in {"gate", "multi-choice"}:
        boxes = _boxes(question, values, language)
        legend = f"<legend>{escape(ask)}{must}</legend>"
        return f'<div class="field"><fieldset{told}>{legend}{boxes}</fieldset>{fault}</div>'
    label = f'<label for="q-{question.id}">{escape(ask)}{must}</label>'
    element = _element(question, values[0] if values else "", told, language)
    return f'<div class="field">{label}{element}{fault}</div>'


def _element(question: Question, value: str, told: str, language: str) -> str:
    names = f'id="q-{question.id}" name="question.{question.id}"{told}'
    if question.type == "choice":
        options = "".join(
            f'<option value="{choice.id}"{" selected" if choice.id == value else ""}>'
            f"{escape(choice.title.to(language))}</option>"
            for choice in question.choices
        )
        return (
            f'<select {names}><option value="">{t(language, "choose")}</option>{options}</select>'
        )
    kinds = {"date": 'type="date"', "link": 'type="url"', "number": 'inputmode="decimal"'}
    if question.type in kinds:
        return f'<input {names} {kinds[question.type]} value="{escape(value)}">'
    return f'<textarea {names} maxlength="3000">{escape(value)}</textarea>'


def _boxes(question: Question, values: Sequence[str], language: str) -> str:
    if question.type == "gate":
        kind = "radio"
        choices = [(answer, say(language, f"gate.answer_{answer}")) for answer in ("yes", "no")]
    else:
        kind = "checkbox"
        choices = [(choice.id, choice.title.to(language)) for choice in question.choices]
    return "".join(
        f'<label><input type="{kind}" name="question.{question.id}" value="{id_}"'
        f"{' checked' if id_ in values else ''}> {escape(title)}</label>"
        for id_, title in choices
    )
