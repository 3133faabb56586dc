"""Steps that can be opened once more: their buttons in the run's list, and the form."""

from datetime import date

from bot.ids import ActionId, ViewId
from bot.refs import StepRef
from bot.views.blocks import Block, actions, button, section
from bot.views.inputs import date_input, field, modal, text_input
from bot.views.markup import bold, joined, mention, phrase, title
from bot.words.catalogue import say
from playbooks.calendars import Facts, WorkCalendar
from playbooks.definition import Phase, PlaybookStep
from playbooks.on_demand import on_demand
from playbooks.run import Run, RunStatus
from playbooks.series import occurrence

_BUTTONS = 5  # in a row


def open_buttons(run: Run, phase: Phase, language: str) -> Block | None:
    """What can be opened once more in a phase of a run under way."""
    if run.status is not RunStatus.ACTIVE:
        return None
    known = {told.id for told in phase.steps}
    offered = [one for one in on_demand(run, Facts(WorkCalendar(run.calendar))) if one.id in known]
    buttons = [
        button(
            say(language, "button.open_another", title=told.title.to(language)),
            ActionId.STEP_OPEN, str(StepRef(run.id, told.id)),
        )
        for told in offered[:_BUTTONS]
    ]  # fmt: skip
    return actions(buttons) if buttons else None


def build_open_modal(run: Run, told: PlaybookStep, day: date, language: str) -> Block:
    """When another one is due, and what it is about."""
    owner = mention(occurrence(run, told, 1).owner)
    about = joined("\n", [
        bold(told.title.to(language)),
        phrase(language, "form.open_about", run=title(run.name, 80), owner=owner),
    ])  # fmt: skip
    return modal(
        ViewId.STEP_OPEN, language, say(language, "form.open_title"),
        [
            section(about),
            field("due_on", say(language, "form.due_on"), date_input(day.isoformat()),
                  required=True),
            field("note", say(language, "form.open_note"), text_input(long=True),
                  hint=say(language, "form.open_note_hint")),
        ],
        submit=say(language, "form.open_submit"), run=run.id, step=told.id,
    )  # fmt: skip
