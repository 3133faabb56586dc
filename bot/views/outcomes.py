"""What became of a request to decide: one line, the same in every copy of it."""

from datetime import datetime

from bot.ids import ActionId
from bot.views.asked import Asked
from bot.views.blocks import Message, button, message, section
from bot.views.dates import moment
from bot.views.frozen import stage_words, void_line
from bot.views.handover_lines import criterion_name
from bot.views.markup import Markup, bold, escape, joined, mention, phrase
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.deliverables import stage_of
from playbooks.levels import DECISIONS, deciders
from playbooks.parts import moves_of
from playbooks.records import Move
from playbooks.run import RunStatus, StepStatus
from playbooks.turns import UNDO_WITHIN

_WORDS = {
    "approve": "approval.approved", "changes": "approval.changes", "reject": "approval.rejected",
    "lapse": "approval.lapsed", "withdraw": "approval.withdrawn",
    "accept": "handover.accepted", "return": "handover.returned", "decide": "dispute.decided",
}  # fmt: skip


def build_elsewhere_message(asked: Asked) -> Message:
    """To somebody whose turn it is no longer: who decides now."""
    run, step, language = asked.run, asked.step, asked.language
    people = deciders(run, step, asked.level) or (run.lead,)
    who = joined(say(language, "comma"), [mention(person) for person in people])
    line = phrase(language, "approval.elsewhere", person=who, n=asked.version.number)
    whole = joined(" · ", [line, bold(run.name), title_of(run, step, language)])
    return message(whole, [section(whole)])


def build_outcome_message(asked: Asked, at: datetime) -> Message:
    """What became of the level; its latest decision may be undone for a few minutes."""
    if asked.recalled:
        return _recalled(asked, asked.recalled)
    run, step, language = asked.run, asked.step, asked.language
    moves = [m for m in moves_of(step, asked.version) if m.kind in _WORDS]
    mine = [m for m in moves if m.level == asked.level.level]
    mine = [m for m in mine if asked.reader == m.by] or mine if asked.is_open else mine
    last = mine[-1] if mine else next((m for m in moves if not m.level), None)
    line = _line(asked, last)
    if void := void_line(run, step, asked.version, language):
        line = joined("\n", [void, line if mine else None])
    name = [bold(run.name), title_of(run, step, language)] if asked.reader else []
    is_latest = asked.version == step.version
    come = is_latest and stage_of(run, step) != "draft"
    stage = stage_words(run, step, language) if come else None
    whole = joined(" · ", [line, stage, *name])
    shown = bool(mine) and is_latest and not void and is_fresh(last, at)
    undo = button(say(language, "button.undo"), ActionId.APPROVAL_UNDO, asked.ref)
    return message(
        whole, [section(whole, undo if shown and run.status is RunStatus.ACTIVE else None)]
    )


def _recalled(asked: Asked, move: Move) -> Message:
    """Why a request no longer stands: the decision before it was taken back."""
    by, n = mention(move.by), asked.version.number
    line = phrase(asked.language, "approval.recalled", by=by, n=n)
    name = [bold(asked.run.name), title_of(asked.run, asked.step, asked.language)]
    whole = joined(" · ", [line, *(name if asked.reader else [])])
    return message(whole, [section(whole)])


def is_fresh(move: Move | None, at: datetime) -> bool:
    """Whether a decision may still be undone."""
    return move is not None and move.kind in DECISIONS and at - move.at <= UNDO_WITHIN


def _line(asked: Asked, last: Move | None) -> Markup:
    run, language, number = asked.run, asked.language, asked.version.number
    if last is None and run.pause and asked.step.status is StepStatus.DECIDING:
        return phrase(language, "approval.paused", n=number)
    if last is None:
        return phrase(language, "approval.over", n=number)
    said = phrase(
        language, _WORDS[last.kind],
        by=mention(last.by), moment=moment(last.at, language, run.zone), n=number,
        criterion=criterion_name(run, asked.step, last, language),
        verdict=say(language, f"dispute.verdict_{last.verdict}") if last.verdict else "",
    )  # fmt: skip
    items = [Markup(f"{n}. {escape(item, 300)}") for n, item in enumerate(last.items, 1)]
    text = None if last.items or not last.text else escape(last.text, 600)
    return joined("\n", [said, *items, text])
