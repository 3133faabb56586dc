"""The buttons that decide on a level at once, wherever a decision is offered."""

from bot.ids import ActionId
from bot.views.blocks import Block, button
from bot.words.catalogue import say
from playbooks.handovers import DECISION, HANDOVER


def first_buttons(level: str, ref: str, language: str) -> list[Block]:
    """To approve or ask for changes; to accept or return what is handed over; or to decide."""
    found = {
        HANDOVER: [
            (ActionId.HANDOVER_ACCEPT, "button.accept"),
            (ActionId.HANDOVER_RETURN, "button.return"),
        ],
        DECISION: [(ActionId.HANDOVER_DECIDE, "button.decide")],
    }.get(level, [
        (ActionId.APPROVAL_APPROVE, "button.approve"),
        (ActionId.APPROVAL_CHANGES, "button.request_changes"),
    ])  # fmt: skip
    return [
        button(say(language, words), id_, ref, primary=number == 0)
        for number, (id_, words) in enumerate(found)
    ]
