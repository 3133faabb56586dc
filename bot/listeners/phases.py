"""Buttons and forms at the gate of a phase."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.listeners.changes import change_run
from bot.listeners.fields import fields_of, text_of
from bot.listeners.requests import Request
from bot.refs import GateRef
from bot.views.phase_notices import build_hold_modal, build_overrule_modal
from playbooks import phase_gates as gates
from playbooks.definition import Phase
from playbooks.run import Refused, Run


async def handle_pass_button(request: Request) -> None:
    """Let it go on; ask whoever does so against a "not yet" for the reason."""
    ref = request.gate
    run, phase = await _asked(request, ref)
    with told_of(run):
        overrules = gates.needs_reason(run, ref.which, by=request.user)
    if overrules:
        await request.open(build_overrule_modal(run, phase, ref, request.language))
        return
    await _pass(request, ref, "")


async def handle_pass_form(request: Request) -> None:
    """Let it go on against a "not yet"."""
    await _pass(request, request.form_gate, text_of(fields_of(request.view).get("reason")))


async def _pass(request: Request, ref: GateRef, reason: str) -> None:
    await change_run(
        request, ref.run,
        lambda run, facts: gates.pass_gate(
            run, ref.which, facts, reason=reason, by=request.user, at=request.at
        ),
    )  # fmt: skip


async def _asked(request: Request, ref: GateRef) -> tuple[Run, Phase]:
    """The gate to be decided; raises Refused where it is not."""
    run = await request.desk.reading.run(ref.run, workspace=request.workspace)
    with told_of(run):
        return run, gates.require_asked(run, ref.which)


@contextmanager
def told_of(run: Run) -> Iterator[None]:
    """Let a refusal know its run, so that it can name the phase by its title."""
    try:
        yield
    except Refused as refused:
        refused.run = run
        raise


async def handle_hold_button(request: Request) -> None:
    """Ask why it does not go on yet."""
    ref = request.gate
    run, phase = await _asked(request, ref)
    with told_of(run):
        gates.require_decides(run, phase, by=request.user)
    await request.open(build_hold_modal(run, phase, ref, request.language))


async def handle_hold_form(request: Request) -> None:
    """Say "not yet"."""
    reason, ref = text_of(fields_of(request.view).get("reason")), request.form_gate
    await change_run(
        request, ref.run,
        lambda run, facts: gates.hold_gate(
            run, ref.which, facts, reason=reason, by=request.user, at=request.at
        ),
    )  # fmt: skip


async def handle_undo_button(request: Request) -> None:
    """Take one's own pass back."""
    ref = request.gate
    await change_run(
        request, ref.run,
        lambda run, facts: gates.undo_pass(run, ref.which, facts, by=request.user, at=request.at),
    )  # fmt: skip
