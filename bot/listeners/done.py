"""Done: close a step at once, or ask for what is still missing, page by page."""

from collections.abc import Mapping
from typing import Any

from bot.listeners.changes import change_run
from bot.listeners.evidence import evidence_of
from bot.listeners.fields import fields_of, given_of, replies_of, text_of, ticked_of
from bot.listeners.requests import Request
from bot.listeners.steps import step_of
from bot.listeners.work import follow_form, renew_my_work
from bot.views.done_modal import build_done_modal, pages_of
from playbooks.flow import require_active
from playbooks.submission import Handed, complete_step, needs_form, save_page


async def handle_done_button(request: Request) -> None:
    """Close the step, or ask for what is still missing."""
    run, step = await step_of(request, request.ref)
    if needs_form(run, step.key, by=request.user):
        follow_form(request, await request.open(build_done_modal(run, step, request.language)))
        return
    await change_run(
        request,
        run.id,
        lambda run, facts: complete_step(run, step.key, facts, by=request.user, at=request.at),
    )
    if (request.body.get("container") or {}).get("is_ephemeral"):
        request.desk.later(renew_my_work(request))


async def handle_done_form(request: Request) -> dict[str, Any] | None:
    """Close the step with what was handed in; a page that is not the last leads to the next."""
    run, step = await step_of(request, request.form_ref)
    require_active(run, step.key)
    page = int(request.metadata.get("page") or 0)
    if page + 1 < len(pages_of(run, step)):
        return await _next_page(request, page)
    handed = _handed(request)
    await change_run(
        request, run.id,
        lambda run, facts: complete_step(
            run, step.key, facts, by=request.user, at=request.at, handed=handed
        ),
    )  # fmt: skip
    return None


async def _next_page(request: Request, page: int) -> dict[str, Any]:
    handed, ref = _handed(request), request.form_ref
    await change_run(
        request, ref.run,
        lambda run, _: save_page(run, ref.step, handed=handed, by=request.user, at=request.at),
    )  # fmt: skip
    run, step = await step_of(request, ref)
    return build_done_modal(run, step, request.language, page + 1)


def _handed(request: Request) -> Handed:
    fields: Mapping[str, Mapping[str, Any]] = fields_of(request.view)
    return Handed(
        ticked=ticked_of(fields),
        evidence=evidence_of(fields.get("evidence"), by=request.user, at=request.at),
        comment=text_of(fields.get("comment")),
        given=given_of(fields),
        signed=bool((fields.get("signed") or {}).get("selected_options")),
        replies=replies_of(fields),
    )
