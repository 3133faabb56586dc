"""/sop away: who is away, who stands in, and handing everything over for good."""

from typing import Any

from bot.listeners.fields import day_of, fields_of, person_of, text_of
from bot.listeners.members import require_person, wrong_people
from bot.listeners.requests import Request
from bot.services.leaves import Wanted
from bot.views.answers import build_answer_modal
from bot.views.blocks import Message
from bot.views.leave import build_asked_message, build_away_message, build_back_message
from bot.views.leave_modals import build_away_modal, build_leaver_modal, build_preview_modal
from playbooks.calendars import local_day
from playbooks.leave import Leave
from playbooks.leavers import everything_of, require_successor
from playbooks.run import Refused
from playbooks.standing_in import stand_ins_of


async def show_away(request: Request) -> Message | None:
    """Somebody's leave, if they have one; else the form that sets it."""
    leaves = await request.desk.leaves.open_of(request.user, workspace=request.workspace)
    if leaves:
        return build_away_message(leaves, request.person)
    await request.open(await _form(request, None))
    return None


async def _form(request: Request, leave: Leave | None) -> dict[str, Any]:
    last = await request.desk.leaves.last_deputy(request.user, workspace=request.workspace)
    return build_away_modal(
        request.language, today=local_day(request.at, request.person.zone),
        deputy=leave.deputy if leave else last, me=request.user, leads=await _leads(request),
        leave=leave,
    )  # fmt: skip


async def _leads(request: Request) -> bool:
    runs = await request.desk.reading.runs_of(request.user, workspace=request.workspace)
    return any(run.lead == request.user for run in runs)


async def handle_change_button(request: Request) -> None:
    """Show the form of a leave that is to be changed."""
    leave = await request.desk.leaves.one(request.value, workspace=request.workspace)
    if request.user not in {leave.person, leave.set_by}:
        raise Refused("leave_not_yours", person=leave.person)
    await request.open(await _form(request, leave))


async def handle_away_form(request: Request) -> dict[str, Any]:
    """Set or change the leave; the answer says who has what until the deputy agrees."""
    fields = fields_of(request.view)
    wanted = Wanted(
        person=person_of(fields.get("person")) or request.user,
        deputy=person_of(fields.get("deputy")),
        from_on=day_of(fields.get("from_on")), until_on=day_of(fields.get("until_on")),
        comment=text_of(fields.get("comment")), id=request.metadata.get("leave", ""),
        request=str(request.view.get("id")),
    )  # fmt: skip
    await _require_people(request, person=wanted.person, deputy=wanted.deputy)
    leave = await request.desk.leaves.set(
        wanted, workspace=request.workspace, by=request.user, at=request.at
    )
    request.desk.later(request.desk.turn_leaves())
    runs = await request.desk.leaves.runs_of(leave.person, workspace=request.workspace)
    found = [who for run, facts in runs for who in stand_ins_of(run, leave, facts, request.at)]
    answer = build_asked_message(leave, list(dict.fromkeys(found)), request.language)
    return request.following(build_answer_modal(answer, request.language))


async def _require_people(request: Request, **fields: str) -> None:
    """Refuse an app, and somebody Slack does not know, at the field that names them."""
    named = {name: (person,) for name, person in fields.items() if person}
    wrong = await wrong_people(request, named)
    if wrong:
        known = {name.removeprefix("role."): why for name, why in wrong.items()}
        bots = {name: f"away.{name}_bot" for name, why in known.items() if why.endswith("_bot")}
        raise Refused("form_invalid", fields=known | bots)


async def handle_accept_button(request: Request) -> None:
    """The deputy stands in."""
    await _answer(request, accepts=True)


async def handle_decline_button(request: Request) -> None:
    """The deputy cannot."""
    await _answer(request, accepts=False)


async def _answer(request: Request, *, accepts: bool) -> None:
    await request.desk.leaves.answer(
        request.value, accepts=accepts, workspace=request.workspace, by=request.user, at=request.at
    )
    request.desk.later(request.desk.turn_leaves())


async def handle_back_button(request: Request) -> Message:
    """Back early, or not away after all."""
    leave = await request.desk.leaves.end(
        request.value, workspace=request.workspace, by=request.user, at=request.at
    )
    request.desk.later(request.desk.turn_leaves())
    return build_back_message(leave, request.language)


async def handle_leaver_button(request: Request) -> None:
    """Ask who leaves and who takes over; from the form about leave it takes its place."""
    form = build_leaver_modal(request.language, me=request.user, leads=await _leads(request))
    await (request.redraw(form) if request.view else request.open(form))


async def handle_leaver_form(request: Request) -> dict[str, Any]:
    """Show what would go, and what cannot."""
    fields = fields_of(request.view)
    person = person_of(fields.get("person")) or request.user
    to = text_of(fields.get("successor"))
    await _require_people(request, person=person)
    await require_person(request, to, "no_successor")
    runs = await request.desk.leaves.runs_of(person, workspace=request.workspace)
    goes = []
    for run, facts in runs:
        require_successor(facts, person, to)
        if request.user in {person, run.lead}:
            found = everything_of(run, facts, person=person, to=to)
            goes += [] if found.is_empty else [found]
    if not goes:
        raise Refused("nothing_to_hand", person=person)
    return request.following(build_preview_modal(goes, person, to, request.language))


async def handle_confirm_form(request: Request) -> None:
    """Hand everything over."""
    told = request.metadata
    await request.desk.leaves.hand_everything(
        told.get("person", ""), told.get("successor", ""), request=str(request.view.get("id")),
        workspace=request.workspace, by=request.user, at=request.at,
    )  # fmt: skip
    request.desk.later(request.desk.turn_leaves())
