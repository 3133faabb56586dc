"""When something submitted changes: what Slack tells of files, and who says whether it matters."""

from collections.abc import Mapping
from typing import Any

from bot.listeners.changes import change_run
from bot.listeners.requests import Request, dict_of
from bot.refs import ChangeRef
from playbooks.amendments import judge_change
from playbooks.run import Refused


async def note_file_news(request: Request, event: Mapping[str, Any]) -> None:
    """Fetch a file again that a step holds; what Slack says of it is not taken on trust."""
    desk, file = request.desk, str(event.get("file_id") or dict_of(event.get("file")).get("id"))
    if await desk.freezing.look_again(file, workspace=request.workspace, at=request.at):
        desk.later(desk.keep_files())


async def handle_minor_button(request: Request) -> None:
    """The approval stands all the same."""
    await _judge(request, material=False)


async def handle_material_button(request: Request) -> None:
    """It has to be decided again."""
    await _judge(request, material=True)


async def _judge(request: Request, *, material: bool) -> None:
    try:
        ref = ChangeRef.parse(request.value)
    except ValueError:
        raise Refused("stale_button") from None
    await change_run(
        request, ref.run,
        lambda run, facts: judge_change(
            run, ref.step, ref.version, facts, material=material, by=request.user, at=request.at
        ),
    )  # fmt: skip
