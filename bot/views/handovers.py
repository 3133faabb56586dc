"""The request to receive a version handed over, and to decide where it came back twice."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import ActionId
from bot.refs import menu_value
from bot.views.approvals import build_approval_message, question_line, what_line
from bot.views.asked import Asked
from bot.views.blocks import (
    Message,
    actions,
    button,
    context,
    message,
    option,
    overflow,
    section,
)
from bot.views.dates import full_moment
from bot.views.first_buttons import first_buttons
from bot.views.handover_lines import criteria_lines, receiver_name, return_lines, returned_line
from bot.views.ladders import ladder_line
from bot.views.markup import Markup, bold, joined, mention, phrase
from bot.views.rounds import comment_line, since_lines
from bot.views.states import due_line
from bot.views.step_lines import evidence_link
from bot.words.catalogue import say
from playbooks.handovers import HANDOVER, RESERVED, decide_by, returns
from playbooks.levels import deciders
from playbooks.receiving import sides_of


def build_request_message(asked: Asked, at: datetime) -> Message:
    """What is asked of somebody on one level, or what has come of it."""
    if asked.level.level not in RESERVED or asked.state != "open":
        return build_approval_message(asked, at)
    return _handover(asked, at) if asked.level.level == HANDOVER else _dispute(asked)


def _handover(asked: Asked, at: datetime) -> Message:
    run, step, language = asked.run, asked.step, asked.language
    people = deciders(run, step, asked.level)
    role = bold(receiver_name(run, step, language))
    head = _head(asked, phrase(language, "handover.head", role=role), people)
    due = due_line(run, step, at, language)
    agreed = [phrase(language, "handover.criteria"), *criteria_lines(run, step, language)]
    came = returned_line(run, step, language)
    parts = [
        joined("\n", [head, what_line(asked), due]), question_line(asked),
        joined("\n", agreed), joined("\n", [came, *since_lines(run, step, language)]),
        comment_line(asked.version, language), _proof(asked),
    ]  # fmt: skip
    return _request(asked, parts, people)


def _dispute(asked: Asked) -> Message:
    run, step, language = asked.run, asked.step, asked.language
    people = deciders(run, step, asked.level)
    head = _head(asked, phrase(language, "dispute.head"), people)
    who = next(iter(people), run.lead)
    by = full_moment(decide_by(run, step, who, asked.facts), language, run.zone)
    both = joined(
        say(language, "approval.and"),
        [mention(p) for p in sorted(sides_of(step, asked.level.level))],
    )
    why = phrase(language, "dispute.why", n=len(returns(step)), sides=both, moment=by)
    parts = [
        joined("\n", [head, what_line(asked), why]), question_line(asked),
        joined("\n", return_lines(run, step, language)),
        joined("\n", [phrase(language, "handover.criteria"), *criteria_lines(run, step, language)]),
        _proof(asked),
    ]  # fmt: skip
    return _request(asked, parts, people)


def _head(asked: Asked, head: Markup, people: Sequence[str]) -> Markup:
    language = asked.language
    if not people:
        nobody = phrase(language, "handover.nobody", lead=mention(asked.run.lead))
        return joined("\n", [head, nobody])
    or_ = say(language, "approval.or")
    return joined(" · ", [head, joined(or_, [mention(person) for person in people])])


def _proof(asked: Asked) -> Markup:
    return joined("\n", [Markup(f"📎 {evidence_link(e)}") for e in asked.version.evidence[-5:]])


def _request(asked: Asked, parts: Sequence[Markup | None], people: Sequence[str]) -> Message:
    language, ref = asked.language, asked.ref
    buttons = first_buttons(asked.level.level, ref, language)
    small = ladder_line(asked.run, asked.step, asked.level, asked.facts, language)
    hand_over = say(language, "button.delegate" if people else "button.name_somebody")
    name = button(hand_over, ActionId.APPROVAL_DELEGATE, ref, primary=True)
    menu = overflow(ActionId.APPROVAL_MENU, [
        option(say(language, "button.ask"), menu_value(ActionId.APPROVAL_ASK, ref)),
        option(hand_over, menu_value(ActionId.APPROVAL_DELEGATE, ref)),
    ])  # fmt: skip
    return message(joined("\n", [*parts, small]), [
        *(section(part) for part in parts if part),
        context(small),
        actions([*buttons, menu] if people else [name]),
    ])  # fmt: skip
