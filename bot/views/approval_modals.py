"""The forms about a decision."""

from collections.abc import Sequence

from bot.ids import ActionId, ViewId
from bot.refs import DecisionRef
from bot.views.blocks import OPTIONS, Block, option, section, select
from bot.views.inputs import field, modal, person_input, text_input
from bot.views.markup import Markup, bold, escape, joined, phrase
from bot.views.states import name_of, title_of
from bot.words.catalogue import say
from playbooks.approvals import earlier_steps
from playbooks.questions import Question
from playbooks.records import Move
from playbooks.run import Run, Step


def build_changes_modal(run: Run, step: Step, ref: DecisionRef, language: str) -> Block:
    """What must change, a line each; where the fault lies; a word in private."""
    comment = field(
        "comment", say(language, "form.changes"), text_input(long=True), required=True,
        hint=say(language, "form.changes_hint"),
    )  # fmt: skip
    here = option(say(language, "form.this_step"), step.key)
    steps = earlier_steps(run, step)
    earlier = [option(name_of(run, other, language), other.key) for other in steps]
    choice = select(ActionId.FIELD, [here, *earlier][:OPTIONS], step.key)
    opens = field("opens", say(language, "form.opens"), choice) if earlier else None
    blocks = [_about(run, step, ref, language), comment, opens, _note(language)]
    return _form(ViewId.APPROVAL_CHANGES, ref, language, "button.request_changes", blocks)


def build_ask_modal(run: Run, step: Step, ref: DecisionRef, language: str) -> Block:
    """A question to whoever submitted it."""
    comment = field("comment", say(language, "form.question"), text_input(long=True), required=True)
    blocks = [_about(run, step, ref, language), comment]
    return _form(ViewId.APPROVAL_ASK, ref, language, "button.ask", blocks)


def build_answer_form(
    run: Run, step: Step, ref: DecisionRef, question: Move, language: str
) -> Block:
    """The answer to an approver's question."""
    comment = field("comment", say(language, "form.reply"), text_input(long=True), required=True)
    asked = escape(question.text, 1500)
    blocks = [_about(run, step, ref, language, asked), comment]
    return _form(ViewId.APPROVAL_ANSWER, ref, language, "button.answer", blocks, asker=question.by)


def build_reject_modal(run: Run, step: Step, ref: DecisionRef, language: str) -> Block:
    """Why a version is turned down."""
    means = phrase(language, "form.reject_means")
    comment = field("comment", say(language, "form.reason"), text_input(long=True), required=True)
    blocks = [_about(run, step, ref, language, means), comment, _note(language)]
    return _form(ViewId.APPROVAL_REJECT, ref, language, "button.reject", blocks)


def build_delegate_modal(run: Run, step: Step, ref: DecisionRef, language: str) -> Block:
    """Who decides instead."""
    person = field(
        "person", say(language, "form.decider"), person_input(), required=True,
        hint=say(language, "form.decider_hint"),
    )  # fmt: skip
    reason = field("reason", say(language, "form.reason"), text_input(long=True))
    blocks = [_about(run, step, ref, language), person, reason]
    return _form(ViewId.APPROVAL_DELEGATE, ref, language, "button.delegate", blocks)


def build_override_modal(run: Run, step: Step, gate: Question, language: str) -> Block:
    """Why a closed gate is opened all the same."""
    closed = phrase(language, "form.gate_is", ask=gate.ask.to(language))
    asked = joined("\n", [bold(title_of(run, step, language)), closed])
    reason = field(
        "reason", say(language, "form.reason"), text_input(long=True), required=True,
        hint=say(language, "form.override_hint"),
    )  # fmt: skip
    return modal(
        ViewId.GATE_OVERRIDE, language, say(language, "button.override"), [section(asked), reason],
        submit=say(language, "button.override"), run=run.id, step=step.key, question=gate.id,
    )  # fmt: skip


def _about(
    run: Run, step: Step, ref: DecisionRef, language: str, means: Markup | None = None
) -> Block:
    name = bold(title_of(run, step, language))
    version = phrase(language, "form.version", n=ref.version)
    return section(joined("\n", [joined(" · ", [name, version]), means]))


def _note(language: str) -> Block:
    hint = say(language, "form.note_hint")
    return field("note", say(language, "form.note"), text_input(long=True), hint=hint)


def _form(
    view: ViewId,
    ref: DecisionRef,
    language: str,
    verb: str,
    blocks: Sequence[Block | None],
    **metadata: str,
) -> Block:
    return modal(
        view, language, say(language, verb), blocks, submit=say(language, verb),
        decision=str(ref), **metadata,
    )  # fmt: skip
