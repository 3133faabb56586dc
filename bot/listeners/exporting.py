"""A run's record as a file, to who asks for it alone."""

import asyncio

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.exports.formats import FORMATS, Format, write
from bot.listeners.fields import fields_of, text_of
from bot.listeners.replies import answer_privately
from bot.listeners.requests import Request
from bot.slack_files import Unfetched
from bot.views.exporting import build_export_lost_message, build_export_modal
from playbooks.run import Refused, Run

log = structlog.get_logger(__name__)


async def handle_export_button(request: Request) -> None:
    """Ask for the format."""
    run = await _run(request, request.value)
    await request.open(build_export_modal(run, request.language))


async def handle_export_form(request: Request) -> None:
    """Send the file; that may take a while, so it follows."""
    run = await _run(request, request.metadata.get("run", ""))
    chosen = text_of(fields_of(request.view).get("format"))
    form = next((each for each in FORMATS if each == chosen), None)
    if form is None:
        raise Refused("start_invalid", fields={"format": "start.param_choice"})
    if request.receipt is None or await request.desk.reading.first_time(
        request.receipt.key, workspace=request.workspace, at=request.at
    ):
        request.desk.later(_send(request, run, form))


async def _run(request: Request, run_id: str) -> Run:
    run = await request.desk.reading.run(run_id, workspace=request.workspace)
    if request.person.is_external:
        raise Refused("team_only", lead=run.lead)
    return run


async def _send(request: Request, run: Run, form: Format) -> None:
    record = await request.desk.records.record(run.id, workspace=run.workspace, at=request.at)
    content = await asyncio.to_thread(write, record, form)
    files = request.desk.files
    try:
        file = await files.upload(f"{run.id}.{form}", content, title=run.name)
        opened = await request.client.conversations_open(users=request.user)
        there = str(opened["channel"]["id"])
        await files.share(file, title=run.name, channel=there, thread_ts=None)
    except (SlackApiError, Unfetched, TimeoutError, aiohttp.ClientError) as error:
        log.warning("export not sent", run=run.id, error=repr(error))
        await answer_privately(request, build_export_lost_message(run, request.language))
