"""The card of a step."""

from collections.abc import Mapping
from datetime import datetime

from bot.ids import ActionId
from bot.refs import StepRef, menu_value
from bot.views.blocks import (
    BOXES,
    Block,
    Message,
    actions,
    button,
    checkboxes,
    context,
    message,
    option,
    overflow,
    section,
)
from bot.views.dates import NOBODYS, Zones
from bot.views.deciding import decided_by_line, open_lines, overridden_lines
from bot.views.form_row import form_rows
from bot.views.frozen import frozen_lines, frozen_link, since_changed_lines, stage_words
from bot.views.handover_lines import agreed_line, read_line, returned_line
from bot.views.markup import Markup, bold, joined, phrase
from bot.views.off_reasons import off_reason
from bot.views.states import (
    closed_line,
    due_line,
    due_short,
    emoji,
    state_of,
    state_words,
    title_of,
    waits_for,
    whose,
)
from bot.views.step_lines import (
    SHOWN,
    call_lines,
    evidence_lines,
    evidence_link,
    later_lines,
    note_lines,
    skip_reason,
    wanted_line,
    why_line,
)
from bot.words.catalogue import say
from playbooks.document_text import Answers
from playbooks.flow import items_of
from playbooks.run import Run, RunStatus, Step, StepStatus

NO_DRAFTS: Mapping[str, Answers] = {}
GROUPS = 4  # of ten boxes; what is beyond them is ticked in the Done form


def build_step_message(
    run: Run, step: Step, at: datetime, language: str, zones: Zones = NOBODYS,
    drafts: Mapping[str, Answers] = NO_DRAFTS,
) -> Message:  # fmt: skip
    """The card: all that is wanted while the step is open, one line when it is not."""
    state = state_of(run, step, at)
    if state in {"active", "late"}:
        return _open_card(run, step, at, language, zones, drafts)
    if state == "deciding":
        return _deciding_card(run, step, at, language, zones)
    return _line_card(run, step, at, language)


def _open_card(
    run: Run, step: Step, at: datetime, language: str, zones: Zones, drafts: Mapping[str, Answers]
) -> Message:
    words = state_words(run, step, at, language)
    due = due_line(run, step, at, language, zones)
    name = title_of(run, step, language)
    head = Markup(f"{emoji(run, step, at)} {bold(name)} · {words}\n{whose(step, language)} · {due}")
    why = why_line(run, step, language)
    text = phrase(
        language, "step.text", title=name, state=words, owner=whose(step, language), due=due
    )
    calls = joined("\n", [why, *call_lines(step, language), *open_lines(run, step, language)])
    wanted = joined("\n", [wanted_line(run, step, language), *evidence_lines(step, language)])
    small = [
        *overridden_lines(run, step, language), *note_lines(run, step, language),
        *later_lines(run, step, language), agreed_line(run, step, language),
        read_line(run, step, language),
    ]  # fmt: skip
    blocks = [
        section(head),
        section(calls) if calls else None,
        *_boxes(run, step, language),
        section(wanted) if wanted else None,
        context(joined("\n", small)),
        *form_rows(run, step, drafts, language),
        _buttons(run, step, language),
    ]
    return message(joined(" ", [text, why]), blocks)


def _deciding_card(run: Run, step: Step, at: datetime, language: str, zones: Zones) -> Message:
    """Handed in: who decides now; the owner may take it back."""
    name = title_of(run, step, language)
    words = state_words(run, step, at, language)
    due = due_line(run, step, at, language, zones)
    head = Markup(f"{emoji(run, step, at)} {bold(name)} · {words}\n{whose(step, language)} · {due}")
    waits = phrase(
        language, "deciding.version",
        n=len(step.versions), who=decided_by_line(run, step, language),
    )  # fmt: skip
    menu = {
        ActionId.STEP_REOPEN: "button.take_back",
        ActionId.STEP_EVIDENCE: "button.evidence",
        ActionId.STEP_COMMENT: "button.comment",
    }
    stage = stage_words(run, step, language)
    changed = since_changed_lines(run, step, language)
    frozen = frozen_lines(step.evidence, language)
    came = returned_line(run, step, language)
    proof = joined("\n", [joined(" · ", [waits, stage]), came, *changed, *frozen])
    overridden = overridden_lines(run, step, language)
    small = [*overridden, agreed_line(run, step, language), read_line(run, step, language)]
    blocks = [
        section(head, _menu(run, step, language, menu)),
        section(proof),
        context(joined("\n", small)),
    ]
    return message(joined(" ", [head, waits]), blocks)


