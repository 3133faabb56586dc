"""Buttons and forms about one step."""

from datetime import UTC, datetime

from bot.ids import StepRef
from bot.listeners.changes import change_run
from bot.listeners.evidence import evidence_of
from bot.listeners.fields import fields_of, text_of, ticked_of
from bot.listeners.requests import Request
from bot.listeners.work import renew_my_work
from bot.views.step_modals import (
    build_assign_modal,
    build_comment_modal,
    build_done_modal,
    build_evidence_modal,
    build_reschedule_modal,
    build_skip_modal,
)
from playbooks import step_actions as steps
from playbooks.flow import require_on
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
        request,
        run.id,
        lambda run, facts: steps.complete_step(
            run, step.key, facts, by=request.user, at=request.at
        ),
    )
    if request.container.get("is_ephemeral"):
        request.desk.later(renew_my_work(request))


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


async def handle_reopen_button(request: Request) -> None:
    """Take the step up again."""
    ref = request.ref
    await change_run(
        request,
        ref.run,
        lambda run, facts: steps.reopen_step(run, ref.step, facts, by=request.user, at=request.at),
    )


async def handle_help_button(request: Request) -> None:
    """Call the lead."""
    ref = request.ref
    await change_run(
        request,
        ref.run,
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
        request,
        ref.run,
        lambda run, _: steps.add_comment(run, ref.step, text=text, by=request.user, at=request.at),
    )
