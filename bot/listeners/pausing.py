"""Pausing a run, resuming it, and opening it again after its end."""

from bot.listeners.changes import change_run
from bot.listeners.fields import fields_of, text_of
from bot.listeners.requests import Request
from bot.views.pausing import build_pause_modal, build_reopen_modal, build_resume_modal
from playbooks.flow import require_lead, require_open
from playbooks.pausing import (
    Dates,
    pause_run,
    reopen_run,
    require_ended,
    require_paused,
    resume_run,
)


async def handle_pause_button(request: Request) -> None:
    """Ask why the run is paused, and say what that means."""
    run = await request.desk.reading.run(request.value, workspace=request.workspace)
    require_open(run)
    require_lead(run, request.user)
    await request.open(build_pause_modal(run, request.language))


async def handle_pause_form(request: Request) -> None:
    """Pause the run."""
    reason = text_of(fields_of(request.view).get("reason"))
    await change_run(
        request, request.metadata.get("run", ""),
        lambda run, _: pause_run(run, reason=reason, by=request.user, at=request.at),
    )  # fmt: skip


async def handle_resume_button(request: Request) -> None:
    """Ask whether the dates follow."""
    seen = await request.desk.plans.prospect(request.value, workspace=request.workspace)
    pause = require_paused(seen.run, request.user)
    await request.open(
        build_resume_modal(seen.run, pause, seen.facts, request.at, request.language)
    )


async def handle_resume_form(request: Request) -> None:
    """Let the run go on."""
    chosen = text_of(fields_of(request.view).get("dates"))
    dates: Dates = "shift" if chosen == "shift" else "keep"
    await change_run(
        request, request.metadata.get("run", ""),
        lambda run, facts: resume_run(run, facts, dates=dates, by=request.user, at=request.at),
    )  # fmt: skip


async def handle_reopen_button(request: Request) -> None:
    """Ask why the run is opened again."""
    run = await request.desk.reading.run(request.value, workspace=request.workspace)
    require_ended(run, request.user)
    await request.open(build_reopen_modal(run, request.language))


async def handle_reopen_form(request: Request) -> None:
    """Open the run again."""
    reason = text_of(fields_of(request.view).get("reason"))
    await change_run(
        request, request.metadata.get("run", ""),
        lambda run, facts: reopen_run(run, facts, reason=reason, by=request.user, at=request.at),
    )  # fmt: skip
