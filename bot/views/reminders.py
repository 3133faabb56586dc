"""The reminder of a step, in its thread."""

from datetime import datetime

from bot.ids import ActionId
from bot.refs import StepRef, menu_value
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    message,
    option,
    overflow,
    section,
)
from bot.views.dates import NOBODYS, Zones, distance, full_moment, moment
from bot.views.markup import Markup, mention, phrase
from bot.views.states import title_of
from bot.views.steps import step_line
from bot.words.catalogue import say
from playbooks.reminders import Moment
from playbooks.run import Run, Step


def build_reminder_message(
    run: Run, step: Step, when: Moment, at: datetime, language: str, zones: Zones = NOBODYS, *,
    meant: str | None = None,
) -> Message:  # fmt: skip
    """Who is reminded of what; an overdue one asks what is in the way.

    `meant` is the moment, ISO, that a reminder was for that could not be said then.
    """
    line = phrase(
        language, f"reminder.{when}",
        owner=mention(step.owner), title=title_of(run, step, language),
        due=_due(run, step, when, at, language, zones.of(run, step)),
    )  # fmt: skip
    late = _late(run, step, meant, language, zones) if meant else None
    buttons = actions(_buttons(run, step, when, language))
    return message(line, [section(line), context(late) if late else None, buttons])


def build_escalated_message(
    run: Run, step: Step, to: str, at: datetime, language: str, zones: Zones = NOBODYS
) -> Message:
    """Tell somebody above that a step is late, and what they can do."""
    line = phrase(
        language, "reminder.escalated", to=mention(to), owner=mention(step.owner),
        title=title_of(run, step, language), n=step.reminded,
        due=_due(run, step, "overdue", at, language, zones.of(run, step)),
    )  # fmt: skip
    ref = str(StepRef(run.id, step.key))
    buttons = actions([
        button(say(language, "button.new_date"), ActionId.STEP_RESCHEDULE, ref),
        button(say(language, "button.hand_over"), ActionId.STEP_ASSIGN, ref),
    ])  # fmt: skip
    return message(line, [section(line), buttons])


def _late(run: Run, step: Step, meant: str, language: str, zones: Zones) -> Markup:
    when = moment(datetime.fromisoformat(meant), language, zones.of(run, step))
    return phrase(language, "reminder.meant", moment=when)


def build_past_message(
    run: Run, step: Step, at: datetime, language: str, zones: Zones = NOBODYS
) -> Message:
    """What takes the place of a reminder whose step has moved on: where that stands, no buttons."""
    line = step_line(run, step, at, language, zones)
    return message(line, [section(line)])


def _due(run: Run, step: Step, when: Moment, at: datetime, language: str, zone: str) -> Markup:
    if step.due_at is None:
        return phrase(language, "due.none")
    if when == "overdue":
        return distance(run, step.due_at, at, language, zone)
    shown = full_moment if when == "before" else moment
    return shown(step.due_at, language, zone)


def _buttons(run: Run, step: Step, when: Moment, language: str) -> list[Block]:
    """Before it is late the owner may hear of it later; then it takes a new date."""
    ref = str(StepRef(run.id, step.key))
    date = (ActionId.STEP_RESCHEDULE, "button.new_date")
    later = (ActionId.STEP_SNOOZE, "button.later")
    first, second = (date, later) if when == "overdue" else (later, date)
    more = [
        option(say(language, name), menu_value(id_, ref))
        for id_, name in (second, (ActionId.STEP_ASSIGN, "button.hand_over"))
    ]
    asked = [] if step.help_by else [
        button(say(language, "button.help"), ActionId.STEP_HELP, ref)
    ]  # fmt: skip
    return [
        button(say(language, "button.done"), ActionId.STEP_DONE, ref, primary=True),
        button(say(language, first[1]), first[0], ref),
        *asked,
        overflow(ActionId.STEP_MENU, more),
    ]
