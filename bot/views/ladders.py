"""What happens when an approver does not answer, said before anybody has to ask."""

from bot.views.dates import moment
from bot.views.markup import Markup, joined, mention, phrase
from bot.words.catalogue import say
from playbooks.calendars import Facts
from playbooks.patience import Press, ladder
from playbooks.questions import Level
from playbooks.run import Run, Step


def ladder_line(run: Run, step: Step, level: Level, facts: Facts, language: str) -> Markup:
    """The rungs to come, in order; silence never approves."""
    rungs = [_rung(run, press, language) for press in ladder(run, step, level, facts)]
    silence = phrase(language, "approval.silence")
    if not rungs:
        return silence
    steps = joined(say(language, "comma"), rungs)
    return phrase(language, "approval.ladder", steps=steps, silence=silence)


def _rung(run: Run, press: Press, language: str) -> Markup:
    when = moment(press.at, language, run.zone)
    return phrase(language, f"approval.rung_{press.rung}", moment=when, to=mention(press.to))
