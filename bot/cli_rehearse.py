"""`sopbot rehearse`: a whole run on a virtual clock, said by the same code as the real one."""

import json
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli_errors import fail
from bot.cli_playbook import find_playbook, read_library
from bot.rehearsal import Rehearsed, rehearsal_form, rehearse_form
from bot.views.refusals import field_errors
from playbooks.calendars import CALENDARS, in_reach, local_moment
from playbooks.definition import Playbook
from playbooks.faults import nearest
from playbooks.params import param_problem
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
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=VALUE", help="A value asked for at the start; repeatable."),
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
    playbook = find_playbook(read_library(), id_)
    code = _known(calendar or playbook.calendar or "none", CALENDARS, "--calendar", "calendar")
    first = _day(start, "--start") or datetime.now(UTC).date()
    try:
        people, at = _roles(playbook, role or []), local_moment(first, START, CALENDARS[code])
        form = rehearsal_form(
            playbook,
            at=at,
            anchor_on=_anchor(playbook, _later(anchor, "--anchor", first)),
            calendar=code,
            people=people,
            language=language,
            params=_params(playbook, param or []),
        )
        told = rehearse_form(
            playbook,
            form,
            at=at,
            named=people,
            late=_late(playbook, late or []),
            until=_later(until, "--until", first),
        )
    except Refused as refused:
        fail(f"{playbook.id} cannot be rehearsed: {_wrong(refused)}")
    if format_ == "json":
        typer.echo(json.dumps(told.as_json(), ensure_ascii=False, indent=2))
    else:
        _print(told)


def _day(text: str, option: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        fail(f"{option}: {text!r} is no day: write e.g. 2025-11-20")
    if day and not in_reach(day):
        fail(f"{option}: {text} is too far away: check the year")
    return day


def _later(text: str, option: str, first: date) -> date | None:
    day = _day(text, option)
    if day and day < first:
        fail(f"{option}: {text} is before the start, {first}: choose a later day, or --start")
    return day


def _anchor(playbook: Playbook, day: date | None) -> date | None:
    if day and playbook.anchor is None:
        fail(f"--anchor: {playbook.id} counts from no such day: leave it out, or use --start")
    return day


def _roles(playbook: Playbook, given: list[str]) -> dict[str, str]:
    pairs = _pairs(given, "--role", f"{playbook.lead}=Li")
    return {_known(id_, playbook.roles, "--role", "role"): name for id_, name in pairs.items()}


def _params(playbook: Playbook, given: list[str]) -> dict[str, str]:
    known = {param.id: param for param in playbook.params}
    if given and not known:
        fail(f"--param: {playbook.id} asks for nothing at the start: leave it out")
    pairs = _pairs(given, "--param", f"{next(iter(known), 'size')}=…")
    for id_, value in pairs.items():
        param = known[_known(id_, known, "--param", "parameter")]
        if param_problem(param, value.strip()):
            choices = ", ".join(choice.id for choice in param.choices)
            wanted = {"choice": choices, "yes-no": "yes, no"}.get(param.type, f"a {param.type}")
            fail(f"--param: {value!r} does not fit {id_}: use {wanted}")
    return pairs


def _late(playbook: Playbook, given: list[str]) -> dict[str, int]:
    example = f"{playbook.steps[0].id}=2"
    late = {}
    for step, days in _pairs(given, "--late", example).items():
        if not (days.isdecimal() and len(days) <= 3):
            fail(f"--late: {days!r} is no number of working days: write e.g. {example}")
        late[_known(step, playbook.steps_by_id, "--late", "step")] = int(days)
    return late


def _pairs(given: list[str], option: str, example: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in given:
        name, _, value = text.partition("=")
        if not (name and value.strip()):
            fail(f"{option}: {text!r} is no such pair: write e.g. {example}")
        if name in pairs:
            fail(f"{option}: {name!r} is given twice: leave one out")
        pairs[name] = value
    return pairs


def _known(name: str, known: Collection[str], option: str, what: str) -> str:
    """The name, if it is one of those known; else the command fails with the nearest."""
    if name not in known:
        near = nearest(name, known) or nearest(name.upper(), known)
        mend = f"did you mean {near!r}?" if near else f"use one of {', '.join(known)}"
        fail(f"{option}: unknown {what} {name!r}: {mend}")
    return name


def _wrong(refused: Refused) -> str:
    errors = field_errors("en", refused)
    return " ".join(f"{field}: {words}" for field, words in errors.items())


def _print(told: Rehearsed) -> None:
    console = Console(soft_wrap=False)
    table = Table("When", "To", "What", "Message", show_edge=False)
    for message in told.messages:
        when = f"{message.at:%a %d %b %Y %H:%M}"
        table.add_row(when, message.to, message.kind, Text(message.text.splitlines()[0]))
    console.print(table)
    for warning in told.warnings:
        console.print(Text(f"! {warning.text}"))
