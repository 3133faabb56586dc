"""The forms about a hand-over."""

from bot.ids import ActionId, ViewId
from bot.refs import DecisionRef
from bot.views.blocks import Block, option, section, select
from bot.views.handover_lines import criteria_lines, return_lines
from bot.views.inputs import field, modal, people_input, radio_input, text_input
from bot.views.markup import bold, joined, phrase
from bot.views.states import title_of
from bot.words.catalogue import say
from playbooks.handing_over import CONCERNED
from playbooks.handovers import DECISION, handover_of
from playbooks.receiving import sides_of
from playbooks.run import Run, Step

_VERDICTS = ("accept", "remark", "return")


def build_return_modal(run: Run, step: Step, ref: DecisionRef, language: str) -> Block:
    """Which criterion the version misses, and how."""
    agreed = handover_of(run, step)
    criteria = agreed.criteria if agreed else ()
    options = [option(one.text.to(language), one.id) for one in criteria]
    criterion = field(
        "criterion", say(language, "form.criterion"),
        select(ActionId.FIELD, options, options[0]["value"] if len(options) == 1 else None),
        required=True,
    )  # fmt: skip
    reason = field(
        "reason", say(language, "form.reason"), text_input(long=True), required=True,
        hint=say(language, "form.return_hint"),
    )  # fmt: skip
    lines = joined("\n", criteria_lines(run, step, language))
    blocks = [_about(run, step, ref, language), section(lines), criterion, reason]
    return _form(ViewId.HANDOVER_RETURN, ref, language, "button.return", blocks)


def build_decide_modal(
    run: Run, step: Step, ref: DecisionRef, language: str, by: str = ""
) -> Block:
    """What is decided between both sides, why, and whom it concerns."""
    verdicts = [option(say(language, f"form.verdict_{one}"), one) for one in _VERDICTS]
    verdict = field("verdict", say(language, "form.verdict"), radio_input(verdicts), required=True)
    reason = field(
        "reason", say(language, "form.verdict_reason"), text_input(long=True), required=True,
        hint=say(language, "form.verdict_hint"),
    )  # fmt: skip
    both = sorted(sides_of(step, DECISION) - {by})
    chosen = {**people_input(both), "max_selected_items": CONCERNED}
    people = field(
        "people", say(language, "form.concerned"), chosen,
        hint=say(language, "form.concerned_hint"),
    )  # fmt: skip
    came = joined("\n", return_lines(run, step, language))
    blocks = [_about(run, step, ref, language), section(came), verdict, reason, people]
    return _form(ViewId.HANDOVER_DECIDE, ref, language, "button.decide", blocks)


def _about(run: Run, step: Step, ref: DecisionRef, language: str) -> Block:
    version = phrase(language, "form.version", n=ref.version)
    return section(joined(" · ", [bold(title_of(run, step, language)), version]))


def _form(view: ViewId, ref: DecisionRef, language: str, verb: str, blocks: list[Block]) -> Block:
    words = say(language, verb)
    return modal(view, language, words, blocks, submit=words, decision=str(ref))
