"""Somebody's open steps with the addresses of their cards, and their Home."""

from dataclasses import replace

from bot.listeners.replies import answer_privately
from bot.listeners.requests import Request, dict_of
from bot.views.decisions import Decision, decisions_of
from bot.views.home import HomeDesk, build_home_view
from bot.views.menu import build_my_work_message
from bot.views.work import Work
from playbooks.handovers import asked_first
from playbooks.levels import all_levels
from playbooks.phases import deciders_of, gate_moves
from playbooks.run import Change, StepStatus

_REMEMBERED = 500  # forms open at once


async def work_of(request: Request) -> list[Work]:
    """The steps that wait for this person now."""
    rows = await request.desk.reading.work_of(request.user, workspace=request.workspace)
    active = [(run, step) for run, step in rows if step.status is StepStatus.ACTIVE]
    cards = await request.desk.reading.cards_of(
        [(run.id, step.key, run.channel) for run, step in active], workspace=request.workspace
    )
    places = [cards.get((run.id, step.key)) for run, step in active]
    links = [address(request, *place) if place else None for place in places]
    return [(run, step, link) for (run, step), link in zip(active, links, strict=True)]


async def to_decide(request: Request) -> list[Decision]:
    """The decisions that wait for this person now."""
    steps = await request.desk.reading.to_decide(request.user, workspace=request.workspace)
    return decisions_of(request.user, steps)


def follow_form(request: Request, view_id: str) -> None:
    """Remember the private list in which a form was opened, so that it can follow the form."""
    behind, url = request.desk.behind, request.body.get("response_url")
    if view_id and url and (request.body.get("container") or {}).get("is_ephemeral"):
        behind[view_id] = str(url)
    while len(behind) > _REMEMBERED:  # forms that were closed unsent
        behind.pop(next(iter(behind)))


def renew_behind(request: Request) -> None:
    """Draw anew what a form was opened in, once it was sent: the Home, or the list of work."""
    if request.metadata.get("home"):
        request.desk.later(publish_home(request))
    if url := request.desk.behind.pop(str(request.view.get("id")), None):
        pressed = replace(request, body={**request.body, "response_url": url})
        request.desk.later(renew_my_work(pressed))


async def renew_my_work(request: Request) -> None:
    """Draw the private list of somebody's work anew, where they pressed something in it."""
    work = build_my_work_message(
        request.person, await work_of(request), request.at, await to_decide(request)
    )
    await answer_privately(request, work, in_place=True)


def address(request: Request, channel: str, ts: str) -> str | None:
    """A message's address, as Slack forms them; None where the workspace's name is not known."""
    domain = dict_of(request.body.get("team")).get("domain") or request.body.get("team_domain")
    return (
        f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}" if domain else None
    )


async def renew_homes(request: Request, change: Change) -> None:
    """Draw the Homes of those anew whose turn it is to decide, or was."""
    run, keys = change.run, {event.step for event in change.events}
    asked = (phase for phase in run.playbook.phases if gate_moves(run, phase))
    gates = {person for phase in asked for person in deciders_of(run, phase)}
    steps = [step for step in change.run.steps if step.key in keys and step.versions]
    people = {
        person
        for step in steps
        for level in all_levels(change.run, step, step.versions[-1])
        for person in asked_first(change.run, step, level)
    } | {person for step in steps for move in step.moves for person in (move.to, *move.people)}
    people |= gates
    for person in (await request.meet(*people - {request.user})).values():
        await publish_home(replace(request, person=person))


async def publish_home(request: Request, *, page: int | None = None) -> None:
    """Draw somebody's Home anew; on the page they are on, where no other is named."""
    known = await request.meet(request.user)  # what they have just set counts
    request = replace(request, person=known.get(request.user, request.person))
    reading, workspace = request.desk.reading, request.workspace
    desk = HomeDesk(
        work=await work_of(request), decisions=await to_decide(request),
        waiting=await reading.waiting_for(request.user, workspace=workspace),
        runs=await reading.runs_of(request.user, workspace=workspace),
    )  # fmt: skip
    view = build_home_view(request.person, desk, request.at, page=page or request.home_page)
    await request.client.views_publish(user_id=request.user, view=view)
