"""A refusal in words: what did not happen, why, what to do now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.views.dates import moment
from bot.views.form_progress import question_names
from bot.views.markup import Markup, channel, joined, mention, phrase, title
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.documents import form_of
from playbooks.fitting import Problem
from playbooks.phases import phase_named
from playbooks.run import Refused, Run

_COUNTED = ("items", "steps", "questions")
_PEOPLE = frozenset({"owner", "lead", "by", "person", "name"})


def refusal_text(language: str, refused: Refused, zone: str, run: Run | None = None) -> Markup:
    """Put a refusal into words; with its run, steps are named by their titles."""
    if refused.code in {"start_invalid", "form_invalid"}:
        return _wrong_fields(language, refused)
    facts = {
        name: _shown(name, value, language, zone, run) for name, value in refused.facts.items()
    }
    step = run.step(refused.facts.get("step", "")) if run else None
    if run and step and (form := form_of(run, step)) and "questions" in facts:
        facts["questions"] = question_names(form, refused.facts["questions"], language)
    held = next((refused.facts[name] for name in _COUNTED if name in refused.facts), ())
    return phrase(language, f"refused.{refused.code}", **facts, n=len(held))


def field_errors(language: str, refused: Refused) -> dict[str, str]:
    """What stands at each wrong field of the start or roles form."""
    wrong: Mapping[str, str | Problem] = refused.facts["fields"]
    return {
        name: say(language, one) if isinstance(one, str) else say(language, one.key, **one.facts)
        for name, one in wrong.items()
    }


def _wrong_fields(language: str, refused: Refused) -> Markup:
    wrong = list(dict.fromkeys(field_errors(language, refused).values()))
    return phrase(language, "refused.start_invalid", wrong=" ".join(wrong))


def _shown(name: str, value: Any, language: str, zone: str, run: Run | None) -> Markup:
    if isinstance(value, datetime):
        return moment(value, language, zone)
    if name in _PEOPLE:
        return mention(str(value))
    if name == "phase":
        return _phase(str(value), language, run)
    if name == "channel":
        return channel(str(value))
    if isinstance(value, tuple):
        return _several(value, language, run)
    return _titled(str(value), language, run)


def _several(ids: tuple[str, ...], language: str, run: Run | None) -> Markup:
    if run is None:
        return phrase(language, "step.other_steps")
    return joined(say(language, "comma"), [_titled(id_, language, run) for id_ in ids])


def _phase(id_: str, language: str, run: Run | None) -> Markup:
    phase = phase_named(run, id_) if run else None
    return title(phase.title.to(language) if phase else id_, 100)


def _titled(id_: str, language: str, run: Run | None) -> Markup:
    step = next(iter(run.of(id_)), None) or run.step(id_) if run else None
    return title_of(run, step, language, 100) if run and step else title(id_, 100)
