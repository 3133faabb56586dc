"""The lines of a step's card."""

from bot.views.dates import moment
from bot.views.markup import Markup, joined, link, mention, phrase, title
from bot.words.catalogue import say
from playbooks.questions import Level
from playbooks.run import Evidence, Run, Step

# Reasons for a skip that no person gave.
REASONS = {"short_notice": "step.short_notice", "carried": "step.carried"}
SHOWN = 3  # pieces of evidence, questions


def why_line(run: Run, step: Step, language: str) -> Markup | None:
    """Why the step matters."""
    why = run.told(step).why
    return phrase(language, "step.why", why=title(why.to(language), 300)) if why else None


def call_lines(step: Step, language: str) -> list[Markup]:
    """What somebody must act on: whom to reach, a call for help."""
    calls = []
    if step.reach:
        reach = title(step.reach, 80)
        calls.append(phrase(language, "step.reach", owner=mention(step.owner), person=reach))
    if step.help_by:
        calls.append(phrase(language, "step.help_asked", by=mention(step.help_by)))
    return calls


def note_lines(run: Run, step: Step, language: str) -> list[Markup]:
    """What explains itself in small print: who stands in, short notice."""
    notes = []
    if step.owner_from in {"backup", "lead"} and not step.reach:
        role = title(run.playbook.roles[step.role].title.to(language), 60)
        notes.append(phrase(language, f"step.from_{step.owner_from}", role=role))
    if step.compressed:
        notes.append(phrase(language, "step.compressed"))
    if step.snoozes and step.remind_at:
        later = moment(step.remind_at, language, run.zone)
        notes.append(phrase(language, "step.snoozed", n=step.snoozes, moment=later))
    if step.held_at:
        notes.append(phrase(language, "step.held", owner=mention(step.owner)))
    return notes


def wanted_line(run: Run, step: Step, language: str) -> Markup | None:
    """What the step hands over."""
    wanted = run.told(step).deliverable
    if wanted is None:
        return None
    key = f"step.wanted_{wanted.kind}"
    return phrase(language, key, deliverable=title(wanted.title.to(language)))


def evidence_lines(step: Step, language: str) -> list[Markup]:
    """The newest pieces of evidence."""
    lines = [Markup(f"📎 {evidence_link(piece)}") for piece in step.evidence[-SHOWN:]]
    hidden = len(step.evidence) - len(lines)
    return [*lines, phrase(language, "more", n=hidden)] if hidden else lines


def evidence_link(piece: Evidence) -> Markup:
    """A piece of evidence, linked where it has an address."""
    if piece.kind in {"link", "message"}:
        return link(piece.value, piece.title)
    return title(piece.title or piece.value, 80)


def later_lines(run: Run, step: Step, language: str) -> list[Markup | None]:
    """What comes at the end: questions, decisions, lists."""
    told, comma = run.told(step), say(language, "comma")
    asked = [title(question.ask.to(language), 120) for question in told.questions[:SHOWN]]
    if len(told.questions) > SHOWN:
        asked.append(phrase(language, "more", n=len(told.questions) - SHOWN))
    levels = [_level(run, level, language) for level in told.approvals]
    lists = [title(run.playbook.lists[id_].title.to(language), 60) for id_ in told.lists]
    facts = {
        "step.asked": joined(" · ", asked),
        "step.decided": joined(" → ", levels[:6]),
        "step.lists": joined(comma, lists[:8]),
    }
    return [phrase(language, key, what=what) for key, what in facts.items() if what]


def _level(run: Run, level: Level, language: str) -> Markup:
    """Who decides; never mentioned, so that nobody is called before it is their turn."""
    if level.by == "owner":
        by = phrase(language, "step.by_owner")
    else:
        by = title(run.playbook.roles[level.by].title.to(language), 60)
    name = level.title and title(level.title.to(language), 60)
    return phrase(language, "step.level", level=name, by=by) if name else by


def skip_reason(step: Step, language: str) -> Markup:
    """Why a step was skipped; where no person gave a reason, a code stands for it."""
    if step.reason in REASONS:
        return phrase(language, REASONS[step.reason])
    return title(step.reason, 200)
