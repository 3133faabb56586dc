"""Somebody's open steps with the addresses of their cards, and their Home."""

from bot.listeners.replies import answer_privately
from bot.listeners.requests import Request, dict_of
from bot.views.home import build_home_view
from bot.views.menu import build_my_work_message
from bot.views.work import Work
from playbooks.run import StepStatus


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


async def renew_my_work(request: Request) -> None:
    """Draw the private list of somebody's work anew, where they pressed something in it."""
    work = build_my_work_message(request.person, await work_of(request), request.at)
    await answer_privately(request, work, in_place=True)


def address(request: Request, channel: str, ts: str) -> str | None:
    """A message's address, as Slack forms them; None where the workspace's name is not known."""
    domain = dict_of(request.body.get("team")).get("domain") or request.body.get("team_domain")
    return (
        f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}" if domain else None
    )


async def publish_home(request: Request) -> None:
    """Draw somebody's Home anew."""
    runs = await request.desk.reading.runs_of(request.user, workspace=request.workspace)
    view = build_home_view(request.person, await work_of(request), runs, request.at)
    await request.client.views_publish(user_id=request.user, view=view)
