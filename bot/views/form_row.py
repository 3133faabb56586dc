"""The way to the form of a step's document, for its owner and for others by a link."""

from bot.ids import ActionId
from bot.refs import StepRef
from bot.views.blocks import Block, actions, button
from bot.words.catalogue import say
from playbooks.documents import form_of
from playbooks.run import Run, Step


def form_row(run: Run, step: Step, language: str) -> Block | None:
    """Two buttons; nothing where the step fills no document."""
    if form_of(run, step) is None:
        return None
    ref = str(StepRef(run.id, step.key))
    fill = button(say(language, "document.fill"), ActionId.FORM_FILL, ref)
    send = button(say(language, "document.ask_outside"), ActionId.FORM_SEND, ref)
    return actions([fill, send])
