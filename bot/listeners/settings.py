"""What somebody sets for themselves, and the days of the company."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.listeners.fields import day_of, fields_of, text_of
from bot.listeners.over import show_over
from bot.listeners.requests import Request
from bot.listeners.work import publish_home
from bot.views.company_days import build_day_modal, build_days_modal
from bot.views.settings import RUNS, build_settings_modal
from playbooks.calendars import local_day
from playbooks.company_days import CompanyDay
from playbooks.people import Person
from playbooks.run import Refused

_TIMES = ("from_hour", "to_hour", "digest_at")


async def open_settings(request: Request) -> None:
    """Show what this person has set."""
    leads = await request.desk.preferences.leads(request.user, workspace=request.workspace)
    leads = leads and not request.person.is_external
    await request.open(build_settings_modal(request.person, leads=leads))


async def handle_settings_form(request: Request) -> None:
    """Keep what they chose."""
    chosen = _chosen(request.person, fields_of(request.view))
    await request.desk.preferences.keep(chosen, workspace=request.workspace)
    if not request.metadata.get("home"):  # else the Home follows the form by itself
        request.desk.later(publish_home(request))


def _chosen(person: Person, fields: dict[str, Any]) -> Person:
    times = [_time(text_of(fields.get(name))) for name in _TIMES]
    wrong = {name: "start.param_time" for name, at in zip(_TIMES, times, strict=True) if at is None}
    if wrong:
        raise Refused("form_invalid", fields=wrong)
    from_hour, to_hour, digest_at = (at for at in times if at is not None)
    calendar = text_of(fields.get("calendar"))
    return replace(
        person, from_hour=from_hour, to_hour=to_hour, digest_at=digest_at,
        language=text_of(fields.get("language")),
        calendar="" if calendar == RUNS else calendar or "?",  # nothing is no calendar either
        digest_daily=text_of(fields.get("digest")) == "daily",
    )  # fmt: skip


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if len(text) == len("HH:MM") else None
    except ValueError:
        return None


async def open_days(request: Request) -> None:
    """Show a lead the days of the company."""
    days = await request.desk.preferences.coming(
        request.person, workspace=request.workspace, at=request.at
    )
    await show_over(
        request,
        build_day_modal(request.language) if request.value == "add" else _days(request, days),
    )


async def handle_days_form(request: Request) -> dict[str, Any]:
    """Keep a day of the company's, and show it among the others."""
    fields = fields_of(request.view)
    days = await request.desk.preferences.put(
        day_of(fields.get("day")), works=text_of(fields.get("kind")) == "worked",
        name=text_of(fields.get("name")), by=request.person, workspace=request.workspace,
        at=request.at,
    )  # fmt: skip
    return request.following(_days(request, days))


async def handle_day_remove(request: Request) -> None:
    """Take a day of the company's back."""
    try:
        day = date.fromisoformat(request.value)
    except ValueError:
        raise Refused("stale_button") from None
    days = await request.desk.preferences.remove(
        day, by=request.person, workspace=request.workspace, at=request.at
    )
    await request.redraw(_days(request, days))


def _days(request: Request, days: list[CompanyDay]) -> dict[str, Any]:
    today = local_day(request.at, request.person.zone)
    return build_days_modal(days, today, request.language)
