"""Where a submitted step stands, in a line or a few."""

from collections.abc import Iterator

from bot.views.dates import moment
from bot.views.handover_lines import returned_line
from bot.views.markup import Markup, escape, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.answers import closed_gates
from playbooks.gates import may_override
from playbooks.handovers import DECISION, HANDOVER, RESERVED
from playbooks.levels import deciders, ending, standing
from playbooks.patience import open_question
from playbooks.run import Run, Step
from playbooks.signing_rounds import is_signing
from playbooks.submission import wanted_changes
from playbooks.turns import number_of_level

_RECEIVED = {HANDOVER: "deciding.handover", DECISION: "deciding.decision"}


def decided_by_line(run: Run, step: Step, language: str) -> Markup:
    """Who decides now, and on which level; or who is asked something first."""
    now = standing(run, step)
    if is_signing(run, step):
        return phrase(language, "deciding.signing")
    parts = []
    for level in now.open if now else ():
        question = open_question(step, level)
        who = question.to if question else next(iter(deciders(run, step, level)), "")
        key = "deciding.asked" if question else "deciding.by" if who else "deciding.nobody"
        if level.level in RESERVED and not question:
            key = _RECEIVED[level.level] if who else "deciding.nobody_receives"
        parts.append(phrase(
            language, key, person=mention(who or run.lead), n=number_of_level(run, step, level),
            of=len(step.versions[-1].levels),
        ))  # fmt: skip
    return joined(say(language, "comma"), parts)


def open_lines(run: Run, step: Step, language: str) -> Iterator[Markup]:
    """What keeps an open step from being done: changes asked for, and closed gates."""
    if came := returned_line(run, step, language):
        yield came
    now = standing(run, step)
    if now and now.outcome == "rejected" and (end := ending(step, now.version)):
        facts = {"by": mention(end.by), "n": now.version.number, "reason": escape(end.text, 200)}
        yield phrase(language, "deciding.rejected", **facts)
    changes = wanted_changes(step)
    if changes:
        yield phrase(language, "deciding.changes", n=len(changes), version=len(step.versions))
        for number, change in enumerate(changes, 1):
            yield Markup(f"{number}. {escape(change, 200)}")
    for gate in closed_gates(run, step):
        answer = say(language, f"gate.answer_{gate.blocks_on}")
        ask = title(gate.ask.to(language), 150)
        key = "gate.line_override" if may_override(run, step, gate) else "gate.line"
        people = may_override(run, step, gate)
        person = mention(people[0]) if people else ""
        yield phrase(language, key, ask=ask, answer=answer, person=person)


def overridden_lines(run: Run, step: Step, language: str) -> Iterator[Markup]:
    """The gates that somebody has opened against their answer; visible for ever."""
    asked = {question.id: question for question in run.told(step).questions}
    for override in step.overrides:
        ask = title(asked[override.question].ask.to(language), 150)
        yield phrase(
            language, "gate.was_overridden",
            ask=ask, by=mention(override.by), moment=moment(override.at, language, run.zone),
            reason=escape(override.reason, 300),
        )  # fmt: skip
