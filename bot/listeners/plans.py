"""The plan of a run before it is started, played through by the code that acts in earnest."""

import asyncio
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.listeners.fields import fields_of, start_form
from bot.listeners.modals import push_modal
from bot.listeners.requests import Request
from bot.listeners.runs import chosen_playbook
from bot.rehearsal import Rehearsed, default_anchor, rehearse_form
from bot.views.answers import refusal_message
from bot.views.markup import Markup
from bot.views.plan import (
    Plan,
    PlanLine,
    build_loading_modal,
    build_plan_modal,
    build_unplanned_modal,
)
from playbooks.calendars import CALENDARS, Facts, WorkCalendar, in_reach, local_day
from playbooks.definition import Playbook
from playbooks.params import valid_params
from playbooks.people import Person
from playbooks.run import Refused
from playbooks.start import StartForm


async def handle_plan_button(request: Request) -> None:
    """Show the plan of the start form, or of an SOP with roles in place of people."""
    today = local_day(request.at, request.person.zone)
    if request.view.get("type") == "modal":
        fields = fields_of(request.view)
        playbook = chosen_playbook(request, fields)
        form = start_form(fields, today=today, language=request.language)
        named = {role: ids for role, ids in form.people.items() if ids}
        form = replace(form, people={playbook.lead: (request.user,)} | named)
    else:
        playbook = _playbook(request)
        form = StartForm("", "", today, calendar=playbook.calendar or "none",
                         people={role: (role,) for role in playbook.roles})  # fmt: skip
    view_id = await push_modal(request, build_loading_modal(request.language))
    request.desk.later(_show(request, view_id, playbook, form))


def _playbook(request: Request) -> Playbook:
    playbook = request.desk.library().get(request.value)
    if playbook is None:
        raise Refused("no_such_playbook", name=request.value)
    return playbook


async def _show(request: Request, view_id: str, playbook: Playbook, form: StartForm) -> None:
    """Play it through beside everything else, and put it in place of the loading view."""
    form = _whole(playbook, form, request.language)
    ids = {person for people in form.people.values() for person in people}
    known = await request.meet(*(id_ for id_ in ids if id_ not in playbook.roles))
    try:
        told = await asyncio.to_thread(_rehearsed, playbook, form, known, request.at)
    except Refused as refused:
        text = Markup(refusal_message(refused, request.person).text)
        view = build_unplanned_modal(text, request.language)
    else:
        view = build_plan_modal(_plan(playbook, form, told), request.language)
    if view_id:
        await request.redraw(view, view_id)


def _whole(playbook: Playbook, form: StartForm, language: str) -> StartForm:
    """The form with what is still missing: a name, an anchor far enough ahead."""
    calendar = form.calendar if form.calendar in CALENDARS else "none"
    form = replace(
        form, name="–", channel="–", calendar=calendar, language=language, late="compress",
        params=valid_params(playbook, form.params),
    )  # fmt: skip
    if form.anchor_on is None and in_reach(form.start_on):
        anchor_on = default_anchor(playbook, WorkCalendar(calendar), form.start_on, form.params)
        form = replace(form, anchor_on=anchor_on)
    return form


def _rehearsed(
    playbook: Playbook, form: StartForm, known: dict[str, Person], at: datetime
) -> Rehearsed:
    facts = Facts(WorkCalendar(form.calendar), known)
    return rehearse_form(playbook, form, facts, at=at, named=form.people, late={})


def _plan(playbook: Playbook, form: StartForm, told: Rehearsed) -> Plan:
    zone = ZoneInfo(told.zone)
    lines = [PlanLine(m.at.astimezone(zone), m.to, m.kind, m.subject) for m in told.messages]
    return Plan(
        playbook,
        form.start_on,
        form.anchor_on,
        len(lines),
        list(dict.fromkeys(lines)),
        [warning.text for warning in told.warnings],
    )
