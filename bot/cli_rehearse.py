"""`sopbot rehearse`: a whole run on a virtual clock, said by the same code as the real one."""

import json
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.rehearsal import Rehearsed, rehearse_playbook
from bot.settings import Settings
from bot.views.refusals import refusal_text
from playbooks.calendars import CALENDARS, in_reach, local_moment
from playbooks.library import load_library
from playbooks.run import Refused

START = time(9)  # of the first day, in the calendar's zone


def rehearse(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A playbook's id, title or alias.")],
    start: Annotated[str, typer.Option(metavar="DATE", help="First day; default today.")] = "",
    anchor: Annotated[
        str, typer.Option(metavar="DATE", help="The day the playbook counts from.")
    ] = "",
    calendar: Annotated[str, typer.Option(help="Working days of a country, such as CN.")] = "",
    role: Annotated[
        list[str] | None, typer.Option(metavar="ROLE=NAME", help="Who plays a role; repeatable.")
    ] = None,
    late: Annotated[
        list[str] | None,
        typer.Option(metavar="STEP=DAYS", help="Finish a step working days late; repeatable."),
    ] = None,
    until: Annotated[str, typer.Option(metavar="DATE", help="Stop after this day.")] = "",
    language: Annotated[
        Literal["en", "zh-Hans", "zh-Hant"], typer.Option(help="Language of the messages.")
    ] = "en",
    format_: Annotated[
        Literal["table", "json"], typer.Option("--format", help="How to print it.")
    ] = "table",
) -> None:
    """Play a whole run on a virtual clock: every message, to whom, when."""
    library = load_library(Settings.read().playbook_folders)
    playbook = library.find(id_)
    if playbook is None:
        known = ", ".join(library.playbooks)
        raise typer.BadParameter(f"there is no playbook {id_!r}; there are: {known}")
    code = calendar or playbook.calendar or "none"
    if code not in CALENDARS:
        raise typer.BadParameter(
            f"{code!r} is not known; use one of {', '.join(CALENDARS)}", param_hint="--calendar"
        )
    today = datetime.now(UTC).date()
    first = _day(start, "--start") or today
    try:
        told = rehearse_playbook(
            playbook,
            at=local_moment(first, START, CALENDARS[code]),
            anchor_on=_day(anchor, "--anchor"),
            calendar=code,
            people=dict(_pair(each, "--role") for each in role or []),
            late={step: _number(days) for step, days in (_pair(p, "--late") for p in late or [])},
            until=_day(until, "--until"),
            language=language,
        )
    except Refused as refused:
        raise typer.BadParameter(refusal_text("en", refused, CALENDARS[code])) from None
    if format_ == "json":
        typer.echo(json.dumps(told.as_json(), ensure_ascii=False, indent=2))
    else:
        _print(told)


def _day(text: str, option: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no day: write e.g. 2025-11-20", param_hint=option
        ) from None
    if day and not in_reach(day):
        raise typer.BadParameter(f"{text} is too far away: check the year", param_hint=option)
    return day


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise typer.BadParameter(f"{text!r}: write e.g. designer=Li", param_hint=option)
    return name, value


def _number(text: str) -> int:
    if not text.isdigit() or len(text) > 3:
        raise typer.BadParameter(f"{text!r} is no number of days", param_hint="--late")
    return int(text)


def _print(told: Rehearsed) -> None:
    console = Console(soft_wrap=False)
    table = Table("When", "To", "What", "Message", show_edge=False)
    for message in told.messages:
        when = f"{message.at:%a %d %b %Y %H:%M}"
        table.add_row(when, message.to, message.kind, Text(message.text.splitlines()[0]))
    console.print(table)
    for warning in told.warnings:
        console.print(Text(f"! {warning.text}"))
