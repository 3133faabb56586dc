"""The forms about one step."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from bot.ids import ActionId, ViewId
from bot.refs import StepRef
from bot.views.blocks import OPTIONS, Block, option, section, select
from bot.views.inputs import (
    field,
    file_input,
    modal,
    moment_input,
    person_input,
    text_input,
    url_input,
)
from bot.views.markup import Markup, bold, mention, phrase
from bot.views.states import name_of, title_of
from bot.words.catalogue import say
from playbooks.amendments import is_bound
from playbooks.run import Run, Step
from playbooks.snoozing import AT_MOST, needs_a_reason

EvidenceKind = Literal["link", "file", "text"]
TITLE_LIMIT = 150  # characters of a piece of evidence's title


def evidence_field(label: str, kind: str, language: str, *, required: bool) -> Block:
    """The field for a piece of evidence of a kind."""
    inputs = {"link": url_input, "file": file_input}
    element = inputs[kind]() if kind in inputs else text_input(long=True)
    hint = say(language, f"form.evidence_{kind}")
    return field("evidence", label, element, required=required, hint=hint)


def build_skip_modal(run: Run, step: Step, language: str) -> Block:
    """Why the step is left out."""
    waiting = [other for other in run.steps if step in set(run.unmet(other))]
    means = say(language, "form.skip_means", n=len(waiting)) if waiting else ""
    blocks = [
        about_step(run, step, language, means),
        _reason(language, required=True),
    ]
    return step_modal(ViewId.STEP_SKIP, run, step, language, "button.skip", blocks)


def build_assign_modal(run: Run, step: Step, language: str) -> Block:
    """Who takes the step over."""
    person = field(
        "person", say(language, "form.person"), person_input(step.owner), required=True,
        hint=say(language, "form.person_hint"),
    )  # fmt: skip
    blocks = [about_step(run, step, language), person]
    return step_modal(ViewId.STEP_ASSIGN, run, step, language, "button.hand_over", blocks)


def build_reschedule_modal(run: Run, step: Step, at: datetime, language: str) -> Block:
    """The new due moment; preset is the present one, or the same time on the next day."""
    preset = step.due_at if step.due_at and step.due_at > at else at + timedelta(days=1)
    due = field(
        "due_at", say(language, "form.due_at"), moment_input(int(preset.timestamp())), required=True
    )
    blocks = [about_step(run, step, language), due, _reason(language, required=False)]
    return step_modal(ViewId.STEP_RESCHEDULE, run, step, language, "button.new_date", blocks)


def build_snooze_modal(run: Run, step: Step, until_at: datetime, language: str) -> Block:
    """When the owner wants to hear of it again; the due date stays."""
    until = field(
        "until_at", say(language, "form.until_at"), moment_input(int(until_at.timestamp())),
        required=True,
    )  # fmt: skip
    means = say(language, "form.snooze_means", n=step.snoozes + 1, most=AT_MOST)
    blocks = [
        about_step(run, step, language, means), until,
        _reason(language, required=needs_a_reason(step)),
    ]  # fmt: skip
    return step_modal(ViewId.STEP_SNOOZE, run, step, language, "button.later", blocks)


def build_evidence_modal(
    run: Run, step: Step, language: str, kind: EvidenceKind | None = None
) -> Block:
    """A piece of evidence; its kind is the deliverable's where none is given."""
    wanted = run.told(step).deliverable
    kinds: dict[str, EvidenceKind] = {"file": "file", "text": "text"}
    chosen = kind or kinds.get(wanted.kind if wanted else "", "link")
    label = wanted.title.to(language) if wanted else say(language, "form.evidence")
    title = field("title", say(language, "form.evidence_title"), text_input(limit=TITLE_LIMIT))
    evidence = evidence_field(label, chosen, language, required=True)
    means = _amends(run, step, language) if wanted and chosen == wanted.kind else ""
    blocks = [about_step(run, step, language, means), evidence, title]
    return step_modal(ViewId.STEP_EVIDENCE, run, step, language, "button.evidence", blocks)


def _amends(run: Run, step: Step, language: str) -> Markup:
    """What becomes of the approval when something is added to what was handed in."""
    if not is_bound(run, step):
        return Markup("")
    return phrase(
        language, f"form.amends_{run.told(step).on_change}",
        n=step.versions[-1].number, owner=mention(step.owner),
    )  # fmt: skip


def build_comment_modal(run: Run, step: Step, language: str) -> Block:
    """A remark."""
    comment = field("comment", say(language, "form.comment"), text_input(long=True), required=True)
    blocks = [about_step(run, step, language), comment]
    return step_modal(ViewId.STEP_COMMENT, run, step, language, "button.comment", blocks)


def build_message_evidence_modal(
    steps: Sequence[tuple[Run, Step]], language: str, *, title: str = "", **metadata: str
) -> Block:
    """Which step a message belongs to; `metadata` says which message it is."""
    name = say(language, "form.message_evidence")
    if not steps:
        nothing = section(Markup(say(language, "form.no_steps")))
        return modal(ViewId.MESSAGE_EVIDENCE, language, name, [nothing], **metadata)
    options = [
        option(
            say(language, "form.step_of_run", step=name_of(run, step, language), run=run.name),
            str(StepRef(run.id, step.key)),
        )
        for run, step in steps[:OPTIONS]
    ]
    choice = select(ActionId.FIELD, options, options[0]["value"])
    words = text_input(title[:TITLE_LIMIT], limit=TITLE_LIMIT)
    blocks = [
        field("step", say(language, "form.step"), choice, required=True),
        field("title", say(language, "form.evidence_title"), words),
    ]
    return modal(
        ViewId.MESSAGE_EVIDENCE, language, name, blocks, submit=say(language, "button.attach"),
        **metadata,
    )  # fmt: skip


def about_step(run: Run, step: Step, language: str, means: str = "") -> Block:
    """The step a form is about, and what the form means."""
    lines = [bold(title_of(run, step, language)), Markup(means)]
    return section(Markup("\n".join(line for line in lines if line)))


def _reason(language: str, *, required: bool) -> Block:
    return field("reason", say(language, "form.reason"), text_input(long=True), required=required)


def step_modal(
    view: ViewId, run: Run, step: Step, language: str, verb: str, blocks: Sequence[Block | None],
    **metadata: str,
) -> Block:  # fmt: skip
    """A form about a step; its title and its button say the verb."""
    return modal(
        view, language, say(language, verb), blocks, submit=say(language, verb),
        run=run.id, step=step.key, **metadata,
    )  # fmt: skip
