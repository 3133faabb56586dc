"""What `/sop list` answers: the SOPs one can start, and those that start by themselves."""

from collections.abc import Sequence

from bot.ids import ActionId
from bot.views.blocks import (
    MESSAGE_BLOCKS,
    Block,
    Message,
    actions,
    button,
    context,
    message,
    section,
    text_message,
)
from bot.views.cycles import Repeating, cycle_line, cycle_rows
from bot.views.markup import Markup, bold, joined, phrase, title
from bot.views.menu import start_button
from bot.words.catalogue import say
from playbooks.definition import Playbook

_ROOM = MESSAGE_BLOCKS - 2  # beside the heading and the last line
_REPEATING = 5  # of one SOP; the menu of the others is in the list once these have ended


def build_playbooks_message(
    playbooks: Sequence[Playbook], language: str, repeating: Sequence[Repeating] = (),
    reader: str = "",
) -> Message:  # fmt: skip
    """The SOPs one can start, each with its runs that start again by themselves."""
    if not playbooks:
        return text_message(phrase(language, "menu.no_playbooks"))
    head = phrase(language, "menu.playbooks", n=len(playbooks))
    blocks: list[Block] = []
    lines: list[Markup] = []
    shown = 0
    for playbook in playbooks:
        held = [each for each in repeating if each[0].playbook_id == playbook.id][:_REPEATING]
        rows = [*_row(playbook, language), *cycle_rows(held, reader, language)]
        if len(blocks) + len(rows) > _ROOM:
            break
        blocks += rows
        lines += [_line(playbook, language), *(cycle_line(each, language) for each in held)]
        shown += 1
    hidden = len(playbooks) - shown
    more = context(phrase(language, "more", n=hidden)) if hidden else None
    return message(joined("\n", [head, *lines]), [section(head), *blocks, more])


def _row(playbook: Playbook, language: str) -> list[Block]:
    see = button(say(language, "button.plan"), ActionId.PLAN_SHOW, playbook.id)
    return [
        section(_line(playbook, language)), actions([start_button(language, playbook.id), see])
    ]  # fmt: skip


def _line(playbook: Playbook, language: str) -> Markup:
    name = bold(playbook.title.to(language), 60)
    steps = phrase(language, "menu.step_count", n=len(playbook.steps))
    why = title(playbook.why.to(language), 120) if playbook.why else None
    return joined("\n", [joined(" · ", [name, steps]), why])
