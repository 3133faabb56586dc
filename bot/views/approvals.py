"""The request to decide on a submitted version, and what has come of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import ActionId
from bot.refs import SignRef, menu_value
from bot.views.asked import Asked, level_name
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
from bot.views.dates import written_day
from bot.views.first_buttons import first_buttons
from bot.views.frozen import frozen_lines, since_changed_lines, stage_words
from bot.views.ladders import ladder_line
from bot.views.markup import Markup, bold, escape, joined, mention, phrase
from bot.views.outcomes import build_elsewhere_message, build_outcome_message, is_fresh
from bot.views.questions import answer_lines
from bot.views.rounds import comment_line, since_lines
from bot.views.states import due_line, title_of
from bot.words.catalogue import say
from playbooks.deciding_for import stood_for
from playbooks.documents import form_of
from playbooks.levels import deciders, lacking
from playbooks.parts import approved_by, moves_of
from playbooks.patience import open_question
from playbooks.turns import number_of_level

PIECES = 5  # of evidence shown


def build_approval_message(asked: Asked, at: datetime) -> Message:
    """The request while its reader may decide, one line when they may not."""
    if asked.state == "open":
        return _request(asked, at)
    is_over = asked.state == "over"
    return build_outcome_message(asked, at) if is_over else build_elsewhere_message(asked)


def _request(asked: Asked, at: datetime) -> Message:
    run, step, language = asked.run, asked.step, asked.language
    people = deciders(run, step, asked.level)
    due = due_line(run, step, at, language)
    head = joined(
        "\n", [_head(asked, people), *_instead(asked), what_line(asked), due, *_so_far(asked)]
    )
    since = joined("\n", since_lines(run, step, language))
    proof = joined("\n", frozen_lines(asked.version.evidence, language, PIECES))
    changed = joined("\n", list(since_changed_lines(run, step, language)))
    answers = joined("\n", list(answer_lines(run, step, language, 200, asked.version.number))[:10])
    comment = comment_line(asked.version, language)
    question = question_line(asked)
    ladder = ladder_line(run, step, asked.level, asked.facts, language)
    blocks = [
        section(head, _read_button(asked)),
        *(section(part) for part in (question, changed, since, answers, comment, proof) if part),
        context(ladder),
        actions(_buttons(asked, people, at)),
    ]
    return message(joined(" ", [head, question, since, ladder]), blocks)


def _instead(asked: Asked) -> list[Markup]:
    """Who decides for somebody who is away, and until when."""
    lines, language = [], asked.language
    for deputy, person in stood_for(asked.run, asked.step, asked.level).items():
        leaves = [leave.until_on for leave in asked.facts.person(person).leaves]
        facts = {"deputy": mention(deputy), "person": mention(person)}
        if leaves:
            day = written_day(leaves[0], language)
            lines.append(phrase(language, "approval.stands_for", **facts, day=day))
        else:
            lines.append(phrase(language, "approval.stands_for_still", **facts))
    return lines


def _read_button(asked: Asked) -> Block | None:
    """The text that is decided on, where the step has one: a private copy stands in no thread."""
    if form_of(asked.run, asked.step) is None:
        return None
    newest = SignRef(asked.run.id, asked.step.key, 0)
    return button(say(asked.language, "sign.read"), ActionId.SIGN_READ, str(newest))


def _head(asked: Asked, people: Sequence[str]) -> Markup:
    language = asked.language
    number = number_of_level(asked.run, asked.step, asked.level)
    name = level_name(asked.run, asked.level, language)
    head = phrase(
        language,
        "approval.head",
        n=number,
        of=len(asked.version.levels),
        level=bold(name),
    )
    if not people:
        return joined(
            "\n", [head, phrase(language, "approval.nobody", lead=mention(asked.run.lead))]
        )
    or_ = say(language, "approval.or" if asked.level.need == "any" else "approval.and")
    return joined(" · ", [head, joined(or_, [mention(person) for person in people])])


def what_line(asked: Asked) -> Markup:
    """What is decided on, which version of it, and by whom."""
    run, step, language = asked.run, asked.step, asked.language
    what = phrase(
        language, "approval.what",
        title=title_of(run, step, language), n=asked.version.number,
        by=mention(asked.version.by),
    )  # fmt: skip
    levels = {told.level for told in run.told(step).approvals if told.by == "owner"}
    own = phrase(language, "approval.signed") if levels & {*asked.version.levels} else None
    where = bold(run.name) if asked.reader else None
    return joined(" · ", [where, what, own, stage_words(run, step, language)])


def _so_far(asked: Asked) -> list[Markup]:
    """Who has approved of the several that a level takes."""
    done = approved_by(asked.step, asked.level)
    if not done:
        return []
    who = joined(say(asked.language, "comma"), [mention(person) for person in done])
    wanted = len(done) + lacking(asked.run, asked.step, asked.level)
    return [phrase(asked.language, "approval.so_far", people=who, n=len(done), of=wanted)]


def question_line(asked: Asked) -> Markup | None:
    """What was asked about it and waits for an answer."""
    question = open_question(asked.step, asked.level)
    if question is None:
        return None
    return phrase(
        asked.language, "approval.asked",
        to=mention(question.to), by=mention(question.by), text=escape(question.text, 600),
    )  # fmt: skip


def _buttons(asked: Asked, people: Sequence[str], at: datetime) -> list[Block]:
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
    if any(is_fresh(m, at) for m in moves_of(asked.step, asked.version, asked.level.level)):
        menu.append((ActionId.APPROVAL_UNDO, say(language, "button.undo")))
    return [
        *first_buttons(asked.level.level, ref, language),
        overflow(
            ActionId.APPROVAL_MENU, [option(word, menu_value(id_, ref)) for id_, word in menu]
        ),
    ]
