"""Buttons and forms about a hand-over, and the button that says a decision was read."""

from functools import partial

from bot.ids import PERSON
from bot.listeners.approvals import ask_first
from bot.listeners.changes import change_run
from bot.listeners.fields import fields_of, many_of, text_of
from bot.listeners.requests import Request
from bot.views.handover_modals import build_decide_modal, build_return_modal
from playbooks.acknowledgements import acknowledge
from playbooks.handing_over import accept, decide, give_back


async def handle_accept_button(request: Request) -> None:
    """Receive the version at once."""
    ref = request.decision
    await change_run(
        request,
        ref.run,
        lambda run, facts: accept(run, ref.which, facts, by=request.user, at=request.at),
    )


async def handle_return_button(request: Request) -> None:
    """Ask which criterion is missed."""
    await ask_first(request, build_return_modal)


async def handle_decide_button(request: Request) -> None:
    """Ask what is decided."""
    await ask_first(request, partial(build_decide_modal, by=request.user))


async def handle_return_form(request: Request) -> None:
    """Return the version."""
    fields, ref = fields_of(request.view), request.form_decision
    await change_run(
        request, ref.run,
        lambda run, facts: give_back(
            run, ref.which, facts, criterion=text_of(fields.get("criterion")),
            reason=text_of(fields.get("reason")), by=request.user, at=request.at,
        ),
    )  # fmt: skip


async def handle_decide_form(request: Request) -> None:
    """Decide between both sides."""
    fields, ref = fields_of(request.view), request.form_decision
    people = tuple(filter(PERSON.fullmatch, many_of(fields.get("people"))))
    await request.meet(*people)
    await change_run(
        request, ref.run,
        lambda run, facts: decide(
            run, ref.which, facts, verdict=text_of(fields.get("verdict")),
            reason=text_of(fields.get("reason")), people=people, by=request.user, at=request.at,
        ),
        people=people,
    )  # fmt: skip


async def handle_confirm_button(request: Request) -> None:
    """Note that they have read the decision."""
    ref = request.decision
    await change_run(
        request,
        ref.run,
        lambda run, facts: acknowledge(run, ref.which, facts, by=request.user, at=request.at),
    )
