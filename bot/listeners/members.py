"""Who cannot see what they own: the lead hears of it, with a button that mends it."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from bot.directory import UNHURRIED
from bot.ids import PERSON
from bot.listeners.desk import Desk
from bot.listeners.requests import Request
from playbooks.run import Refused, Run, StepStatus


async def shut_because(desk: Desk, channel: str) -> str | None:
    """The key of the words why the bot cannot speak in a channel, if it cannot."""
    if not channel:
        return None
    state = await desk.directory.channel(channel)
    if state.is_archived:
        return "start.channel_archived"
    return None if state.can_speak else "start.channel_not_member"


async def wrong_people(
    request: Request, people: Mapping[str, tuple[str, ...]], *, stand_in: str = ""
) -> dict[str, str]:
    """The fields that name an app, or somebody Slack does not know: of roles, and the stand-in."""
    named = {f"role.{role}": ids for role, ids in people.items()}
    named |= {"stand_in": (stand_in,)} if stand_in else {}
    bots, nobodies = await _unable(request, {person for ids in named.values() for person in ids})
    wrong = {field: "start.person_unknown" for field, ids in named.items() if nobodies & {*ids}}
    return wrong | {field: "start.person_bot" for field, ids in named.items() if bots & {*ids}}


async def require_person(request: Request, id_: str, code: str = "cannot_own") -> None:
    """Refuse who can own, decide or witness nothing: an app, and somebody Slack does not know."""
    bots, nobodies = await _unable(request, {id_} if PERSON.fullmatch(id_) else set())
    if not PERSON.fullmatch(id_) or bots or nobodies:
        raise Refused(code, person=id_, by=request.user)


async def _unable(request: Request, ids: set[str]) -> tuple[set[str], set[str]]:
    """Who of these is an app, and whom Slack does not know."""
    people, directory = request.desk.people, request.desk.directory
    strangers = [id_ for id_ in ids if not people.recall(id_, workspace=request.workspace)]
    # At once: who waits must not wait for each of Slack's answers in turn.
    met, known = await asyncio.gather(
        request.meet(*ids), asyncio.gather(*(directory.is_nobody(id_) for id_ in strangers))
    )
    nobodies = {id_ for id_, nobody in zip(strangers, known, strict=True) if nobody}
    return {id_ for id_, person in met.items() if person.is_bot}, nobodies - met.keys()


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
