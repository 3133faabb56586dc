"""The card of a run."""

from collections.abc import Mapping
from datetime import datetime

from bot.ids import ActionId
from bot.refs import menu_value
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    option,
    overflow,
    progress_bar,
    section,
)
from bot.views.dates import NOBODYS, Zones, moment, written_day
from bot.views.deciding import decided_by_line
from bot.views.markup import Markup, bold, joined, mention, phrase, title
from bot.views.phase_lines import open_gate_lines, phase_line
from bot.views.states import counts, due_short, emoji, title_of, waits_for, whose
from bot.words.catalogue import say
from playbooks.calendars import local_day
from playbooks.phases import asked_phases, locked_by, steps_of
from playbooks.records import Pause
from playbooks.run import Run, RunStatus, Step, StepStatus

_NOW = 6  # steps under way that the card names
_NEXT = 3  # waiting steps that the card names
# The menu, by how a run stands.
_ACTS = {
    ActionId.RUN_MOVE_DATE: "button.move_date",
    ActionId.RUN_PAUSE: "button.pause",
    ActionId.RUN_CANCEL: "button.cancel_run",
    ActionId.RUN_ROLES: "button.roles",
    ActionId.RUN_EXPORT: "button.export",
}
_PAUSED_ACTS = {
    ActionId.RUN_RESUME: "button.resume",
    ActionId.RUN_CANCEL: "button.cancel_run",
    ActionId.RUN_EXPORT: "button.export",
}
_ENDED_ACTS = {
    ActionId.RUN_REOPEN: "button.reopen_run",
    ActionId.RUN_EXPORT: "button.export",
}


def build_run_message(run: Run, at: datetime, language: str, zones: Zones = NOBODYS) -> Message:
    """The card of a run: what is under way and what comes next, or how it ended."""
    if run.pause:
        return _paused_card(run, run.pause, language)
    if run.status is not RunStatus.ACTIVE:
        return _ended_card(run, language)
    about = about_run(run, at, language)
    tally = tally_of(run, at, language)
    phase = phase_line(run, language)
    head = joined("\n", [Markup(f"📋 {bold(run.name)}"), about, phase])
    now, coming = now_lines(run, at, language, zones), next_lines(run, language)
    blocks = [
        section(head),
        section(Markup(f"{progress_bar(*_done(run, at))} {tally}")),
        section(_titled("run.now", now, language)) if now else None,
        section(_titled("run.next", coming, language)) if coming else None,
        _buttons(run, language, _ACTS),
    ]
    text = phrase(language, "run.text", name=title(run.name), about=about, tally=tally)
    return message(joined("\n", [text, phase, *now[:_NOW]]), blocks)


def about_run(run: Run, at: datetime, language: str) -> Markup:
    """Its playbook, its day and who leads."""
    today = local_day(at, run.zone)
    day = written_day(run.anchor_on, language, since=today) if run.anchor_on else ""
    lead = phrase(language, "run.lead", lead=mention(run.lead))
    name = title(run.playbook.title.to(language), 80)
    return joined(" · ", [name, title(day), lead])


def _done(run: Run, at: datetime) -> tuple[int, int]:
    tally = counts(run, at)
    return tally.closed, tally.total


def tally_of(run: Run, at: datetime, language: str) -> Markup:
    """How many steps are done, and how many are late."""
    tally = counts(run, at)
    done = phrase(language, "run.tally", done=tally.closed, total=tally.total)
    late = phrase(language, "run.late", n=tally.late) if tally.late else None
    waiting = tally.deciding + len(asked_phases(run))
    deciding = phrase(language, "run.deciding", n=waiting) if waiting else None
    return joined(" · ", [done, late, deciding])


def now_lines(run: Run, at: datetime, language: str, zones: Zones) -> list[Markup]:
    """The steps under way, those that press most first."""
    under_way = {StepStatus.ACTIVE, StepStatus.DECIDING}
    steps = sorted((s for s in run.steps if s.status in under_way), key=_urgency)
    lines = open_gate_lines(run, language)
    lines += [_now_line(run, step, at, language, zones) for step in steps[:_NOW]]
    hidden = len(steps) - _NOW
    return [*lines, phrase(language, "more", n=hidden)] if hidden > 0 else lines


def _urgency(step: Step) -> tuple[bool, float]:
    return step.due_at is None, step.due_at.timestamp() if step.due_at else 0.0


