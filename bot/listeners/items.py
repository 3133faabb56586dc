"""The boxes on a step's card."""

from bot.listeners.changes import change_run
from bot.listeners.fields import many_of
from bot.listeners.requests import Request
from bot.refs import StepRef
from bot.views.blocks import BOXES
from bot.views.dates import Zones
from bot.views.steps import build_step_message, with_fresh_boxes
from playbooks.flow import items_of
from playbooks.run import Refused, Run
from playbooks.step_actions import tick_items


async def handle_items(request: Request) -> None:
    """Tick or clear the items of one group of boxes."""
    ref, group = _group(str(request.action.get("block_id")))
    ticked = many_of(request.action)
    try:
        await change_run(
            request, ref.run,
            lambda run, _: tick_items(
                run, ref.step, shown=_shown(run, ref, group), ticked=ticked, by=request.user,
                at=request.at,
            ),
        )  # fmt: skip
    except Refused as refused:
        if refused.run:
            request.desk.later(_take_back(request, refused.run, ref))
        raise


async def _take_back(request: Request, run: Run, ref: StepRef) -> None:
    """Draw the card once more: the person who ticked it sees a tick that is not there."""
    step = run.step(ref.step)
    if step is None:
        return
    _, _, document = await request.desk.documents.look(run.id, step.key, workspace=run.workspace)
    met = await request.meet(step.owner)
    zones = Zones({id_: person.zone for id_, person in met.items()})
    drafts = {step.key: document.answers}
    card = build_step_message(run, step, request.at, run.language, zones, drafts)
    card = with_fresh_boxes(card, str(request.action.get("action_ts")))
    container = request.container
    await request.client.chat_update(
        channel=container["channel_id"], ts=container["message_ts"], text=card.text,
        blocks=card.blocks,
    )  # fmt: skip


def _group(block_id: str) -> tuple[StepRef, int]:
    ref, _, number = block_id.partition("#")
    try:
        return StepRef.parse(ref), int(number.partition("#")[0])
    except ValueError:
        raise Refused("stale_button") from None


def _shown(run: Run, ref: StepRef, group: int) -> list[str]:
    step = run.step(ref.step)
    items = items_of(run, step) if step else ()
    return [item.id for item in items[group * BOXES : (group + 1) * BOXES]]
