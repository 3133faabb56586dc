"""The request to decide on a submitted version, and what has come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ids import ActionId, DecisionRef, menu_value
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
from bot.views.dates import moment
from bot.views.frozen import frozen_lines, since_changed_lines, stage_words, void_line
from bot.views.ladders import ladder_line
from bot.views.markup import Markup, bold, escape, joined, mention, phrase, title
from bot.views.questions import answer_lines
from bot.views.rounds import since_lines
from bot.views.states import due_line, title_of
from bot.words.catalogue import say
from playbooks.calendars import Facts
from playbooks.deliverables import stage_of
from playbooks.levels import deciders, moves_of, standing
from playbooks.patience import open_question
from playbooks.questions import Level
from playbooks.records import Move, Version
from playbooks.run import Run, RunStatus, Step, StepStatus
from playbooks.turns import number_of_level
from playbooks.undo import UNDO_WITHIN

PIECES = 5  # of evidence shown


@dataclass(frozen=True, slots=True)
class Asked:
    """One level of a step's latest version, and what its card needs to be drawn."""

    run: Run
    step: Step
    level: Level
    facts: Facts
    language: str

    @property
    def version(self) -> Version:
        """What is decided on."""
        return self.step.versions[-1]

    @property
    def ref(self) -> str:
        """What its buttons act on."""
        return str(DecisionRef(self.run.id, self.step.key, self.version.number, self.level.level))

    @property
    def is_open(self) -> bool:
        """Whether it is to be decided now."""
        under_way = self.step.status is StepStatus.DECIDING
        now = standing(self.run, self.step) if self.run.status is RunStatus.ACTIVE else None
        return bool(under_way and now and self.level in now.open)


def level_name(run: Run, level: Level, language: str) -> Markup:
    """What a level is called: its title, or its role's."""
    told = level.title or run.playbook.roles[level.by].title
    return title(told.to(language), 60)


def build_approval_message(asked: Asked, at: datetime, *, direct: bool = False) -> Message:
    """The request while it is open, one line when it is not; `direct` names the run too."""
    return _request(asked, at, direct) if asked.is_open else _outcome(asked, at, direct)


def _request(asked: Asked, at: datetime, direct: bool) -> Message:
    run, step, language = asked.run, asked.step, asked.language
    people = deciders(run, step, asked.level)
    head = joined("\n", [_head(asked, people), _what(asked, direct), _due(asked, at)])
    since = joined("\n", since_lines(run, step, language))
    proof = joined("\n", frozen_lines(asked.version.evidence, language, PIECES))
    changed = joined("\n", list(since_changed_lines(run, step, language)))
    answers = joined("\n", list(answer_lines(run, step, language, 200))[:10])
    comment = escape(asked.version.comment, 600)
    question = _question(asked)
    ladder = ladder_line(run, step, asked.level, asked.facts, language)
    blocks = [
        section(head),
        *(section(part) for part in (question, changed, since, answers, comment, proof) if part),
        context(ladder),
        actions(_buttons(asked, people)),
    ]
    return message(joined(" ", [head, question, since, ladder]), blocks)


def _head(asked: Asked, people: Sequence[str]) -> Markup:
    language = asked.language
    number = number_of_level(asked.run, asked.step, asked.level)
    name = level_name(asked.run, asked.level, language)
    head = phrase(
        language, "approval.head", n=number, of=len(asked.version.levels), level=bold(name)
    )
    if not people:
        return joined(
            "\n", [head, phrase(language, "approval.nobody", lead=mention(asked.run.lead))]
        )
    or_ = say(language, "approval.or" if asked.level.need == "any" else "approval.and")
    return joined(" · ", [head, joined(or_, [mention(person) for person in people])])


def _what(asked: Asked, direct: bool) -> Markup:
    run, step, language = asked.run, asked.step, asked.language
    what = phrase(
        language, "approval.what",
        title=title_of(run, step, language), n=asked.version.number,
        by=mention(asked.version.by),
    )  # fmt: skip
    signed = any(told.by == "owner" for told in run.told(step).approvals)
    own = phrase(language, "approval.signed") if signed else None
    where = bold(run.name) if direct else None
    return joined(" · ", [where, what, own, stage_words(run, step, language)])


def _due(asked: Asked, at: datetime) -> Markup:
    return due_line(asked.run, asked.step, at, asked.language)


def _question(asked: Asked) -> Markup | None:
    question = open_question(asked.step, asked.level)
    if question is None:
        return None
    return phrase(
        asked.language, "approval.asked",
        to=mention(question.to), by=mention(question.by), text=escape(question.text, 600),
    )  # fmt: skip


def _buttons(asked: Asked, people: Sequence[str]) -> list[Block]:
    language, ref = asked.language, asked.ref
    name = "button.delegate" if people else "button.name_somebody"
    hand_over = (ActionId.APPROVAL_DELEGATE, say(language, name))
    if not people:
        return [button(hand_over[1], hand_over[0], ref, primary=True)]
    menu = [
        (ActionId.APPROVAL_ASK, say(language, "button.ask")),
        hand_over,
        (ActionId.APPROVAL_REJECT, say(language, "button.reject")),
    ]
    approve = say(language, "button.approve")
    return [
        button(approve, ActionId.APPROVAL_APPROVE, ref, primary=True),
        button(say(language, "button.request_changes"), ActionId.APPROVAL_CHANGES, ref),
        overflow(
            ActionId.APPROVAL_MENU, [option(word, menu_value(id_, ref)) for id_, word in menu]
        ),
    ]


def _outcome(asked: Asked, at: datetime, direct: bool) -> Message:
    """What became of the level; its latest decision may be undone for a few minutes."""
    run, step, language = asked.run, asked.step, asked.language
    moves = moves_of(step, asked.version)
    mine = [m for m in moves if m.level == asked.level.level and m.kind in _WORDS]
    last = mine[-1] if mine else next((m for m in moves if m.kind in _WORDS), None)
    line = _outcome_line(asked, last)
    if void := void_line(run, step, language):
        line = joined("\n", [void, line if mine else None])
    name = [bold(run.name), title_of(run, step, language)] if direct else []
    stage = stage_words(run, step, language) if stage_of(run, step) != "draft" else None
    whole = joined(" · ", [line, stage, *name])
    fresh = last is not None and last.kind != "withdraw" and at - last.at <= UNDO_WITHIN
    undo = button(say(language, "button.undo"), ActionId.APPROVAL_UNDO, asked.ref)
    shown = fresh and bool(mine) and not void and not run.ended_at
    return message(whole, [section(whole, undo if shown else None)])


_WORDS = {
    "approve": "approval.approved", "changes": "approval.changes", "reject": "approval.rejected",
    "lapse": "approval.lapsed", "withdraw": "approval.withdrawn",
}  # fmt: skip


def _outcome_line(asked: Asked, last: Move | None) -> Markup:
    run, language, number = asked.run, asked.language, asked.version.number
    if last is None or last.level not in {asked.level.level, ""}:
        return phrase(language, "approval.over", n=number)
    said = phrase(
        language, _WORDS[last.kind],
        by=mention(last.by), moment=moment(last.at, language, run.zone), n=number,
    )  # fmt: skip
    items = [Markup(f"{n}. {escape(item, 300)}") for n, item in enumerate(last.items, 1)]
    text = None if last.items or not last.text else escape(last.text, 600)
    return joined("\n", [said, *items, text])