def _boxes(run: Run, step: Step, language: str) -> list[Block | None]:
    """The checklist in groups of ten; group n holds the items from 10 n on."""
    options = []
    for item in items_of(run, step):
        key = "item.required" if item.required else "item.optional"
        options.append(option(say(language, key, item=item.text.to(language)), item.id))
    ref = StepRef(run.id, step.key)
    groups = [options[n : n + BOXES] for n in range(0, len(options), BOXES)]
    blocks: list[Block | None] = [
        actions([checkboxes(ActionId.ITEM_TOGGLE, group, step.ticked())], f"{ref}#{n}")
        for n, group in enumerate(groups[:GROUPS])
    ]
    rest = len(options) - GROUPS * BOXES
    if rest > 0:
        blocks.append(context(phrase(language, "step.more_items", n=rest)))
    return blocks


def with_fresh_boxes(card: Message, mark: str) -> Message:
    """The card with new ids for its boxes, so that Slack forgets ticks that were not taken."""
    blocks = [
        {**block, "block_id": f"{block['block_id']}#{mark}"} if "block_id" in block else block
        for block in card.blocks
    ]
    return Message(card.text, blocks)


def _buttons(run: Run, step: Step, language: str) -> Block:
    ref = StepRef(run.id, step.key)
    menu = {
        ActionId.STEP_RESCHEDULE: "button.new_date",
        ActionId.STEP_ASSIGN: "button.hand_over",
        ActionId.STEP_EVIDENCE: "button.evidence",
        ActionId.STEP_COMMENT: "button.comment",
        ActionId.STEP_SKIP: "button.skip",
    }
    done = button(say(language, "button.done"), ActionId.STEP_DONE, str(ref), primary=True)
    help_ = button(say(language, "button.help"), ActionId.STEP_HELP, str(ref))
    later = button(say(language, "button.later"), ActionId.STEP_SNOOZE, str(ref))
    asked = [] if step.help_by else [help_, later]
    return actions([done, *asked, _menu(run, step, language, menu)])


def step_line(run: Run, step: Step, at: datetime, language: str, zones: Zones = NOBODYS) -> Markup:
    """Where a step stands, in one line; its owner is named first."""
    name = bold(title_of(run, step, language))
    due = due_short(run, step, at, language, zones)
    return Markup(f"{emoji(run, step, at)} {name} — {_outcome(run, step, due, language)}")


def _line_card(run: Run, step: Step, at: datetime, language: str) -> Message:
    line = step_line(run, step, at, language)
    closed = step.status in {StepStatus.DONE, StepStatus.SKIPPED}
    small = context(joined("\n", list(overridden_lines(run, step, language))))
    if run.status is not RunStatus.ACTIVE or not closed:
        return message(line, [section(line), small])
    menu = {
        ActionId.STEP_REOPEN: "button.reopen",
        ActionId.STEP_EVIDENCE: "button.evidence",
        ActionId.STEP_COMMENT: "button.comment",
    }
    return message(line, [section(line, _menu(run, step, language, menu)), small])


def _menu(run: Run, step: Step, language: str, menu: Mapping[ActionId, str]) -> Block:
    ref = StepRef(run.id, step.key)
    options = [option(say(language, key), menu_value(id_, ref)) for id_, key in menu.items()]
    return overflow(ActionId.STEP_MENU, options)


def _done(run: Run, step: Step, language: str) -> Markup:
    """Who has done it, and what was handed in; what others decided on with its hash."""
    decided = bool(run.told(step).approvals) and step.version is not None
    shown = step.evidence[-SHOWN:]
    evidence = [frozen_link(p, language) if decided else evidence_link(p) for p in shown]
    done = phrase(language, "step.done", who=closed_line(run, step, language))
    return joined(" · ", [done, stage_words(run, step, language), *evidence])


def _outcome(run: Run, step: Step, due: Markup, language: str) -> Markup:
    if step.status is StepStatus.DONE:
        done = joined(" · ", [_done(run, step, language), read_line(run, step, language)])
        return joined("\n", [done, *since_changed_lines(run, step, language)])
    if step.status is StepStatus.SKIPPED:
        reason = skip_reason(step, language)
        key = "step.skipped" if reason else "step.skipped_bare"
        return phrase(language, key, who=closed_line(run, step, language), reason=reason)
    owner = whose(step, language)
    if step.status is StepStatus.OFF:
        reason = off_reason(run, step, language)
        key = "step.off_because" if reason else "step.off"
        return phrase(language, key, owner=owner, reason=reason)
    if run.status is not RunStatus.ACTIVE:
        return phrase(language, "step.paused" if run.pause else "step.ended", owner=owner)
    if step.status is StepStatus.ACTIVE:
        owned = joined(say(language, "clause"), [owner, due])
        return joined(" · ", [owned, *call_lines(step, language)])
    waits = waits_for(run, step, language) or phrase(language, "step.other_steps")
    return phrase(language, "step.waits", owner=owner, steps=waits)
