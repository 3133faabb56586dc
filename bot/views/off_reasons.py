"""Why a step is not needed in a run."""

from collections.abc import Iterator

from bot.views.markup import Markup, joined, title
from bot.views.questions import answer_words
from bot.words.catalogue import say
from playbooks.answers import latest
from playbooks.definition import Param
from playbooks.run import Run, Step
from playbooks.switches import in_tier

_PART = 60  # characters of a name or a value


def off_reason(run: Run, step: Step, language: str) -> Markup:
    """What was chosen at the start, or answered since, that makes a step unneeded."""
    when = run.told(step).when
    names = dict.fromkeys(when.names()) if when else {}
    reasons = [reason for name in names for reason in _reasons(run, name, language)]
    if not in_tier(run, step):
        tiers = (tier for tier in run.playbook.tiers if tier.id == run.tier)
        reasons += [title(tier.title.to(language), _PART) for tier in tiers]
    return joined(say(language, "comma"), reasons)


def _reasons(run: Run, name: str, language: str) -> Iterator[Markup]:
    kind, first, *rest = name.split(".")
    if kind == "answer":
        yield from _answers(run, first, rest[0], language)
    elif kind == "list":
        yield title(run.playbook.lists[first].title.to(language), _PART)
    else:
        yield from (
            _pair(param.title.to(language), _value(run, param, language), language)
            for param in run.playbook.params
            if param.id == first
        )


def _answers(run: Run, id_: str, question: str, language: str) -> Iterator[Markup]:
    told = next((q for q in run.playbook.steps_by_id[id_].questions if q.id == question), None)
    for step in run.of(id_):
        answer = latest(step).get(question)
        if told and answer:
            ask = title(told.ask.to(language), _PART)
            yield joined(" ", [ask, answer_words(told, answer, language, _PART)])


def _pair(name: str, value: str, language: str) -> Markup:
    return Markup(title(name, _PART) + say(language, "colon") + title(value, _PART))


def _value(run: Run, param: Param, language: str) -> str:
    value = run.params.get(param.id, "")
    names = {choice.id: choice.title.to(language) for choice in param.choices}
    return names.get(value, value)
