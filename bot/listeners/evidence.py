"""Proof of work: forms, messages attached to a step, and what is posted in its thread."""

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.listeners.changes import change_run
from bot.listeners.fields import fields_of, files_of, text_of
from bot.listeners.replies import answer_privately
from bot.listeners.requests import Request
from bot.listeners.work import address
from bot.refs import StepRef, step_of_key
from bot.views.answers import refusal_message
from bot.views.markup import plain_text
from bot.views.notices import build_evidence_kept, build_evidence_offer
from bot.views.step_modals import build_message_evidence_modal
from playbooks.calendars import Facts
from playbooks.flow import TEXT_LIMIT
from playbooks.links import is_link, short_name
from playbooks.run import Change, Event, Evidence, Refused, Run, Step, StepStatus
from playbooks.step_actions import add_evidence

# A button carries the link, after its step, in a value of at most 2000 characters.
LINK = re.compile(r"<(https?://[^|>\s]{1,1800})(?:\|[^>]*)?>")
TITLE = 150  # characters


def evidence_of(
    field: Mapping[str, Any] | None, *, by: str, at: datetime, title: str = ""
) -> tuple[Evidence, ...]:
    """The evidence in a form: a link, files, or a text."""
    field, title = field or {}, title[:TITLE]
    if field.get("type") == "file_input":
        return tuple(
            Evidence("file", id_, title or name[:TITLE], by, at) for id_, name in files_of(field)
        )
    value = text_of(field)
    if not value:
        return ()
    if field.get("type") == "url_text_input":
        return (Evidence("link", value, title or short_name(value, TITLE), by, at),)
    return (Evidence("text", value[:TEXT_LIMIT], title or value[:TITLE], by, at),)


async def handle_evidence_form(request: Request) -> None:
    """Keep what was handed in."""
    fields = fields_of(request.view)
    found = evidence_of(
        fields.get("evidence"), by=request.user, at=request.at, title=text_of(fields.get("title"))
    )
    if not found:
        raise Refused("evidence_none")
    await _attach(request, request.form_ref, *found)


async def _attach(request: Request, ref: StepRef, *evidence: Evidence) -> None:
    def attach(run: Run, facts: Facts) -> Change:
        events: tuple[Event, ...] = ()
        for piece in evidence:
            change = add_evidence(
                run, ref.step, facts, evidence=piece, by=request.user, at=request.at
            )
            run, events = change.run, events + change.events
        return Change(run, events)

    await change_run(request, ref.run, attach)


async def handle_message_shortcut(request: Request) -> None:
    """Ask which step a message belongs to."""
    mine = [
        (run, step)
        for run, step in await request.desk.reading.work_of(
            request.user, workspace=request.workspace
        )
        if step.status is StepStatus.ACTIVE
    ]
    here = await request.desk.reading.active_in(request.channel, workspace=request.workspace)
    others = [(run, s) for run in here for s in run.steps if s.status is StepStatus.ACTIVE]
    known = {(run.id, step.key) for run, step in mine}
    steps = mine + [(run, step) for run, step in others if (run.id, step.key) not in known]
    message = request.body.get("message") or {}
    view = build_message_evidence_modal(
        steps, request.language, title=_first_line(message), channel=request.channel,
        ts=str(message.get("ts") or ""), files="yes" if message.get("files") else "",
    )  # fmt: skip
    await request.open(view)


def _first_line(message: Mapping[str, Any]) -> str:
    names = [str(file.get("name") or "") for file in message.get("files") or ()]
    text = plain_text(str(message.get("text") or "")).strip().splitlines()
    return (names or text or [""])[0][:TITLE]


async def handle_message_form(request: Request) -> None:
    """Attach the message to the chosen step."""
    fields = fields_of(request.view)
    channel, ts = (request.metadata.get(name, "") for name in ("channel", "ts"))
    link = await request.desk.directory.permalink(channel, ts)
    if link is None:  # Slack did not say; its addresses are known
        link = address(request, channel, ts)
    if not link:
        raise Refused("message_unseen")
    try:
        ref = StepRef.parse(text_of(fields.get("step")))
    except ValueError:
        raise Refused("stale_button") from None
    title = text_of(fields.get("title"))[:TITLE] or short_name(link, TITLE)
    has_file = bool(request.metadata.get("files"))
    evidence = Evidence("message", link, title, request.user, request.at, has_file)
    await _attach(request, ref, evidence)


async def offer_evidence(request: Request, event: Mapping[str, Any]) -> None:
    """Offer the owner, once and privately, to keep what they posted in their step's thread."""
    found = _handed_in(event)
    if found is None:
        return
    at = await step_of_message(request, str(event["channel"]), str(event["thread_ts"]))
    if at is None or at[1].owner != request.user or at[1].status is not StepStatus.ACTIVE:
        return
    once = f"evidence/{event['channel']}/{event['ts']}"
    if not await request.desk.reading.first_time(once, workspace=request.workspace, at=request.at):
        return
    run, step = at
    title, value = found
    offer = build_evidence_offer(StepRef(run.id, step.key), title, value, request.language)
    thread = str(event["thread_ts"])
    request.desk.later(request.whisper(str(event["channel"]), offer, thread_ts=thread))


def _handed_in(event: Mapping[str, Any]) -> tuple[str, str] | None:
    """The title and value of the file or link in a message."""
    for file in event.get("files") or ():
        return str(file.get("name") or file["id"])[:TITLE], str(file["id"])
    link = LINK.search(str(event.get("text") or ""))
    if link is None:
        return None
    address = html.unescape(link[1])  # Slack escapes the & of an address
    return (short_name(address, TITLE), address) if is_link(address) else None


async def step_of_message(request: Request, channel: str, ts: str) -> tuple[Run, Step] | None:
    """The run and step that a card or a request of ours is about."""
    said = await request.desk.reading.message_at(channel, ts, workspace=request.workspace)
    if said is None or said.kind not in {"step", "approval"}:
        return None
    run = await request.desk.reading.run(said.run_id, workspace=request.workspace)
    step = run.step(step_of_key(said.key))
    return (run, step) if step else None


async def handle_keep_button(request: Request) -> None:
    """Keep what was offered."""
    ref, _, value = str(request.action.get("value")).partition(" ")
    if value.startswith("http"):
        evidence = Evidence("link", value, short_name(value, TITLE), request.user, request.at)
    else:
        name = await request.desk.directory.file_name(value)
        evidence = Evidence("file", value, name, request.user, request.at)
    try:
        await _attach(request, StepRef.parse(ref), evidence)
    except ValueError:
        raise Refused("stale_button") from None
    except Refused as refused:
        told = refusal_message(refused, request.person)
        request.desk.later(answer_privately(request, told, in_place=True))
        return
    kept = build_evidence_kept(evidence.title, request.language)
    request.desk.later(answer_privately(request, kept, in_place=True))
