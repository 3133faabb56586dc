"""The App Home: a person's work and runs."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ids import ActionId
from bot.views.blocks import (
    VIEW_BLOCKS,
    Block,
    actions,
    button,
    context,
    divider,
    header,
    option,
    progress_bar,
    section,
    select,
)
from bot.views.dates import written_day
from bot.views.decisions import Decision, decision_blocks
from bot.views.markup import Markup, bold, joined, phrase
from bot.views.menu import start_button
from bot.views.runs import about_run, tally_of
from bot.views.states import counts
from bot.views.work import Work, grouped, work_row
from bot.words.catalogue import say
from playbooks.people import Person
from playbooks.run import Run
from playbooks.texts import LANGUAGES

_ROWS = 20  # of work in each group
_RUNS = 15


def build_home_view(
    person: Person, work: Sequence[Work], runs: Sequence[Run], at: datetime,
    decisions: Sequence[Decision] = (),
) -> Block:  # fmt: skip
    """Greeting, decisions, work of today, this week and later, runs, and the language."""
    blocks = [
        header(_greeting(person, at)),
        *decision_blocks(decisions, person),
        *_work(person, work, at),
        *_runs(person, runs, at),
        *_nothing(person, [*work, *decisions], runs),
        _settings(person),
    ]
    return {"type": "home", "blocks": [block for block in blocks if block][:VIEW_BLOCKS]}


def _greeting(person: Person, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(person.zone))
    part = (
        "morning" if 4 <= local.hour < 12 else "afternoon" if 12 <= local.hour < 18 else "evening"
    )
    day = written_day(local.date(), person.language)
    return say(person.language, f"home.{part}", name=person.name[:60], day=day)


def _work(person: Person, work: Sequence[Work], at: datetime) -> list[Block | None]:
    blocks: list[Block | None] = []
    for name, rows in grouped(work, person, at).items():
        if not rows:
            continue
        blocks.append(section(bold(say(person.language, f"home.{name}"))))
        blocks.extend(work_row(row, person, at) for row in rows[:_ROWS])
        hidden = len(rows) - _ROWS
        blocks.append(context(phrase(person.language, "more", n=hidden)) if hidden > 0 else None)
    return blocks


def _runs(person: Person, runs: Sequence[Run], at: datetime) -> list[Block | None]:
    if not runs:
        return []
    hidden = len(runs) - _RUNS
    return [
        divider(),
        section(bold(say(person.language, "home.runs"))),
        *(_run_row(run, person.language, at) for run in runs[:_RUNS]),
        context(phrase(person.language, "more", n=hidden)) if hidden > 0 else None,
    ]


def _run_row(run: Run, language: str, at: datetime) -> Block:
    tally = counts(run, at)
    bar = f"{progress_bar(tally.closed, tally.total)} {tally_of(run, at, language)}"
    lines = [bold(run.name), about_run(run, at, language), Markup(bar)]
    steps = button(say(language, "button.steps"), ActionId.RUN_STEPS, run.id)
    return section(joined("\n", lines), steps)


def _nothing(person: Person, work: Sequence[object], runs: Sequence[Run]) -> list[Block | None]:
    if work:
        return []
    key = "home.no_work" if runs else "home.empty"
    return [section(phrase(person.language, key))]


def _settings(person: Person) -> Block:
    options = [option(say(person.language, f"language.{code}"), code) for code in LANGUAGES]
    languages = select(
        ActionId.HOME_LANGUAGE, options, person.language, say(person.language, "form.language")
    )
    return actions([start_button(person.language, primary=True), languages])
