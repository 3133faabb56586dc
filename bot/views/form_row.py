"""The way to the form of a step's document, for its owner and for others by a link."""

from collections.abc import Mapping

from bot.ids import ActionId
from bot.refs import StepRef
from bot.views.blocks import Block, actions, button, section
from bot.views.form_progress import form_lines
from bot.views.markup import joined
from bot.words.catalogue import say
from playbooks.document_text import Answers
from playbooks.run import Run, Step


def form_rows(run: Run, step: Step, drafts: Mapping[str, Answers], language: str) -> list[Block]:
    """Where the form stands and two buttons; nothing where the step fills no document."""
    lines = form_lines(run, step, drafts, language)
    if not lines:
        return []
    ref = str(StepRef(run.id, step.key))
    fill = button(say(language, "document.fill"), ActionId.FORM_FILL, ref)
    send = button(say(language, "document.ask_outside"), ActionId.FORM_SEND, ref)
    return [section(joined("\n", lines)), actions([fill, send])]
