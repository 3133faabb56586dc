"""What is said once about a hand-over, and what asks somebody to read a decision."""

from bot.ids import ActionId
from bot.refs import DecisionRef, StepRef
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    message,
    section,
    sections,
    text_message,
)
from bot.views.dates import moment
from bot.views.first_buttons import first_buttons
from bot.views.handover_lines import criterion_name
from bot.views.markup import Markup, bold, escape, joined, mention, phrase
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.acknowledgements import Acknowledgements
from playbooks.events import Event
from playbooks.handovers import ACK, HANDOVER, opens_decision, sends_back
from playbooks.levels import waiting_for
from playbooks.patience import open_question
from playbooks.receiving import handover_levels
from playbooks.records import Move
from playbooks.run import Run, Step


def build_handover_notice(
    run: Run, step: Step, move: Move, language: str, *, private: bool = False
) -> Message | None:
    """A return or a decision, to the owner; its request tells that a decision is opened.

    That request the owner does not see where it is `private`.
    """
    disputed = move.kind == "return" and opens_decision(step, move)
    if disputed and not private:
        return None
    facts = {
        "owner": mention(step.owner), "by": mention(move.by), "n": move.version,
        "title": title_of(run, step, language), "text": escape(move.text, 1500),
    }  # fmt: skip
    if move.kind == "return":
        criterion = criterion_name(run, step, move, language)
        person = mention(next(iter(waiting_for(run, step)), run.lead))
        key = "dispute.opened" if disputed else "handover.returned_to_you"
        line = phrase(language, key, **facts, criterion=criterion, person=person)
    else:
        line = phrase(language, f"dispute.decided_{move.verdict}", **facts)
    back = sends_back(step, move)
    return message(line, [section(line), _again(run, step, language) if back else None])


def _again(run: Run, step: Step, language: str) -> Block:
    ref = str(StepRef(run.id, step.key))
    words = say(language, "button.submit_again")
    return actions([button(words, ActionId.STEP_DONE, ref, primary=True)])


def build_pressed_handover(run: Run, step: Step, event: Event, language: str) -> Message:
    """Nobody has accepted, returned or decided yet: who is reminded or told."""
    rung, level, n = event.facts["rung"], event.facts["level"], event.facts["version"]
    asked = _asked(run, step, level) if rung == "remind" else False
    about = "handover" if level == HANDOVER else "dispute"
    line = phrase(
        language, "pressed.question" if asked else f"pressed.{about}_{rung}",
        to=mention(event.facts["to"]), title=title_of(run, step, language), n=n,
        by=mention(step.versions[-1].by),
    )  # fmt: skip
    ref = str(DecisionRef(run.id, step.key, n, level))
    return text_message(line, *_pressed_buttons(rung, level, ref, asked, language))


def _asked(run: Run, step: Step, level: str) -> bool:
    version = step.version
    told = handover_levels(run, step, version) if version else ()
    return any(one.level == level and open_question(step, one) is not None for one in told)


def _pressed_buttons(rung: str, level: str, ref: str, asked: bool, language: str) -> list[Block]:
    if asked:
        return [button(say(language, "button.answer"), ActionId.APPROVAL_ANSWER, ref)]
    decide = first_buttons(level, ref, language)
    if level != HANDOVER:
        return decide
    hand_over = button(say(language, "button.delegate"), ActionId.APPROVAL_DELEGATE, ref)
    return [*decide, hand_over] if rung == "remind" else [hand_over]


def build_ack_message(
    run: Run, step: Step, told: Acknowledgements, person: str, language: str
) -> Message:
    """To somebody whom a decision concerns: what it is, until they have read it."""
    words = decision_words(run, step, told.decision, language)
    if person in told.read:
        when = moment(told.read[person], language, run.zone)
        words = joined("\n", [phrase(language, "ack.read", moment=when), words])
        return message(words, sections([words]))
    words = joined("\n", [phrase(language, "ack.asked", person=mention(person)), words])
    return text_message(words, confirm_button(run, step, told.decision, language))


def build_ack_over_message(run: Run, step: Step, language: str) -> Message:
    """The decision somebody was to read has been taken back."""
    name = title_of(run, step, language)
    return text_message(phrase(language, "ack.over", title=name, run=bold(run.name)))


def build_ack_reminder(
    run: Run, step: Step, told: Acknowledgements, person: str, language: str
) -> Message:
    """Once more to somebody who has not read it yet."""
    line = phrase(
        language, "ack.again",
        person=mention(person), title=title_of(run, step, language), run=bold(run.name),
    )  # fmt: skip
    return text_message(line, confirm_button(run, step, told.decision, language))


def confirm_button(run: Run, step: Step, decision: Move, language: str) -> Block:
    """Say to have read a decision."""
    ref = str(DecisionRef(run.id, step.key, decision.version, ACK))
    return button(say(language, "button.confirm"), ActionId.ACK_CONFIRM, ref, primary=True)


def decision_words(run: Run, step: Step, move: Move, language: str) -> Markup:
    """A decision about a hand-over, in full."""
    return phrase(
        language, f"ack.decision_{move.verdict}",
        run=bold(run.name), title=title_of(run, step, language), n=move.version,
        by=mention(move.by), moment=moment(move.at, language, run.zone),
        text=escape(move.text, 1500),
    )  # fmt: skip
