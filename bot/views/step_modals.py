"""The forms about one step."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from bot.ids import ActionId, StepRef, ViewId
from bot.views.blocks import BOXES, OPTIONS, Block, checkboxes, option, section, select
from bot.views.inputs import (
    field,
    file_input,
    modal,
    moment_input,
    person_input,
    text_input,
    url_input,
)
from bot.views.markup import Markup, bold
from bot.views.states import name_of, title_of
from bot.words.catalogue import say
from playbooks.evidence import lacks_evidence
from playbooks.flow import open_items
from playbooks.run import Run, Step

EvidenceKind = Literal["link", "file", "text"]
TITLE_LIMIT = 150  # characters of a piece of evidence's title


def build_done_modal(run: Run, step: Step, language: str) -> Block:
    """What is still missing before the step is done: boxes, evidence, a comment."""
    wanted = run.told(step).deliverable
    evidence = None
    if wanted and wanted.kind != "list":
        label = wanted.title.to(language)
        evidence = _evidence_field(label, wanted.kind, language, required=lacks_evidence(run, step))
    comment = field("comment", say(language, "form.comment"), text_input(long=True))
    blocks = [_about(run, step, language), *_items(run, step, language), evidence, comment]
    return _modal(ViewId.STEP_DONE, run, step, language, "button.done", blocks)


def _items(run: Run, step: Step, language: str) -> list[Block]:
    missing = [option(i.text.to(language), i.id) for i in open_items(run, step)]
    groups = [missing[n : n + BOXES] for n in range(0, len(missing), BOXES)]
    names = ["items", *(f"items.{n}" for n in range(2, len(groups) + 1))]
    return [
        field(name, say(language, "form.items"), checkboxes(ActionId.FIELD, group), required=True)
        for name, group in zip(names, groups, strict=False)
    ]


def _evidence_field(label: str, kind: str, language: str, *, required: bool) -> Block:
    inputs = {"link": url_input, "file": file_input}
    element = inputs[kind]() if kind in inputs else text_input(long=True)
    hint = say(language, f"form.evidence_{kind}")
    return field("evidence", label, element, required=required, hint=hint)


def build_skip_modal(run: Run, step: Step, language: str) -> Block:
    """Why the step is left out."""
    waiting = [other for other in run.steps if step in set(run.unmet(other))]
    means = say(language, "form.skip_means", n=len(waiting)) if waiting else ""
    blocks = [
        _about(run, step, language, means),
        _reason(language, required=True),
    ]
    return _modal(ViewId.STEP_SKIP, run, step, language, "button.skip", blocks)


def build_assign_modal(run: Run, step: Step, language: str) -> Block:
    """Who takes the step over."""
    person = field(
        "person", say(language, "form.person"), person_input(step.owner), required=True,
        hint=say(language, "form.person_hint"),
    )  # fmt: skip
    blocks = [_about(run, step, language), person]
    return _modal(ViewId.STEP_ASSIGN, run, step, language, "button.hand_over", blocks)


def build_reschedule_modal(run: Run, step: Step, at: datetime, language: str) -> Block:
    """The new due moment; preset is the present one, or the same time on the next day."""
    preset = step.due_at if step.due_at and step.due_at > at else at + timedelta(days=1)
    due = field(
        "due_at", say(language, "form.due_at"), moment_input(int(preset.timestamp())), required=True
    )
    blocks = [_about(run, step, language), due, _reason(language, required=False)]
    return _modal(ViewId.STEP_RESCHEDULE, run, step, language, "button.new_date", blocks)


def build_evidence_modal(
    run: Run, step: Step, language: str, kind: EvidenceKind | None = None
) -> Block:
    """A piece of evidence; its kind is the deliverable's where none is given."""
    wanted = run.told(step).deliverable
    kinds: dict[str, EvidenceKind] = {"file": "file", "text": "text"}
    chosen = kind or kinds.get(wanted.kind if wanted else "", "link")
    label = wanted.title.to(language) if wanted else say(language, "form.evidence")
    title = field("title", say(language, "form.evidence_title"), text_input(limit=TITLE_LIMIT))
    evidence = _evidence_field(label, chosen, language, required=True)
    blocks = [_about(run, step, language), evidence, title]
    return _modal(ViewId.STEP_EVIDENCE, run, step, language, "button.evidence", blocks)


def build_comment_modal(run: Run, step: Step, language: str) -> Block:
    """A remark."""
    comment = field("comment", say(language, "form.comment"), text_input(long=True), required=True)
    blocks = [_about(run, step, language), comment]
    return _modal(ViewId.STEP_COMMENT, run, step, language, "button.comment", blocks)


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


def _about(run: Run, step: Step, language: str, means: str = "") -> Block:
    lines = [bold(title_of(run, step, language)), Markup(means)]
    return section(Markup("\n".join(line for line in lines if line)))


def _reason(language: str, *, required: bool) -> Block:
    return field("reason", say(language, "form.reason"), text_input(long=True), required=required)


def _modal(
    view: ViewId, run: Run, step: Step, language: str, verb: str, blocks: Sequence[Block | None]
) -> Block:
    return modal(
        view, language, say(language, verb), blocks, submit=say(language, verb),
        run=run.id, step=step.key,
    )  # fmt: skip
