"""The reminder of a step, in its thread."""

from datetime import datetime

from bot.ids import ActionId, StepRef
from bot.views.blocks import Block, Message, actions, button, message, section
from bot.views.dates import NOBODYS, Zones, distance, full_moment, moment
from bot.views.markup import Markup, mention, phrase
from bot.views.states import title_of
from bot.views.steps import step_line
from bot.words.catalogue import say
from playbooks.reminders import Moment
from playbooks.run import Run, Step


def build_reminder_message(
    run: Run, step: Step, when: Moment, at: datetime, language: str, zones: Zones = NOBODYS
) -> Message:
    """Who is reminded of what; an overdue one asks what is in the way."""
    line = phrase(
        language, f"reminder.{when}",
        owner=mention(step.owner), title=title_of(run, step, language),
        due=_due(run, step, when, at, language, zones.of(run, step)),
    )  # fmt: skip
    return message(line, [section(line), actions(_buttons(run, step, language))])


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


def _buttons(run: Run, step: Step, language: str) -> list[Block]:
    ref = str(StepRef(run.id, step.key))
    asked = [] if step.help_by else [
        button(say(language, "button.help"), ActionId.STEP_HELP, ref)
    ]  # fmt: skip
    return [
        button(say(language, "button.done"), ActionId.STEP_DONE, ref, primary=True),
        button(say(language, "button.new_date"), ActionId.STEP_RESCHEDULE, ref),
        *asked,
    ]
