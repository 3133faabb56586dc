"""Where steps and runs stand: their emoji, their words, their counts."""

from dataclasses import dataclass
from datetime import datetime

from bot.views.dates import NOBODYS, Zones, distance, full_moment, moment, written_day
from bot.views.markup import Markup, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.calendars import local_day
from playbooks.definition import Phase
from playbooks.flow import is_late
from playbooks.phases import deciders_of, locked_by
from playbooks.provisional import provisional_year
from playbooks.run import Run, RunStatus, Step, StepStatus

EMOJI = {
    "waiting": "⬜",
    "active": "🔵",
    "late": "🔴",
    "deciding": "🟡",
    "done": "✅",
    "skipped": "⏭️",
    "off": "➖",
    "paused": "⏸️",
    "ended": "⏹️",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a run is; steps that are switched off do not count."""

    closed: int
    total: int
    late: int
    deciding: int


def counts(run: Run, at: datetime) -> Counts:
    """Count a run's steps as the playbook does: a series is one step, closed with its last."""
    late, open_, all_, deciding = set[str](), set[str](), set[str](), set[str]()
    for step in run.steps:
        if step.status is StepStatus.OFF:
            continue
        all_.add(step.id)
        if not step.is_closed:
            open_.add(step.id)
        if state_of(run, step, at) == "late":
            late.add(step.id)
        if state_of(run, step, at) == "deciding":
            deciding.add(step.id)
    return Counts(len(all_) - len(open_), len(all_), len(late), len(deciding))


def state_of(run: Run, step: Step, at: datetime) -> str:
    """The state a reader sees; open steps of a run that is paused or ended are so with it."""
    if run.pause and not step.is_closed:
        return "paused"
    if run.status is not RunStatus.ACTIVE and not step.is_closed:
        return "ended"
    return "late" if is_late(step, at) else str(step.status)


def state_words(run: Run, step: Step, at: datetime, language: str) -> Markup:
    """The state in words."""
    return phrase(language, f"state.{state_of(run, step, at)}")


def emoji(run: Run, step: Step, at: datetime) -> str:
    """The state as an emoji."""
    return EMOJI[state_of(run, step, at)]


def name_of(run: Run, step: Step, language: str) -> str:
    """A step's title as plain text, numbered where it occurs more than once."""
    return run.told(step).title.to(language) + _number(run, step)


def title_of(run: Run, step: Step, language: str, limit: int = 150) -> Markup:
    """A step's title, safe, numbered where it occurs more than once."""
    safe = title(run.told(step).title.to(language), limit)
    return Markup(f"{safe}{_number(run, step)}")


def _number(run: Run, step: Step) -> str:
    if not step.occurrence:
        return ""
    of_all = "" if run.told(step).repeat else f"/{len(run.of(step.id))}"  # how many, nobody knows
    return f" ({step.occurrence}{of_all})"


def whose(step: Step, language: str) -> Markup:
    """Who owns a step, and for whom while these are away."""
    if not step.stands_for or step.is_closed or step.stands_until is None:
        return mention(step.owner)
    return phrase(
        language, "step.stands_for", owner=mention(step.owner), person=mention(step.stands_for),
        day=written_day(step.stands_until, language),
    )  # fmt: skip


def due_line(run: Run, step: Step, at: datetime, language: str, zones: Zones = NOBODYS) -> Markup:
    """When a step is due, with weekday and distance."""
    if step.due_at is None:
        return phrase(language, "due.none")
    zone = zones.of(run, step)
    key = "due.planned" if step.due_planned else "due.was" if step.due_at < at else "due.at"
    line = phrase(language, key, moment=full_moment(step.due_at, language, zone))
    # Slack itself says yesterday, today and tomorrow in place of the date.
    far = abs((local_day(step.due_at, zone) - local_day(at, zone)).days) > 1
    away = distance(run, step.due_at, at, language, zone) if far else None
    return joined(" ", [joined(" · ", [line, away]), provisional_note(run, step, language)])


def provisional_note(run: Run, step: Step, language: str) -> Markup | None:
    """That a due date may still shift with work days nobody has announced."""
    year = provisional_year(run, step)
    return phrase(language, "provisional.due", year=str(year)) if year else None


def due_short(run: Run, step: Step, at: datetime, language: str, zones: Zones = NOBODYS) -> Markup:
    """When a step is due, for a line in a list."""
    if step.due_at is None:
        return phrase(language, "due.none")
    zone = zones.of(run, step)
    if is_late(step, at):
        return phrase(language, "due.late", distance=distance(run, step.due_at, at, language, zone))
    key = "due.short_planned" if step.due_planned else "due.short"
    return phrase(language, key, moment=moment(step.due_at, language, zone))


def closed_line(run: Run, step: Step, language: str) -> Markup:
    """Who closed a step and when; its owner comes first."""
    when = moment(step.closed_at, language, run.zone) if step.closed_at else None
    if step.closed_by in {step.owner, ""}:
        return joined(say(language, "clause"), [mention(step.owner), when])
    by = phrase(language, "step.closed_by", by=mention(step.closed_by), moment=when or "")
    return joined(" · ", [mention(step.owner), by])


def waits_for(run: Run, step: Step, language: str, most: int = 2, *, named: bool = True) -> Markup:
    """The titles of the steps it waits for, and the gates; `named` says who decides there."""
    unmet = list(dict.fromkeys(run.unmet(step)))
    shown = [title_of(run, other, language, 100) for other in unmet[:most]]
    if len(unmet) > most:
        shown.append(phrase(language, "more", n=len(unmet) - most))
    gates = [_gate(run, phase, language, named) for phase in locked_by(run, step)[:most]]
    return joined(say(language, "comma"), [*shown, *gates])


def _gate(run: Run, phase: Phase, language: str, named: bool) -> Markup:
    name = title(phase.title.to(language), 80)
    if not named:
        return phrase(language, "phase.gate", title=name)
    who = mention(deciders_of(run, phase)[0])
    return phrase(language, "phase.gate_of", title=name, who=who)
