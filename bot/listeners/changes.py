"""Change a run, and look whether those who got work can see it."""

from bot.listeners.members import check_members, settle_in
from bot.listeners.requests import Request
from bot.listeners.work import renew_homes
from bot.services.runs import Action
from playbooks.run import EventKind

_NEW_WORK = {EventKind.STEP_OPENED, EventKind.STEP_ASSIGNED, EventKind.PEOPLE_CHANGED}
# What changes whose turn it is to decide.
_DECISIONS = {
    EventKind.STEP_SUBMITTED, EventKind.DECIDED, EventKind.DECISION_UNDONE,
    EventKind.PHASE_ASKED, EventKind.PHASE_PASSED, EventKind.PHASE_UNDONE, EventKind.PHASE_LAPSED,
}  # fmt: skip


async def change_run(
    request: Request, run_id: str, action: Action, *, people: tuple[str, ...] = ()
) -> None:
    """Let an action change a run; `people` it names who have no part in it yet."""
    change = await request.desk.runs.change(
        run_id, action, workspace=request.workspace, people=people, receipt=request.receipt
    )
    kinds = {event.kind for event in change.events}
    if kinds & _DECISIONS:
        request.desk.later(renew_homes(request, change))
    if any(step.freeze_at for step in change.run.steps):
        request.desk.later(request.desk.keep_files())
    if EventKind.RUN_MOVED in kinds:
        request.desk.later(settle_in(request.desk, change.run, at=request.at))
    elif kinds & _NEW_WORK:
        request.desk.later(check_members(request.desk, change.run, at=request.at))