def _now_line(run: Run, step: Step, at: datetime, language: str, zones: Zones) -> Markup:
    name, owner = title_of(run, step, language), whose(step, language)
    if step.status is StepStatus.DECIDING:
        waits = decided_by_line(run, step, language)
        line = phrase(language, "run.deciding_line", title=name, who=waits)
        return Markup(f"{emoji(run, step, at)} {line}")
    due = due_short(run, step, at, language, zones)
    asked = phrase(language, "run.help_asked") if step.help_by else None
    line = phrase(language, "run.now_line", title=name, owner=owner, due=due)
    return joined(" · ", [Markup(f"{emoji(run, step, at)} {line}"), asked])


def next_lines(run: Run, language: str) -> list[Markup]:
    """The steps that open next, and what they wait for."""
    under_way = {StepStatus.ACTIVE, StepStatus.DECIDING}
    active = {step.id for step in run.steps if step.status in under_way}
    waiting = [step for step in run.steps if step.status is StepStatus.WAITING]
    near = [s for s in waiting if all(other.id in active for other in _before(run, s))]
    steps = sorted(near or waiting, key=_urgency)
    lines = [_next_line(run, step, language) for step in steps[:_NEXT]]
    hidden = len({s.id for s in waiting} - active - {s.id for s in steps[:_NEXT]})
    return [*lines, phrase(language, "more", n=hidden)] if hidden > 0 else lines


def _before(run: Run, step: Step) -> list[Step]:
    """The open steps before one: those it needs, and those of the phases whose gate it needs."""
    gated = (other for phase in locked_by(run, step) for other in steps_of(run, phase))
    return [*run.unmet(step), *(other for other in gated if not other.is_closed)]


def _next_line(run: Run, step: Step, language: str) -> Markup:
    name, waits = title_of(run, step, language), waits_for(run, step, language, named=False)
    return phrase(language, "run.next_line", title=name, steps=waits) if waits else name


def _titled(key: str, lines: list[Markup], language: str) -> Markup:
    return joined("\n", [bold(say(language, key)), *lines])


def _buttons(run: Run, language: str, acts: Mapping[ActionId, str]) -> Block:
    options = [option(say(language, key), menu_value(id_, run.id)) for id_, key in acts.items()]
    steps = button(say(language, "button.steps"), ActionId.RUN_STEPS, run.id)
    return actions([steps, overflow(ActionId.RUN_MENU, options)])


def _paused_card(run: Run, pause: Pause, language: str) -> Message:
    facts = {"by": mention(pause.by), "moment": moment(pause.at, language, run.zone)}
    how = phrase(language, "run.paused", **facts)
    head = Markup(f"⏸️ {bold(run.name)} — {how}")
    tally = tally_of(run, pause.at, language)
    rest = phrase(language, "run.until_resumed", lead=mention(run.lead))
    lines = joined("\n", [head, _reason(pause.reason, language), rest])
    blocks = [
        section(lines), context(title(run.playbook.title.to(language), 80), tally),
        _buttons(run, language, _PAUSED_ACTS),
    ]  # fmt: skip
    return message(joined("\n", [lines, tally]), blocks)


def _reason(reason: str, language: str) -> Markup | None:
    return phrase(language, "run.reason", reason=title(reason, 500)) if reason else None


def _ended_card(run: Run, language: str) -> Message:
    ended_at = run.ended_at or run.started_at
    skipped = len({step.id for step in run.steps if step.status is StepStatus.SKIPPED})
    days = max(1, (ended_at - run.started_at).days)
    finished = run.status is RunStatus.FINISHED
    facts = {"by": mention(run.ended_by), "moment": moment(ended_at, language, run.zone)}
    how = phrase(language, "run.finished" if finished else "run.cancelled", **facts)
    tally = joined(" · ", [
        tally_of(run, ended_at, language),
        phrase(language, "run.skipped", n=skipped) if skipped else None,
        phrase(language, "run.took", n=days),
    ])  # fmt: skip
    head = Markup(f"{'✅' if finished else '⏹️'} {bold(run.name)} — {how}")
    reason = None if finished else _reason(run.reason, language)
    blocks = [
        section(joined("\n", [head, reason])),
        context(title(run.playbook.title.to(language), 80), tally),
        _buttons(run, language, _ENDED_ACTS),
    ]
    return message(joined("\n", [head, reason, tally]), blocks)
