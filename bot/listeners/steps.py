"""Buttons and forms about one step."""

from datetime import UTC, datetime

from bot.ids import StepRef
from bot.listeners.changes import change_run
from bot.listeners.evidence import evidence_of
from bot.listeners.fields import fields_of, text_of, ticked_of
from bot.listeners.requests import Request
from bot.views.blocks import BOXES
from bot.views.step_modals import (
    build_assign_modal,
    build_comment_modal,
    build_done_modal,
    build_evidence_modal,
    build_reschedule_modal,
    build_skip_modal,
)
from bot.views.steps import build_step_message, with_fresh_boxes
from playbooks import step_actions as steps
from playbooks.flow import items_of, require_on
from playbooks.run import Refused, Run, Step


async def _step(request: Request, ref: StepRef) -> tuple[Run, Step]:
    run = await request.desk.reading.run(ref.run, workspace=request.workspace)
    step = run.step(ref.step)
    if step is None:
        raise Refused("no_such_step", step=ref.step)
    return run, step


async def handle_done_button(request: Request) -> None:
    """Close the step, or ask for what is still missing."""
    run, step = await _step(request, request.ref)
    if steps.needs_form(run, step.key, by=request.user):
        await request.open(build_done_modal(run, step, request.language))
        return
    await change_run(
        request, run.id,
        lambda run, facts: steps.complete_step(
            run, step.key, facts, by=request.user, at=request.at
        ),
    )


async def handle_done_form(request: Request) -> None:
    """Close the step with what was handed in."""
    fields, ref = fields_of(request.view), request.form_ref
    evidence = evidence_of(fields.get("evidence"), by=request.user, at=request.at)
    await change_run(
        request, ref.run,
        lambda run, facts: steps.complete_step(
            run, ref.step, facts, by=request.user, at=request.at, ticked=ticked_of(fields),
            evidence=evidence, comment=text_of(fields.get("comment")),
        ),
    )  # fmt: skip


async def handle_items(request: Request) -> None:
    """Tick or clear the items of one group of boxes."""
    ref, group = _group(str(request.action.get("block_id")))
    ticked = [option["value"] for option in request.action.get("selected_options") or ()]
    try:
        await change_run(
            request, ref.run,
            lambda run, _: steps.tick_items(
                run, ref.step, shown=_shown(run, ref, group), ticked=ticked, by=request.user,
                at=request.at,
            ),
        )  # fmt: skip
    except Refused as refused:
        if refused.run:
            request.desk.later(_take_back(request, refused.run, ref))
        raise


async def _take_back(request: Request, run: Run, ref: StepRef) -> None:
    """Draw the card once more: the person who ticked it sees a tick that is not there."""
    step = run.step(ref.step)
    if step is None:
        return
    card = build_step_message(run, step, request.at, run.language)
    card = with_fresh_boxes(card, str(request.action.get("action_ts")))
    container = request.body["container"]
    await request.client.chat_update(
        channel=container["channel_id"], ts=container["message_ts"], text=card.text,
        blocks=card.blocks,
    )  # fmt: skip


def _group(block_id: str) -> tuple[StepRef, int]:
    ref, _, number = block_id.partition("#")
    try:
        return StepRef.parse(ref), int(number.partition("#")[0])
    except ValueError:
        raise Refused("stale_button") from None


def _shown(run: Run, ref: StepRef, group: int) -> list[str]:
    step = run.step(ref.step)
    items = items_of(run, step) if step else ()
    return [item.id for item in items[(group - 1) * BOXES : group * BOXES]]


async def handle_reopen_button(request: Request) -> None:
    """Take the step up again."""
    ref = request.ref
    await change_run(
        request, ref.run,
        lambda run, facts: steps.reopen_step(run, ref.step, facts, by=request.user, at=request.at),
    )


async def handle_help_button(request: Request) -> None:
    """Call the lead."""
    ref = request.ref
    await change_run(
        request, ref.run,
        lambda run, _: steps.ask_help(run, ref.step, by=request.user, at=request.at),
    )


async def handle_skip_button(request: Request) -> None:
    """Ask why the step is left out."""
    run, step = await _step(request, request.ref)
    steps.require_may_act(run, step.key, by=request.user)
    await request.open(build_skip_modal(run, step, request.language))


async def handle_skip_form(request: Request) -> None:
    """Leave the step out."""
    fields, ref = fields_of(request.view), request.form_ref
    await change_run(
        request, ref.run,
        lambda run, facts: steps.skip_step(
            run, ref.step, facts, reason=text_of(fields.get("reason")), by=request.user,
            at=request.at,
        ),
    )  # fmt: skip


async def handle_assign_button(request: Request) -> None:
    """Ask who takes the step over."""
    run, step = await _step(request, request.ref)
    steps.require_may_act(run, step.key, by=request.user)
    await request.open(build_assign_modal(run, step, request.language))


async def handle_assign_form(request: Request) -> None:
    """Hand the step over."""
    person, ref = text_of(fields_of(request.view).get("person")), request.form_ref
    await request.meet(person)
    await change_run(
        request, ref.run,
        lambda run, facts: steps.assign_step(
            run, ref.step, facts, person=person, by=request.user, at=request.at
        ),
        people=(person,),
    )  # fmt: skip


async def handle_reschedule_button(request: Request) -> None:
    """Ask for the new date."""
    run, step = await _step(request, request.ref)
    steps.require_may_act(run, step.key, by=request.user)
    await request.open(build_reschedule_modal(run, step, request.at, request.language))


async def handle_reschedule_form(request: Request) -> None:
    """Give the step its new date."""
    fields, ref = fields_of(request.view), request.form_ref
    due_at = datetime.fromtimestamp(int(text_of(fields.get("due_at")) or 0), UTC)
    await change_run(
        request, ref.run,
        lambda run, facts: steps.reschedule_step(
            run, ref.step, facts, due_at=due_at, reason=text_of(fields.get("reason")),
            by=request.user, at=request.at,
        ),
    )  # fmt: skip


async def handle_evidence_button(request: Request) -> None:
    """Ask for a piece of evidence."""
    run, step = await _step(request, request.ref)
    require_on(run, step.key)
    await request.open(build_evidence_modal(run, step, request.language))


async def handle_comment_button(request: Request) -> None:
    """Ask for a remark."""
    run, step = await _step(request, request.ref)
    require_on(run, step.key)
    await request.open(build_comment_modal(run, step, request.language))


async def handle_comment_form(request: Request) -> None:
    """Keep the remark with the step."""
    text, ref = text_of(fields_of(request.view).get("comment")), request.form_ref
    await change_run(
        request, ref.run,
        lambda run, _: steps.add_comment(run, ref.step, text=text, by=request.user, at=request.at),
    )
