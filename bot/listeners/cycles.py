"""SOPs that start again by themselves: the list of them, and what people change about it."""

from bot.listeners.fields import fields_of, text_of
from bot.listeners.replies import answer_privately
from bot.listeners.requests import Request
from bot.refs import CycleRef
from bot.services.schedules import Act
from bot.views.blocks import Message
from bot.views.cycles import build_skip_cycle_modal, repeat_words
from bot.views.playbook_list import build_playbooks_message
from playbooks import schedules
from playbooks.calendars import CALENDARS, in_reach
from playbooks.definition import Playbook
from playbooks.flow import require_lead
from playbooks.run import Refused
from playbooks.schedules import Schedule, first_opening
from playbooks.start import StartForm


async def show_list(request: Request) -> Message:
    """The SOPs one can start, and those that start by themselves."""
    repeating = await request.desk.schedules.all(workspace=request.workspace)
    return build_playbooks_message(
        request.desk.library().all(), request.language, repeating, request.user
    )


def repeats_of(request: Request, playbook: Playbook, form: StartForm) -> tuple[str, str] | None:
    """When a run started so would be followed by the next, in words; a hint perhaps."""
    if form.calendar not in CALENDARS or not in_reach(form.start_on):
        return None  # which is told at its field
    zone = request.person.zone if form.calendar == "none" else CALENDARS[form.calendar]
    opening = first_opening(
        playbook, calendar=form.calendar, zone=zone, start_on=form.start_on, at=request.at
    )
    return repeat_words(opening, form.calendar, zone, request.language) if opening else None


async def handle_skip_button(request: Request) -> None:
    """Ask why the next one is left out."""
    ref = _ref(request.value)
    schedule, run = await request.desk.schedules.get(ref.schedule, workspace=request.workspace)
    require_lead(run, request.user)
    schedules.require_next(schedule, ref.cycle)
    await request.open(build_skip_cycle_modal((schedule, run), request.language))


async def handle_skip_form(request: Request) -> None:
    """Leave the next one out, or ask whoever has to agree."""
    ref = _ref(request.metadata.get("cycle", ""))
    reason = text_of(fields_of(request.view).get("reason"))
    await _change(
        request, ref,
        lambda schedule, run: schedules.ask_skip(
            schedule, run, cycle=ref.cycle, reason=reason, by=request.user, at=request.at
        ),
    )  # fmt: skip


async def handle_agree_button(request: Request) -> None:
    """Agree that it is left out."""
    await _answer(request, agreed=True)


async def handle_disagree_button(request: Request) -> None:
    """Have it take place."""
    await _answer(request, agreed=False)


async def _answer(request: Request, *, agreed: bool) -> None:
    ref = _ref(request.value)
    await _change(
        request, ref,
        lambda schedule, run: schedules.answer_skip(
            schedule, run, cycle=ref.cycle, agreed=agreed, by=request.user, at=request.at
        ),
    )  # fmt: skip


async def handle_stop_button(request: Request) -> None:
    """Start no further run."""
    await _change(
        request, _ref(request.value),
        lambda schedule, run: schedules.stop(schedule, run, by=request.user, at=request.at),
    )  # fmt: skip
    await _renew(request)


async def handle_resume_button(request: Request) -> None:
    """Start runs again."""
    await _change(
        request, _ref(request.value),
        lambda schedule, run: schedules.resume(schedule, run, by=request.user, at=request.at),
    )  # fmt: skip
    await _renew(request)


async def _change(request: Request, ref: CycleRef, act: Act) -> Schedule:
    return await request.desk.schedules.change(
        ref.schedule, act, workspace=request.workspace, receipt=request.receipt
    )


async def _renew(request: Request) -> None:
    """The list it was pressed in follows."""
    request.desk.later(answer_privately(request, await show_list(request), in_place=True))


def _ref(text: str) -> CycleRef:
    try:
        return CycleRef.parse(text)
    except ValueError:
        raise Refused("stale_button") from None
