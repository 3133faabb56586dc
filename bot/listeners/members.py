"""Who cannot see what they own: the lead hears of it, with a button that mends it."""

from datetime import datetime

from bot.directory import UNHURRIED
from bot.listeners.requests import Desk
from playbooks.run import Run, StepStatus


async def shut_because(desk: Desk, channel: str) -> str | None:
    """The key of the words why the bot cannot speak in a channel, if it cannot."""
    if not channel:
        return None
    state = await desk.directory.channel(channel)
    if state.is_archived:
        return "start.channel_archived"
    return None if state.can_speak else "start.channel_not_member"


async def settle_in(desk: Desk, run: Run, *, at: datetime) -> None:
    """Enter the run's channel where the bot only speaks from outside, and see who is in it."""
    state = await desk.directory.channel(run.channel)
    if not (state.is_known and state.is_member):  # to join twice does no harm
        await desk.directory.join(run.channel, patience=UNHURRIED)
    await check_members(desk, run, at=at)


async def check_members(desk: Desk, run: Run, *, at: datetime) -> None:
    """Tell the lead of each owner under way who is not in the run's channel."""
    members = await desk.directory.members(run.channel)
    if not members:
        return
    told: set[str] = set()
    for step in run.steps:
        if step.status is not StepStatus.ACTIVE or step.owner in members | told:
            continue
        told.add(step.owner)
        await desk.runs.trouble(
            run.id, kind="not_member", facts={"step": step.key, "person": step.owner},
            workspace=run.workspace, at=at,
        )  # fmt: skip


async def check_channel(desk: Desk, workspace: str, channel: str, *, at: datetime) -> None:
    """Check the owners of every active run of a channel."""
    for run in await desk.reading.active_in(channel, workspace=workspace):
        await check_members(desk, run, at=at)
