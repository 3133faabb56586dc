"""Buttons and forms about one step."""

from bot.listeners.changes import change_run
from bot.listeners.fields import fields_of, moment_of, text_of
from bot.listeners.members import require_person
from bot.listeners.requests import Request
from bot.refs import DecisionRef, StepRef
from bot.views.step_modals import (
    build_assign_modal,
    build_comment_modal,
    build_evidence_modal,
    build_reschedule_modal,
    build_skip_modal,
    build_snooze_modal,
)
from playbooks import step_actions as steps
from playbooks.calendars import Facts, WorkCalendar
from playbooks.flow import require_on
from playbooks.nudges import next_morning
from playbooks.people import Person
from playbooks.run import Refused, Run, Step
from playbooks.snoozing import snooze_step


async def step_of(request: Request, ref: StepRef | DecisionRef) -> tuple[Run, Step]:
    """The run and step that a button or form is about."""
    run = await request.desk.reading.run(ref.run, workspace=request.workspace)
    step = run.step(ref.step)
    if step is None:
        raise Refused("no_such_step", step=ref.step)
    return run, step


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
    run, step = await step_of(request, request.ref)
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
    run, step = await step_of(request, request.ref)
    steps.require_may_act(run, step.key, by=request.user)
    await request.open(build_assign_modal(run, step, request.language))


async def handle_assign_form(request: Request) -> None:
    """Hand the step over."""
    person, ref = text_of(fields_of(request.view).get("person")), request.form_ref
    await require_person(request, person)
    await change_run(
        request, ref.run,
        lambda run, facts: steps.assign_step(
            run, ref.step, facts, person=person, by=request.user, at=request.at
        ),
        people=(person,),
    )  # fmt: skip


async def handle_reschedule_button(request: Request) -> None:
    """Ask for the new date."""
    run, step = await step_of(request, request.ref)
    steps.require_may_act(run, step.key, by=request.user)
    await request.open(build_reschedule_modal(run, step, request.at, request.language))


async def handle_reschedule_form(request: Request) -> None:
    """Give the step its new date."""
    fields, ref = fields_of(request.view), request.form_ref
    due_at = moment_of(fields.get("due_at"))
    if due_at is None:
        raise Refused("date_wrong")
    await change_run(
        request, ref.run,
        lambda run, facts: steps.reschedule_step(
            run, ref.step, facts, due_at=due_at, reason=text_of(fields.get("reason")),
            by=request.user, at=request.at,
        ),
    )  # fmt: skip


async def handle_snooze_button(request: Request) -> None:
    """Ask until when reminders wait; preset is the owner's next working morning."""
    run, step = await step_of(request, request.ref)
    steps.require_may_act(run, step.key, by=request.user)
    owner = (await request.meet(step.owner)).get(step.owner) or Person(step.owner, step.owner)
    facts = Facts(WorkCalendar(run.calendar), {owner.id: owner})
    until_at = next_morning(owner, facts, at=request.at)
    await request.open(build_snooze_modal(run, step, until_at, request.language))


async def handle_snooze_form(request: Request) -> None:
    """Put the reminders off."""
    fields, ref = fields_of(request.view), request.form_ref
    until_at = moment_of(fields.get("until_at"))
    if until_at is None:
        raise Refused("snooze_past")
    await change_run(
        request, ref.run,
        lambda run, facts: snooze_step(
            run, ref.step, facts, until_at=until_at, reason=text_of(fields.get("reason")),
            by=request.user, at=request.at,
        ),
    )  # fmt: skip


async def handle_evidence_button(request: Request) -> None:
    """Ask for a piece of evidence."""
    run, step = await step_of(request, request.ref)
    require_on(run, step.key)
    await request.open(build_evidence_modal(run, step, request.language))


async def handle_comment_button(request: Request) -> None:
    """Ask for a remark."""
    run, step = await step_of(request, request.ref)
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
