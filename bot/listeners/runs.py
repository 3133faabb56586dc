"""Starting a run, and what its lead does to it."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

from bot.listeners.changes import change_run
from bot.listeners.cycles import repeats_of
from bot.listeners.fields import (
    fields_of,
    outsiders_of,
    people_of,
    start_form,
    text_of,
    wrong_fields,
)
from bot.listeners.members import settle_in, shut_because, wrong_people
from bot.listeners.requests import Request
from bot.views.blocks import Message
from bot.views.discreet import discreet
from bot.views.menu import build_status_message
from bot.views.run_modals import (
    build_cancel_modal,
    build_roles_modal,
    build_steps_modal,
)
from bot.views.start import StartDraft, build_start_modal
from playbooks import run_actions as runs
from playbooks.calendars import Facts, WorkCalendar, local_day
from playbooks.definition import Playbook
from playbooks.flow import require_lead, require_open
from playbooks.params import valid_params
from playbooks.run import Refused, Run
from playbooks.start import StartForm, check_start, forecast


async def open_start(request: Request, word: str = "") -> None:
    """Show the start form with a playbook chosen."""
    library = request.desk.library()
    playbook = library.find(word) if word else next(iter(library.all()), None)
    if playbook is None:
        raise Refused("no_such_playbook", name=word)
    here = request.channel if request.channel.startswith(("C", "G")) else ""
    form = StartForm(
        "", here, _today(request), language=request.language,
        calendar=playbook.calendar or "none", repeat=True,
    )  # fmt: skip
    await request.open(await _modal(request, playbook, form))


def _today(request: Request) -> date:
    return local_day(request.at, request.person.zone)


async def _modal(request: Request, playbook: Playbook, form: StartForm) -> dict[str, Any]:
    people = {playbook.lead: (request.user,)} | {r: ids for r, ids in form.people.items() if ids}
    form = replace(form, people=people, params=valid_params(playbook, form.params))
    own_days = await request.desk.preferences.own_days(workspace=request.workspace)
    calendar = WorkCalendar(form.calendar, own_days)
    facts = Facts(calendar, {request.user: request.person})
    seen = forecast(playbook, form, facts, by=request.user, at=request.at)
    draft = StartDraft(
        playbook=playbook, library=request.desk.library().all(), me=request.person,
        channel=form.channel, language=request.language, values=_values(form),
        people=form.people, outsiders=form.outsiders, late=seen.late, late_ids=seen.late_ids,
        first_due=seen.first_due, undecidable=seen.undecidable, repeat=form.repeat,
        repeats=repeats_of(request, playbook, form), provisional=seen.provisional,
    )  # fmt: skip
    return build_start_modal(draft, request.at)


def _values(form: StartForm) -> dict[str, str]:
    values = {
        "name": form.name, "channel": form.channel, "language": form.language,
        "calendar": form.calendar, "late": form.late, "start_on": form.start_on.isoformat(),
        "anchor_on": form.anchor_on.isoformat() if form.anchor_on else "",
        "stand_in": form.stand_in,
        **{f"param.{id_}": value for id_, value in form.params.items()},
    }  # fmt: skip
    return {name: value for name, value in values.items() if value}


async def handle_start_button(request: Request) -> None:
    """Open the start form from a menu or the Home."""
    await open_start(request, "" if request.value == "any" else request.value)


async def handle_start_shortcut(request: Request) -> None:
    """Open the start form from anywhere."""
    await open_start(request)


async def handle_start_field(request: Request) -> None:
    """Draw the start form anew when the playbook or a date was changed."""
    fields = fields_of(request.view)
    playbook = chosen_playbook(request, fields)
    form = start_form(fields, today=_today(request), language=request.language)
    await request.redraw(await _modal(request, playbook, form))


def chosen_playbook(request: Request, fields: dict[str, Any]) -> Playbook:
    """The playbook that a start form is about."""
    id_ = text_of(fields.get("playbook")) or request.metadata.get("playbook", "")
    playbook = request.desk.library().get(id_)
    if playbook is None:
        raise Refused("no_such_playbook", name=id_)
    return playbook


async def handle_start_form(request: Request) -> None:
    """Start the run; what is wrong is answered at its field."""
    fields = fields_of(request.view)
    playbook = chosen_playbook(request, fields)
    form = start_form(fields, today=_today(request), language=request.language)
    form = replace(form, channel=form.channel or request.metadata.get("channel", ""))
    # Side by side: who waits must not wait for each of Slack's answers in turn.
    unable, shut = await asyncio.gather(
        wrong_people(request, form.people, stand_in=form.stand_in),
        shut_because(request.desk, form.channel),
    )
    wrong = check_start(playbook, form, today=_today(request)) | wrong_fields(fields)
    wrong |= unable | ({"channel": shut} if shut else {})
    if wrong:
        raise Refused("start_invalid", fields=wrong)
    run = await request.desk.runs.start(
        playbook, form, request=str(request.view.get("id")), workspace=request.workspace,
        by=request.user, at=request.at, receipt=request.receipt,
    )  # fmt: skip
    request.desk.later(settle_in(request.desk, run, at=request.at))


async def _run(request: Request, run_id: str) -> Run:
    return await request.desk.reading.run(run_id, workspace=request.workspace)


async def handle_steps_button(request: Request) -> None:
    """Show every step of the run."""
    run = _seen(request, await _run(request, request.value))
    await request.open(
        build_steps_modal(run, request.at, request.language, request.zones, reader=request.user)
    )


def _seen(request: Request, run: Run) -> Run:
    """A run as this person may see it."""
    return discreet(run, request.at) if request.person.is_external else run


async def handle_status_button(request: Request) -> Message:
    """Show a run, or those of this channel, to one person."""
    if request.value in {"", "here"}:
        found = await request.desk.reading.going_in(request.channel, workspace=request.workspace)
    else:
        found = [await _run(request, request.value)]
    found = [_seen(request, run) for run in found]
    return build_status_message(found, request.at, request.language, request.zones)


async def handle_cancel_button(request: Request) -> None:
    """Ask why the run is cancelled, and say what stops; a paused one can be cancelled too."""
    run = await _led(request, paused=True)
    await request.open(build_cancel_modal(run, request.language))


async def _led(request: Request, *, paused: bool = False) -> Run:
    run = await _run(request, request.value)
    if not (paused and run.pause):
        require_open(run)
    require_lead(run, request.user)
    return run


async def handle_cancel_form(request: Request) -> None:
    """Cancel the run."""
    reason = text_of(fields_of(request.view).get("reason"))
    await change_run(
        request, request.metadata.get("run", ""),
        lambda run, _: runs.cancel_run(run, reason=reason, by=request.user, at=request.at),
    )  # fmt: skip


async def handle_roles_button(request: Request) -> None:
    """Show who plays which role."""
    await request.open(build_roles_modal(await _led(request), request.language))


async def handle_roles_form(request: Request) -> None:
    """Fill the roles anew."""
    fields = fields_of(request.view)
    people, outsiders = people_of(fields), outsiders_of(fields)
    if wrong := wrong_fields(fields) | await wrong_people(request, people):
        raise Refused("start_invalid", fields=wrong)
    await change_run(
        request, request.metadata.get("run", ""),
        lambda run, facts: runs.change_people(
            run, facts, people=people, outsiders=outsiders, by=request.user, at=request.at
        ),
        people=tuple({person for ids in people.values() for person in ids}),
    )  # fmt: skip
