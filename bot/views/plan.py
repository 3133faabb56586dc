"""The plan of a run before it is started: who is told what, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from bot.ids import ViewId
from bot.views.blocks import Block, context, section, sections
from bot.views.dates import written_day
from bot.views.inputs import modal
from bot.views.markup import Markup, bold, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.definition import Playbook

LINES = 150  # messages that are listed
WARNINGS = 8
_TITLE = 60  # characters of a step's title


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One message of the plan; `at` is in the zone it is read in."""

    at: datetime
    to: str  # a Slack user id, or a role
    kind: str
    subject: str  # a step's id, or the playbook's


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run started so would say; `warnings` are in words."""

    playbook: Playbook
    start_on: date
    anchor_on: date | None
    count: int  # messages
    lines: Sequence[PlanLine]  # where somebody hears the same thing twice at once, it stands once
    warnings: Sequence[str] = ()


def build_loading_modal(language: str) -> Block:
    """That the plan is on its way."""
    return _modal(language, [section(phrase(language, "plan.loading"))])


def build_unplanned_modal(text: Markup, language: str) -> Block:
    """Why there is no plan."""
    return _modal(language, [section(text)])


def build_plan_modal(plan: Plan, language: str) -> Block:
    """Every message by week, after what has to be looked at before the start."""
    head = joined("\n", [bold(plan.playbook.title.to(language)), _about(plan, language)])
    warned = [Markup(f"⚠️ {title(text, 200)}") for text in plan.warnings[:WARNINGS]]
    if (hidden := len(plan.warnings) - WARNINGS) > 0:
        warned.append(phrase(language, "more", n=hidden))
    blocks: list[Block | None] = [
        section(head), *sections(warned), context(phrase(language, "plan.assumed"))
    ]  # fmt: skip
    shown = plan.lines[:LINES]
    for monday, lines in groupby(shown, key=lambda line: _monday(line.at.date())):
        day = written_day(monday, language, since=plan.start_on)
        heading = bold(say(language, "plan.week", day=day))
        blocks += sections([heading, *(_line(plan, line, language) for line in lines)])
    if (hidden := len(plan.lines) - len(shown)) > 0:
        blocks.append(context(phrase(language, "more", n=hidden)))
    return _modal(language, blocks)


def _about(plan: Plan, language: str) -> Markup:
    people = len({line.to for line in plan.lines})
    anchor = plan.playbook.anchor
    day = plan.anchor_on and written_day(plan.anchor_on, language, since=plan.start_on)
    start = written_day(plan.start_on, language)
    return joined(" · ", [
        phrase(language, "plan.start", day=start),
        phrase(language, "plan.anchor", title=anchor.title.to(language), day=day)
        if anchor and day else None,
        phrase(language, "plan.count", n=plan.count),
        phrase(language, "plan.people", n=people),
    ])  # fmt: skip


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _line(plan: Plan, line: PlanLine, language: str) -> Markup:
    playbook = plan.playbook
    step, role = playbook.steps_by_id.get(line.subject), playbook.roles.get(line.to)
    name = (step or playbook).title.to(language)
    when = f"{written_day(line.at.date(), language)} {line.at:%H:%M}"
    to = title(role.title.to(language), 40) if role else mention(line.to)
    kind = phrase(language, f"plan.kind_{line.kind}")
    return phrase(language, "plan.line", when=when, to=to, kind=kind, title=title(name, _TITLE))


def _modal(language: str, blocks: Sequence[Block | None]) -> Block:
    return modal(ViewId.PLAN_SHOW, language, say(language, "plan.title"), blocks)
