"""Steps that somebody needs once more: the form that opens another, from the run's list."""

from bot.listeners.changes import change_run
from bot.listeners.fields import day_of, fields_of, text_of
from bot.listeners.modals import push_modal
from bot.listeners.requests import Request
from bot.refs import StepRef
from bot.views.on_demand import build_open_modal
from bot.views.run_modals import build_steps_modal
from playbooks.calendars import Facts, WorkCalendar
from playbooks.flow import require_open
from playbooks.on_demand import on_demand, open_another, proposed_day
from playbooks.run import Refused, Run


async def handle_open_button(request: Request) -> None:
    """Ask when another one is due, and what it is about."""
    run, ref = await _run(request, request.ref), request.ref
    require_open(run)
    facts = Facts(WorkCalendar(run.calendar))
    told = next((one for one in on_demand(run, facts) if one.id == ref.step), None)
    if told is None:
        raise Refused("not_on_demand", step=ref.step)
    day = proposed_day(run, told, facts, at=request.at)
    await push_modal(request, build_open_modal(run, told, day, request.language))


async def handle_open_form(request: Request) -> None:
    """Open another one; the list behind the form follows."""
    fields, ref = fields_of(request.view), request.form_ref
    day = day_of(fields.get("due_on"))
    if day is None:
        raise Refused("day_wrong")
    await change_run(
        request, ref.run,
        lambda run, facts: open_another(
            run, ref.step, facts, due_on=day, note=text_of(fields.get("note")),
            by=request.user, at=request.at,
        ),
    )  # fmt: skip
    request.desk.later(_renew(request, ref))


async def _renew(request: Request, ref: StepRef) -> None:
    run = await _run(request, ref)
    view = build_steps_modal(run, request.at, request.language, request.zones)
    if behind := request.view.get("previous_view_id"):
        await request.redraw(view, str(behind))


async def _run(request: Request, ref: StepRef) -> Run:
    return await request.desk.reading.run(ref.run, workspace=request.workspace)
