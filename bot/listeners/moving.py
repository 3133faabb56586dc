"""Moving the day a run counts from: a form that shows what would change, and one yes."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from bot.listeners.changes import change_run
from bot.listeners.fields import day_of, fields_of, late_of, many_of, text_of, wrong_fields
from bot.listeners.requests import Request
from bot.services.plans import Prospect
from bot.views.moving import MoveDraft, build_move_modal
from bot.views.refusals import field_errors
from playbooks.moving import counts_from, move_date, plan_move, require_may_move
from playbooks.redating import NewDate
from playbooks.run import Refused, Run

Fields = Mapping[str, dict[str, Any]]


async def handle_move_button(request: Request) -> None:
    """Ask for the new day."""
    seen = await _prospect(request, request.value)
    await request.open(_form(request, seen, {}))


async def handle_move_field(request: Request) -> None:
    """Show what the chosen day would do."""
    seen = await _prospect(request, request.metadata.get("run", ""))
    await request.redraw(_form(request, seen, fields_of(request.view)))


async def handle_move_form(request: Request) -> dict[str, Any] | None:
    """Move the date; where the run has changed meanwhile, show first what that means now."""
    fields = fields_of(request.view)
    if wrong := wrong_fields(fields):
        raise Refused("start_invalid", fields=wrong)
    seen = await _prospect(request, request.metadata.get("run", ""))
    if request.metadata.get("seen") != _mark(seen.run) and await _is_new(request):
        return _form(request, seen, fields, stale=True)
    wish, reason = _wish(seen, fields), text_of(fields.get("reason"))
    await change_run(
        request, seen.run.id,
        lambda run, facts: move_date(
            run, facts, wish, reason=reason, by=request.user, at=request.at
        ),
    )  # fmt: skip
    return None


async def _prospect(request: Request, run_id: str) -> Prospect:
    seen = await request.desk.plans.prospect(run_id, workspace=request.workspace)
    require_may_move(seen.run, request.user)
    return seen


async def _is_new(request: Request) -> bool:
    """Whether the form is not one that Slack delivers once more."""
    taken = await request.desk.reading.was_taken(request.receipt, workspace=request.workspace)
    return not taken


def _wish(seen: Prospect, fields: Fields) -> NewDate:
    name = "anchor_on" if seen.run.playbook.anchor else "start_on"
    return NewDate(
        day_of(fields.get(name)), late_of(fields.get("late")), bool(many_of(fields.get("also"))),
        seen.sent,
    )  # fmt: skip


def _form(
    request: Request, seen: Prospect, fields: Fields, *, stale: bool = False
) -> dict[str, Any]:
    run, wish, move, wrong = seen.run, _wish(seen, fields), None, ""
    if wish.anchor_on not in {None, counts_from(run)}:
        try:
            move = plan_move(run, seen.facts, wish, by=request.user, at=request.at)
        except Refused as refused:
            wrong = " ".join(field_errors(request.language, refused).values())
    return build_move_modal(MoveDraft(
        run=run, seen=_mark(run), language=request.language, zone=request.person.zone,
        chosen=wish.anchor_on, late=wish.late, also=wish.also,
        reason=text_of(fields.get("reason")), move=move, wrong=wrong, stale=stale,
    ))  # fmt: skip


def _mark(run: Run) -> str:
    """What tells whether a move would do something else than it did when it was shown."""
    steps = [(step.key, step.status, step.due_at, step.owner) for step in run.steps]
    told = repr((run.status, counts_from(run), steps))
    return sha256(told.encode()).hexdigest()[:16]
