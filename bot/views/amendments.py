"""What is said when something submitted has changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ids import ActionId
from bot.refs import ChangeRef, StepRef
from bot.views.blocks import Message, actions, button, message, section, text_message
from bot.views.dates import moment
from bot.views.frozen import changes_words
from bot.views.markup import Markup, bold, joined, mention, phrase
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.records import Move
from playbooks.run import Run, Step


@dataclass(frozen=True, slots=True)
class Questioned:
    """Changes that somebody is or was asked about, and the answer."""

    version: int
    changes: tuple[Move, ...]
    answer: Move | None
    is_open: bool


def questioned(step: Step, *, bound: bool) -> list[Questioned]:
    """The questions about changes, the oldest first; `bound` tells if the last may be open."""
    found: list[Questioned] = []
    held: list[Move] = []
    for move in (m for m in step.moves if not m.undone):
        if held and move.version != held[0].version:
            found.append(Questioned(held[0].version, tuple(held), None, is_open=False))
            held = []
        if move.kind == "amend" and move.to:
            held.append(move)
        elif move.kind in {"minor", "material"} and held:
            found.append(Questioned(move.version, tuple(held), move, is_open=False))
            held = []
    if held:
        now = bound and step.versions[-1].number == held[0].version
        found.append(Questioned(held[0].version, tuple(held), None, is_open=now))
    return found


def build_question_message(
    run: Run, step: Step, asked: Questioned, language: str, *, direct: bool = False
) -> Message:
    """Whether a change matters: the question, then the answer; `direct` names the run too."""
    line = _question_line(run, step, asked, language)
    whole = joined(" · ", [bold(run.name), line]) if direct else line
    if not asked.is_open:
        return text_message(whole)
    value = str(ChangeRef(run.id, step.key, asked.version))
    buttons = [
        button(say(language, "button.still_fine"), ActionId.CHANGE_MINOR, value, primary=True),
        button(say(language, "button.decide_again"), ActionId.CHANGE_MATERIAL, value),
    ]
    return text_message(whole, *buttons)


def _question_line(run: Run, step: Step, asked: Questioned, language: str) -> Markup:
    last = asked.changes[-1]
    facts = {
        "title": title_of(run, step, language), "n": asked.version,
        "what": changes_words(asked.changes, language),
    }  # fmt: skip
    if asked.answer:
        key = "amended.minor" if asked.answer.kind == "minor" else "amended.material"
        said = moment(asked.answer.at, language, run.zone)
        return phrase(language, key, **facts, by=mention(asked.answer.by), moment=said)
    if not asked.is_open:
        return phrase(language, "amended.over", **facts)
    return phrase(language, "amended.ask", **facts, to=mention(last.to), by=mention(last.by))


def build_yours_again_message(
    run: Run, step: Step, version: int, changes: Sequence[Move], language: str
) -> Message:
    """To the owner: the approval has lapsed, the work is to be handed in again."""
    line = _line(run, step, version, changes, language, "amended.yours")
    again = button(
        say(language, "button.submit_again"), ActionId.STEP_DONE, str(StepRef(run.id, step.key)),
        primary=True,
    )  # fmt: skip
    return message(line, [section(line), actions([again])])


def build_lapsed_message(
    run: Run, step: Step, version: int, changes: Sequence[Move], language: str
) -> Message:
    """To one who had approved: that no longer holds."""
    line = _line(run, step, version, changes, language, "amended.lapsed")
    return text_message(joined(" · ", [bold(run.name), line]))


def build_stands_message(
    run: Run, step: Step, version: int, changes: Sequence[Move], people: Sequence[str],
    language: str,
) -> Message:  # fmt: skip
    """To those who have decided: something has changed, and their decision stands."""
    key = "amended.stands" if people else "amended.goes_on"
    named = joined(" ", [mention(person) for person in people])
    return text_message(_line(run, step, version, changes, language, key, people=named))


def _line(
    run: Run, step: Step, version: int, changes: Sequence[Move], language: str, key: str,
    people: Markup = Markup(""),  # noqa: B008 - a constant
) -> Markup:  # fmt: skip
    return phrase(
        language, key,
        owner=mention(step.owner), title=title_of(run, step, language), n=version, people=people,
        by=mention(changes[-1].by), what=changes_words(changes, language),
    )  # fmt: skip
