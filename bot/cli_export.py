"""`sopbot export`: a run's record as a file."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_database import fault_of, opened
from bot.cli_errors import fail
from bot.exports.formats import BINARY, FORMATS, Format, write
from bot.exports.record import Record
from bot.os_errors import reason_of
from bot.services.records import RecordService
from playbooks.faults import nearest

_NAMED = 5  # runs that are named where the one asked for is not there


def export(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="A run's id, such as event-1a2b3c4d5e.")
    ],
    format_: Annotated[
        Format | None, typer.Option("--format", help="Else as the name of the file ends.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; else it is printed.")
    ] = None,
    list_: Annotated[
        str | None, typer.Option("--list", metavar="ID", help="With csv: this list of the run.")
    ] = None,
) -> None:
    """Write a run's record: its steps, history and who did what."""
    form = format_ or _form_of(out)
    if list_ is not None and form != "csv":
        fail("--list goes with --format csv: the other formats hold every list")
    if out is None and form in BINARY and sys.stdout.isatty():
        fail(f"{form} is nothing to look at here: name a file with --out")
    record = _record(run)
    if list_ is not None and list_ not in record.lists:
        fail(f"--list: {run} holds no list {list_!r} yet: leave it out for the steps")
    content = write(record, form)
    if out is None:
        typer.echo(content, nl=False)
    else:
        _save(content, out)


def _form_of(out: Path | None) -> Format:
    ending = out.suffix.removeprefix(".").lower() if out else ""
    form = next((each for each in FORMATS if each == ending), None)
    if form is None:
        fail(f"--format is missing: write one of {', '.join(FORMATS)}")
    return form


def _record(run: str) -> Record:
    with opened() as database:
        if fault := fault_of(database):
            fail(fault, code=1)
        return asyncio.run(_read(RecordService(database), run))


async def _read(records: RecordService, run: str) -> Record:
    from bot.clock import SystemClock

    workspace = await records.home_of(run)
    if workspace is None:
        known = await records.newest()
        near = nearest(run, [id_ for id_, _ in known])
        newest = ", ".join(f"{id_} ({name})" for id_, name in known[:_NAMED])
        others = f"the newest are {newest}" if newest else "no run was ever started here"
        fail(f"there is no run {run!r}: {f'did you mean {near!r}?' if near else others}")
    return await records.record(run, workspace=workspace, at=SystemClock().now())


def _save(content: bytes, out: Path) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        fail(f"{out} cannot be written ({reason_of(error)}): choose another --out", code=1)
    typer.echo(f"wrote {out}")
