"""What waits for somebody's decision, a row each, to decide in place."""

from collections.abc import Sequence

from bot.refs import DecisionRef
from bot.views.blocks import Block, actions, context, section
from bot.views.dates import moment
from bot.views.first_buttons import first_buttons
from bot.views.markup import Markup, bold, mention, phrase, title
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.levels import deciders, standing
from playbooks.people import Person
from playbooks.questions import Level
from playbooks.run import Run, Step

Decision = tuple[Run, Step, Level]
ROWS = 8  # decisions shown at a time


def decisions_of(person: str, steps: Sequence[tuple[Run, Step]]) -> list[Decision]:
    """The open levels among these steps that a person may decide, the longest waiting first."""
    found = []
    for run, step in steps:
        now = standing(run, step)
        levels = now.open if now else ()
        found += [(run, step, one) for one in levels if person in deciders(run, step, one)]
    return sorted(found, key=lambda row: row[1].versions[-1].at)


def decision_line(row: Decision, person: Person) -> Markup:
    """One decision in words."""
    run, step, _ = row
    version = step.versions[-1]
    line = phrase(
        person.language, "decisions.line",
        title=bold(title_of(run, step, person.language, 100)), run=title(run.name, 60),
        n=version.number, by=mention(version.by),
        moment=moment(version.at, person.language, person.zone),
    )  # fmt: skip
    return Markup(f"🟡 {line}")


def decision_blocks(rows: Sequence[Decision], person: Person) -> list[Block | None]:
    """The decisions under their heading; nothing where there is none."""
    if not rows:
        return []
    language = person.language
    blocks: list[Block | None] = [section(bold(say(language, "decisions.head")))]
    for row in rows[:ROWS]:
        blocks += decision_row(row, person)
    hidden = len(rows) - ROWS
    return [*blocks, context(phrase(language, "more", n=hidden)) if hidden > 0 else None]


def decision_row(row: Decision, person: Person) -> list[Block]:
    """One decision with the buttons that decide it at once."""
    run, step, level = row
    ref = str(DecisionRef(run.id, step.key, step.versions[-1].number, level.level))
    buttons = first_buttons(level.level, ref, person.language)
    return [section(decision_line(row, person)), actions(buttons)]
