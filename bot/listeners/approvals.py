"""Buttons and forms about a decision."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.listeners.changes import change_run
from bot.listeners.fields import fields_of, text_of
from bot.listeners.members import require_person
from bot.listeners.replies import answer_privately
from bot.listeners.requests import Request
from bot.listeners.steps import step_of
from bot.refs import DecisionRef
from bot.views.approval_modals import (
    build_answer_form,
    build_ask_modal,
    build_changes_modal,
    build_delegate_modal,
    build_override_modal,
    build_reject_modal,
)
from bot.views.nods import build_recorded_message
from playbooks import approvals
from playbooks.answers import closed_gates
from playbooks.delegation import delegate, require_may_name
from playbooks.flow import require_active
from playbooks.gates import override_gate, require_may_override
from playbooks.run import Refused, Run, Step
from playbooks.turns import require_turn
from playbooks.undo import undo_decision

Form = Callable[[Run, Step, DecisionRef, str], dict[str, Any]]


async def handle_approve_button(request: Request) -> None:
    """Approve at once."""
    ref = request.decision
    await change_run(
        request, ref.run,
        lambda run, facts: approvals.approve(
            run, ref.which, facts, by=request.user, at=request.at
        ),
    )  # fmt: skip


async def handle_record_button(request: Request) -> None:
    """Approve where somebody had only nodded; the offer gives way to the answer."""
    await handle_approve_button(request)
    run, step = await step_of(request, request.decision)
    recorded = build_recorded_message(run, step, request.decision, request.language)
    request.desk.later(answer_privately(request, recorded, in_place=True))


async def handle_undo_button(request: Request) -> None:
    """Take one's own decision back."""
    ref = request.decision
    await change_run(
        request,
        ref.run,
        lambda run, facts: undo_decision(run, ref.which, facts, by=request.user, at=request.at),
    )


async def ask_first(request: Request, form: Form) -> None:
    """Show a form to whoever may decide."""
    ref = request.decision
    run, step = await step_of(request, ref)
    async with _noted(request, run):
        require_turn(run, ref.which, by=request.user, at=request.at)
    await request.open(form(run, step, ref, request.language))


@asynccontextmanager
async def _noted(request: Request, run: Run) -> AsyncIterator[None]:
    """Keep a try on record that the rules refuse."""
    try:
        yield
    except Refused as refused:
        await request.desk.runs.note(refused, run)
        raise


async def handle_changes_button(request: Request) -> None:
    """Ask what must change."""
    await ask_first(request, build_changes_modal)


async def handle_ask_button(request: Request) -> None:
    """Ask what the question is."""
    await ask_first(request, build_ask_modal)


async def handle_reject_button(request: Request) -> None:
    """Ask why it is turned down."""
    await ask_first(request, build_reject_modal)


async def handle_answer_button(request: Request) -> None:
    """Ask for the answer to an approver's question."""
    ref = request.decision
    run, step = await step_of(request, ref)
    _, _, question = approvals.require_asked(run, ref.which, by=request.user)
    await request.open(build_answer_form(run, step, ref, question, request.language))


async def handle_delegate_button(request: Request) -> None:
    """Ask who decides instead."""
    ref = request.decision
    run, step = await step_of(request, ref)
    async with _noted(request, run):
        require_may_name(run, ref.which, by=request.user, at=request.at)
    await request.open(build_delegate_modal(run, step, ref, request.language))


async def handle_changes_form(request: Request) -> None:
    """Send the version back."""
    fields, ref = fields_of(request.view), request.form_decision
    await change_run(
        request, ref.run,
        lambda run, facts: approvals.request_changes(
            run, ref.which, facts, comment=text_of(fields.get("comment")),
            note=text_of(fields.get("note")), other=text_of(fields.get("opens")),
            by=request.user, at=request.at,
        ),
    )  # fmt: skip


async def handle_reject_form(request: Request) -> None:
    """Turn the version down."""
    fields, ref = fields_of(request.view), request.form_decision
    await change_run(
        request, ref.run,
        lambda run, facts: approvals.reject(
            run, ref.which, facts, comment=text_of(fields.get("comment")),
            note=text_of(fields.get("note")), by=request.user, at=request.at,
        ),
    )  # fmt: skip


async def handle_ask_form(request: Request) -> None:
    """Put the question to the submitter."""
    text, ref = text_of(fields_of(request.view).get("comment")), request.form_decision
    await change_run(
        request, ref.run,
        lambda run, facts: approvals.ask(
            run, ref.which, facts, question=text, by=request.user, at=request.at
        ),
    )  # fmt: skip


async def handle_answer_form(request: Request) -> None:
    """Give the approver the answer."""
    text, ref = text_of(fields_of(request.view).get("comment")), request.form_decision
    await change_run(
        request, ref.run,
        lambda run, facts: approvals.answer(
            run, ref.which, facts, text=text, by=request.user, at=request.at,
            asker=request.metadata.get("asker", ""),
        ),
    )  # fmt: skip


async def handle_delegate_form(request: Request) -> None:
    """Hand the decision over."""
    fields, ref = fields_of(request.view), request.form_decision
    person = text_of(fields.get("person"))
    await require_person(request, person, "cannot_decide")
    await change_run(
        request, ref.run,
        lambda run, facts: delegate(
            run, ref.which, facts, person=person, reason=text_of(fields.get("reason")),
            by=request.user, at=request.at,
        ),
        people=(person,),
    )  # fmt: skip


async def handle_override_button(request: Request) -> None:
    """Ask why a closed gate is opened all the same."""
    ref, _, question = request.value.partition(" ")
    run, step = await step_of(request, request.step_ref(ref))
    gates = closed_gates(run, require_active(run, step.key))
    gate = next((one for one in gates if one.id == question), None)
    if gate is None:
        raise Refused("gate_not_closed")
    require_may_override(run, step, gate, by=request.user)
    await request.open(build_override_modal(run, step, gate, request.language))


async def handle_override_form(request: Request) -> None:
    """Open the gate."""
    reason, ref = text_of(fields_of(request.view).get("reason")), request.form_ref
    await change_run(
        request, ref.run,
        lambda run, _: override_gate(
            run, ref.step, question=request.metadata.get("question", ""), reason=reason,
            by=request.user, at=request.at,
        ),
    )  # fmt: skip
