"""To an approver who has only nodded: how to make it a decision, and that it is one."""

from bot.ids import ActionId
from bot.refs import DecisionRef
from bot.views.blocks import Message, button, text_message
from bot.views.first_buttons import first_buttons
from bot.views.markup import phrase
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.handovers import RESERVED
from playbooks.run import Run, Step


def build_nod_offer(run: Run, step: Step, ref: DecisionRef, language: str) -> Message:
    """What they typed is no decision, and the buttons that are."""
    key = "handover.nod" if ref.level in RESERVED else "approval.nod"
    line = phrase(language, key, title=title_of(run, step, language), n=ref.version)
    if ref.level in RESERVED:
        return text_message(line, *first_buttons(ref.level, str(ref), language))
    return text_message(
        line,
        button(say(language, "button.record"), ActionId.REPLY_RECORD, str(ref), primary=True),
        button(say(language, "button.request_changes"), ActionId.APPROVAL_CHANGES, str(ref)),
    )


def build_recorded_message(run: Run, step: Step, ref: DecisionRef, language: str) -> Message:
    """In place of the offer: their approval is on record."""
    name = title_of(run, step, language)
    return text_message(phrase(language, "approval.recorded", title=name, n=ref.version))
