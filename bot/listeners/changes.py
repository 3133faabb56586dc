"""Change a run, and look whether those who got work can see it."""

from bot.listeners.members import check_members
from bot.listeners.requests import Request
from bot.services.runs import Action
from playbooks.run import EventKind

_NEW_WORK = frozenset(
    {
        EventKind.STEP_OPENED,
        EventKind.STEP_ASSIGNED,
        EventKind.PEOPLE_CHANGED,
        EventKind.RUN_MOVED,
    }
)


async def change_run(
    request: Request, run_id: str, action: Action, *, people: tuple[str, ...] = ()
) -> None:
    """Let an action change a run; `people` it names who have no part in it yet."""
    change = await request.desk.runs.change(
        run_id, action, workspace=request.workspace, people=people
    )
    if any(event.kind in _NEW_WORK for event in change.events):
        request.desk.later(check_members(request.desk, change.run, at=request.at))
