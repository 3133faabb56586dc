"""Done: close a step at once, or ask for what is still missing, page by page."""

from collections.abc import Mapping
from typing import Any

from bot.listeners.changes import change_run
from bot.listeners.evidence import evidence_of
from bot.listeners.fields import fields_of, given_of, replies_of, text_of, ticked_of
from bot.listeners.requests import Request
from bot.listeners.steps import step_of
from bot.listeners.work import follow_form, renew_my_work
from bot.views.answers import fields_meant
from bot.views.done_modal import build_done_modal, next_page, page_of
from playbooks.run import Refused
from playbooks.submission import Handed, complete_step, keep_form, needs_form, save_page


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
    if request.metadata.get("last") == "no":
        return await _next_page(request)
    ref, handed = request.form_ref, _handed(request)
    try:
        await change_run(
            request, ref.run,
            lambda run, facts: complete_step(
                run, ref.step, facts, by=request.user, at=request.at, handed=handed
            ),
        )  # fmt: skip
    except Refused as refused:
        wrong = fields_meant(refused)
        shown = {block.get("block_id") for block in request.view.get("blocks") or ()}
        if not wrong or set(wrong) & shown:
            raise
        return await _other_page(request, handed, wrong[0])
    return None


async def _next_page(request: Request) -> dict[str, Any]:
    handed, ref = _handed(request), request.form_ref
    await change_run(
        request, ref.run,
        lambda run, _: save_page(run, ref.step, handed=handed, by=request.user, at=request.at),
    )  # fmt: skip
    run, step = await step_of(request, ref)
    page = next_page(run, step, int(request.metadata.get("page") or 0))
    return request.following(build_done_modal(run, step, request.language, page))


async def _other_page(request: Request, handed: Handed, wrong: str) -> dict[str, Any]:
    """Keep what was filled in, and show the page where something is missing."""
    ref = request.form_ref
    await change_run(
        request, ref.run,
        lambda run, _: keep_form(run, ref.step, handed=handed, by=request.user, at=request.at),
    )  # fmt: skip
    run, step = await step_of(request, ref)
    page = page_of(run, step, wrong)
    return request.following(build_done_modal(run, step, request.language, page, lacks=True))


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
