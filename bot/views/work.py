"""A person's open steps, a row each, to act on in place."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import ActionId
from bot.refs import StepRef
from bot.views.blocks import Block, button, section
from bot.views.dates import Zones, is_this_week, is_today
from bot.views.markup import Markup, bold, link, phrase, title
from bot.views.states import due_short, emoji, name_of, title_of
from bot.words.catalogue import say
from playbooks.flow import is_late
from playbooks.people import Person
from playbooks.run import Run, Step, StepStatus

Work = tuple[Run, Step, str | None]  # the step of a run, and its card's address


def by_urgency(work: Sequence[Work]) -> list[Work]:
    """The rows, the earliest due first, those without a date last."""
    return sorted(
        work,
        key=lambda row: (row[1].due_at is None, row[1].due_at and row[1].due_at.timestamp()),
    )


def work_row(row: Work, person: Person, at: datetime) -> Block:
    """One open step with its Done button, once it can be done."""
    run, step, _ = row
    if step.status is not StepStatus.ACTIVE:
        return section(work_line(row, person, at))
    done = button(
        say(person.language, "button.done"), ActionId.STEP_DONE, str(StepRef(run.id, step.key))
    )
    return section(work_line(row, person, at), done)


def work_line(row: Work, person: Person, at: datetime) -> Markup:
    """One open step in words."""
    run, step, address = row
    language = person.language
    name = title_of(run, step, language, 100)
    if address:
        name = link(address, name_of(run, step, language), 100)
    due = due_short(run, step, at, language, Zones(reader=person.zone))
    line = phrase(language, "work.line", title=bold(name), run=title(run.name, 60), due=due)
    return Markup(f"{emoji(run, step, at)} {line}")


def grouped(work: Sequence[Work], person: Person, at: datetime) -> dict[str, list[Work]]:
    """The rows that are late, of today, this week and later, in the person's zone."""
    groups: dict[str, list[Work]] = {"late": [], "today": [], "week": [], "later": []}
    for row in by_urgency(work):
        due_at = row[1].due_at
        if is_late(row[1], at):
            groups["late"].append(row)
        elif due_at and is_today(due_at, at, person.zone):
            groups["today"].append(row)
        elif due_at and is_this_week(due_at, at, person.zone):
            groups["week"].append(row)
        else:
            groups["later"].append(row)
    return groups
