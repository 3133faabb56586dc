"""When a channel cannot be spoken in: the buttons that mend it, and what Slack tells of it."""

from collections.abc import Mapping
from typing import Any

from bot.directory import UNHURRIED
from bot.listeners.changes import change_run
from bot.listeners.fields import fields_of, text_of, wrong_fields
from bot.listeners.members import check_channel, shut_because
from bot.listeners.replies import answer_privately
from bot.listeners.requests import Request
from bot.views.notices import build_mended_message
from bot.views.run_modals import build_channel_modal
from playbooks.flow import require_lead, require_open
from playbooks.run import Refused
from playbooks.run_actions import move_run


async def handle_join_button(request: Request) -> None:
    """Go back into the run's channel and say what waited."""
    run = await request.desk.reading.run(request.value, workspace=request.workspace)
    directory = request.desk.directory
    joined = await directory.join(run.channel, patience=UNHURRIED)
    if joined is None:
        raise Refused("slack_silent")
    if not joined:  # a private one: somebody has let it in, or has to
        state = await directory.channel(run.channel, patience=UNHURRIED)
        if not (state.is_known and state.is_member):
            raise Refused("cannot_join", channel=run.channel)
    await request.desk.rouse(request.workspace, run.channel)
    mended = build_mended_message("not_in_channel", run, request.language)
    request.desk.later(answer_privately(request, mended, in_place=True))


async def handle_invite_button(request: Request) -> None:
    """Bring the owner of a step into the run's channel."""
    run = await request.desk.reading.run(request.ref.run, workspace=request.workspace)
    step = run.step(request.ref.step)
    if step is None:
        raise Refused("no_such_step", step=request.ref.step)
    invited = await request.desk.directory.invite(run.channel, step.owner, patience=UNHURRIED)
    if invited is None:
        raise Refused("slack_silent")
    if not invited:
        raise Refused("cannot_invite", person=step.owner, channel=run.channel)
    mended = build_mended_message("not_member", run, request.language, step=step)
    request.desk.later(answer_privately(request, mended, in_place=True))


async def handle_channel_button(request: Request) -> None:
    """Ask where the run goes on."""
    run = await request.desk.reading.run(request.value, workspace=request.workspace)
    require_open(run)
    require_lead(run, request.user)
    await request.open(build_channel_modal(run, request.language))


async def handle_channel_form(request: Request) -> None:
    """Carry the run on in another channel."""
    fields = fields_of(request.view)
    channel = text_of(fields.get("channel"))
    wrong = wrong_fields(fields) if channel else {"channel": "start.channel_missing"}
    if not wrong and (problem := await shut_because(request.desk, channel)):
        wrong["channel"] = problem
    if wrong:
        raise Refused("start_invalid", fields=wrong)
    await change_run(
        request, request.metadata.get("run", ""),
        lambda run, _: move_run(run, channel=channel, by=request.user, at=request.at),
    )  # fmt: skip


async def handle_joined(request: Request, event: Mapping[str, Any]) -> None:
    """Somebody came in; where it is the bot, what waited is said."""
    await request.desk.rouse(request.workspace, str(event["channel"]))


async def handle_removed(request: Request, event: Mapping[str, Any]) -> None:
    """The bot itself was taken out of a channel; the lead of each run there hears of it at once.

    It does not come back by itself: whoever took it out may have meant it.
    """
    channel = str(event["channel"])
    state = await request.desk.directory.channel(channel)
    if state.is_known and state.is_member:
        return  # somebody has let it in again
    # A public channel can be spoken in from outside, and the work there goes on.
    kind = "removed" if event["type"] == "channel_left" and state.can_speak else "not_in_channel"
    facts = {"channel": channel, "left": str(request.body.get("event_id"))}
    for run in await request.desk.reading.active_in(channel, workspace=request.workspace):
        await request.desk.runs.trouble(
            run.id, kind=kind, facts=facts, workspace=request.workspace, at=request.at
        )


async def handle_left(request: Request, event: Mapping[str, Any]) -> None:
    """Somebody went; the lead hears of steps they own."""
    channel = str(event["channel"])
    request.desk.later(check_channel(request.desk, request.workspace, channel, at=request.at))
