"""What happens when nobody answers, said before anybody has to ask."""

from collections.abc import Iterable

from bot.views.dates import moment
from bot.views.markup import Markup, joined, mention, phrase
from bot.words.catalogue import say
from playbooks.calendars import Facts
from playbooks.definition import Phase
from playbooks.patience import Press, ladder
from playbooks.phase_flow import gate_ladder
from playbooks.questions import Level
from playbooks.run import Run, Step


def ladder_line(run: Run, step: Step, level: Level, facts: Facts, language: str) -> Markup:
    """The rungs to come while a level is not decided, in order; silence never approves."""
    return _line(run, ladder(run, step, level, facts), language)


def gate_ladder_line(run: Run, phase: Phase, facts: Facts, language: str) -> Markup:
    """The rungs to come while a phase's gate is not passed, in order."""
    return _line(run, gate_ladder(run, phase, facts), language)


def _line(run: Run, presses: Iterable[Press], language: str) -> Markup:
    rungs = [_rung(run, press, language) for press in presses]
    silence = phrase(language, "approval.silence")
    if not rungs:
        return silence
    steps = joined(say(language, "comma"), rungs)
    return phrase(language, "approval.ladder", steps=steps, silence=silence)


def _rung(run: Run, press: Press, language: str) -> Markup:
    when = moment(press.at, language, run.zone)
    return phrase(language, f"approval.rung_{press.rung}", moment=when, to=mention(press.to))
