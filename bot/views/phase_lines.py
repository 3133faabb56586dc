"""Phases and their gates in one line."""

from bot.views.dates import moment
from bot.views.markup import Markup, joined, mention, phrase, title
from bot.views.phases import deciders_line, place_of
from playbooks.definition import Phase
from playbooks.phases import answer_of, asked_phases, deciders_of, gate_of, under_way
from playbooks.run import Run

_OBJECTIVE = 120  # characters


def phase_line(run: Run, language: str) -> Markup | None:
    """The phase a run is in and what it is for; nothing where a playbook has but one."""
    phase = under_way(run)
    if phase is None or (len(run.playbook.phases) < 2 and not phase.objective):
        return None
    name = title(phase.title.to(language), 80)
    objective = title(phase.objective.to(language), _OBJECTIVE) if phase.objective else None
    place = place_of(run, phase, language, "phase.place")
    return joined(" · ", [joined(" ", [place, name]), objective])


def gate_line(run: Run, phase: Phase, language: str) -> Markup | None:
    """How a phase's gate stands."""
    state, last = gate_of(run, phase), answer_of(run, phase)
    if state == "none":
        return None
    if last and state in {"held", "passed"}:
        when = moment(last.at, language, run.zone)
        return phrase(language, f"phase.stands_{last.kind}", by=mention(last.by), moment=when)
    who = deciders_line(deciders_of(run, phase), language)
    return phrase(language, f"phase.stands_{state}", who=who)


def open_gate_lines(run: Run, language: str) -> list[Markup]:
    """The gates to be decided now, for the run's card."""
    lines = []
    for phase in asked_phases(run):
        who = deciders_line(deciders_of(run, phase), language)
        name = title(phase.title.to(language), 80)
        key = "phase.now_held" if gate_of(run, phase) == "held" else "phase.now_open"
        lines.append(phrase(language, key, title=name, who=who))
    return lines
