"""Calendar links: made, shown once, and switched off."""

from bot.listeners.over import show_over
from bot.listeners.requests import Request
from bot.views.feeds import build_known_feed_modal, build_new_feed_modal, build_no_feed_modal
from playbooks.run import Run

_MINE = "me"


async def handle_make_button(request: Request) -> None:
    """Make a link; where there is one already, say so first."""
    how, _, whose = request.value.partition("/")
    run, feeds = await _run(request, whose), request.desk.feeds
    held = {"workspace": request.workspace, "by": request.user, "run_id": run.id if run else ""}
    made_at = await feeds.made_at(**held)
    if made_at and how != "anew":
        await show_over(request, build_known_feed_modal(made_at, run, request.person))
        return
    if await _is_repeated(request):
        return
    url = await feeds.make(**held, at=request.at)
    await show_over(request, build_new_feed_modal(url, run, request.language))


async def handle_revoke_button(request: Request) -> None:
    """Let a link work no more."""
    run = await _run(request, request.value)
    await request.desk.feeds.revoke(
        workspace=request.workspace, by=request.user, at=request.at, run_id=run.id if run else ""
    )
    await request.redraw(build_no_feed_modal(run, request.language))


async def _run(request: Request, whose: str) -> Run | None:
    """The run a link is about; None where it is a person's own."""
    if whose == _MINE:
        return None
    return await request.desk.reading.run(whose, workspace=request.workspace)


async def _is_repeated(request: Request) -> bool:
    """Whether Slack delivers this click once more: the link it made must not be replaced."""
    key = f"feed/{request.receipt.key}" if request.receipt else ""
    first = not key or await request.desk.reading.first_time(
        key, workspace=request.workspace, at=request.at
    )
    return not first
