"""What /sop answers, to one person alone."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import ActionId
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    option,
    section,
    select,
    text_message,
)
from bot.views.dates import NOBODYS, Zones
from bot.views.decisions import ROWS, Decision, decision_blocks, decision_line
from bot.views.markup import Markup, joined, phrase, title
from bot.views.runs import build_run_message
from bot.views.work import Work, by_urgency, work_line, work_row
from bot.words.catalogue import say
from playbooks.people import Person
from playbooks.run import Run

_FIRST = 2  # rows of work in the menu
_ROWS = 20  # rows of work in a message
VERBS = ("start", "list", "status", "my", "away", "settings", "help")


def build_menu_message(
    person: Person, work: Sequence[Work], at: datetime, decisions: Sequence[Decision] = ()
) -> Message:
    """What is this person's now, and what they can do."""
    language = person.language
    count = phrase(language, "menu.work", n=len(work)) if work else phrase(language, "menu.free")
    lines = [decision_line(row, person) for row in decisions[:_FIRST]]
    lines += [work_line(row, person, at) for row in by_urgency(work)[:_FIRST]]
    buttons = [
        start_button(language),
        button(say(language, "button.my"), ActionId.MENU_MY, "my"),
        button(say(language, "button.status"), ActionId.RUN_STATUS, "here"),
        button(say(language, "button.menu_help"), ActionId.MENU_HELP, "help"),
    ]
    decide = phrase(language, "decisions.count", n=len(decisions)) if decisions else None
    whole = joined("\n", [joined(" ", [decide, count]), *lines])
    return message(whole, [section(whole), actions(buttons)])


def start_button(language: str, playbook: str = "", *, primary: bool = False) -> Block:
    """Open the start form, with a playbook chosen perhaps."""
    label = say(language, "button.start" if playbook else "button.start_sop")
    return button(label, ActionId.HOME_START, playbook or "any", primary=primary)


def build_help_message(language: str) -> Message:
    """The commands there are."""
    lines = [phrase(language, f"help.{verb}") for verb in VERBS]
    whole = joined("\n", [phrase(language, "help.intro"), *lines])
    return message(whole, [section(whole), context(phrase(language, "help.more"))])


def build_my_work_message(
    person: Person, work: Sequence[Work], at: datetime, decisions: Sequence[Decision] = ()
) -> Message:
    """Every decision that waits for a person, then their open steps, the most urgent first."""
    language = person.language
    if not (work or decisions):
        return text_message(phrase(language, "menu.free"), start_button(language))
    rows = by_urgency(work)
    head = phrase(language, "menu.work", n=len(work)) if work else None
    lines = [decision_line(row, person) for row in decisions[:_ROWS]]
    lines += [work_line(row, person, at) for row in rows[:_ROWS]]
    hidden = max(len(rows) - _ROWS, 0) + max(len(decisions) - ROWS, 0)
    blocks = [
        *decision_blocks(decisions[:ROWS], person),
        section(head) if head else None,
        *(work_row(row, person, at) for row in rows[:_ROWS]),
        context(phrase(language, "menu.rest", n=hidden)) if hidden else None,
    ]
    return message(joined("\n", [head, *lines]), blocks)


def build_status_message(
    runs: Sequence[Run], at: datetime, language: str, zones: Zones = NOBODYS, *,
    elsewhere: bool = False,
) -> Message:  # fmt: skip
    """The card of this channel's run, a choice among several, or how to start one.

    `elsewhere` are the reader's own runs of other channels: that is said first.
    """
    if not runs:
        return text_message(phrase(language, "menu.no_run"), start_button(language))
    there = phrase(language, "menu.elsewhere")
    if len(runs) == 1:
        card = build_run_message(runs[0], at, language, zones)
        if not elsewhere:
            return card
        return message(Markup(f"{there} {card.text}"), [section(there), *card.blocks])
    which = there if elsewhere else phrase(language, "menu.which_run", n=len(runs))
    options = [option(run.name, run.id) for run in runs]
    menu = select(ActionId.RUN_STATUS, options, hint=say(language, "menu.choose_run"))
    names = joined(say(language, "comma"), [title(run.name, 80) for run in runs[:_ROWS]])
    return message(joined(" ", [which, names]), [section(which, menu)])
