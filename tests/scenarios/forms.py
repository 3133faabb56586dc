"""Every form there is, opened as people open it."""

from bot.ids import ViewId
from tests.scenarios import handing, test_cycles, test_moving, test_pausing, test_phases
from tests.scenarios.document_forms import NAME, ON_DOCUMENTS, Open
from tests.scenarios.reviewing import (
    hand_in_visual,
    press,
    request,
    request_changes,
    start_review,
)
from tests.scenarios.test_questions import FIRST, SECOND
from tests.scenarios.world import ANNA, CHANNEL, LI, WANG, World


def _from_card(action: str) -> Open:
    async def open_(world: World) -> None:
        await world.start()
        await world.choose(world.wang, "venue", action)

    return open_


def _run_menu(action: str) -> Open:
    async def open_(world: World) -> None:
        await world.start()
        await world.wang.click(world.run_card(), "run.menu", option=f"{action} ")

    return open_


async def _move_date(world: World) -> None:
    """With a day so near that `late` is asked, and a date given by hand."""
    await test_moving.begin(world)
    await test_moving.open_form(world, "2025-08-22")


async def _resume(world: World) -> None:
    await test_pausing.pause(world)
    await world.at("2025-08-25")
    await test_pausing.menu(world, "run.resume")


async def _reopen(world: World) -> None:
    await test_pausing.cancel(world)
    await test_pausing.menu(world, "run.reopen")


async def _start(world: World) -> None:
    await world.start()
    await world.wang.command("/sop start event")
    await world.wang.choose("anchor_on", "2025-08-25")  # so near that `late` is asked too


async def _channel(world: World) -> None:
    run = await world.start()
    await world.bot.runs.trouble(
        run.id, kind="archived", facts={}, workspace=run.workspace, at=world.clock.now()
    )
    await world.settle()
    await world.wang.click(world.told("notice", channel=WANG)[-1], "run.channel")


async def _message(world: World) -> None:
    await world.start()
    message = await world.wang.post(CHANNEL, "look")
    await world.wang.shortcut("message.evidence", message=message)


async def _snooze(world: World) -> None:
    await world.start()
    await world.wang.click(world.card("venue"), "step.snooze")


async def _done(world: World) -> None:
    await world.start()
    await world.wang.click(world.card("venue"), "step.done")


async def _survey(world: World) -> None:
    """The first page: an open box, and a question of every kind but a gate."""
    await start_review(world)
    await world.li.click(world.card("survey"), "step.done")


async def _survey_end(world: World) -> None:
    """The last page: a gate, a text and the comment."""
    await _survey(world)
    for page in (FIRST, SECOND):
        assert await world.li.submit(page) is None


async def _visual_again(world: World) -> None:
    """A gate with its quote, a link, the signature, and what is said to changes asked for."""
    await _submitted(world)
    await request_changes(world, world.anna, "visual", "1. Logo larger\n2. Quote the claim")
    await world.li.click(world.card("visual"), "step.done")


async def _submitted(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)


def _decision(action: str) -> Open:
    async def open_(world: World) -> None:
        await _submitted(world)
        await press(world, world.anna, request(world, "visual"), action)

    return open_


async def _answer(world: World) -> None:
    await _decision(ViewId.APPROVAL_ASK)(world)
    assert await world.anna.submit({"comment": "Why red?"}) is None
    await world.settle()
    await world.li.click(world.told("notice", "visual")[-1], "approval.answer")


async def _override(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world, **{"question.claim": "no"})
    await world.chen.click(world.thread(world.card("visual"))[-1], "gate.override")


async def _hold(world: World) -> None:
    await test_phases.plan_is_over(world)
    await world.chen.click(test_phases.phase(world), "phase.hold")


async def _overrule(world: World) -> None:
    await test_phases.plan_is_over(world)
    await test_phases.hold(world)
    await world.anna.click(test_phases.phase(world), "phase.pass")


async def _return(world: World) -> None:
    await handing.start(world, name=NAME)
    await handing.hand_in(world)
    await world.chen.click(handing.request(world), "handover.return")


async def _decide(world: World) -> None:
    await handing.dispute(world, name=NAME)
    await world.wang.click(handing.request(world), "handover.decide")


async def _skip_cycle(world: World) -> None:
    await test_cycles.start(world, values={"name": NAME})
    await world.wang.command("/sop list", channel=CHANNEL)
    listed = world.wang.ephemerals(CHANNEL)[-1]
    await world.wang.click(listed, "cycle.menu", option="cycle.skip ")


async def _open_another(world: World) -> None:
    await test_cycles.start(world, values={"name": NAME}, repeat=False)
    await world.wang.click(world.run_card(), "run.steps")
    assert world.wang.modal
    await world.wang.click(world.wang.modal, "step.open")


async def _settings(world: World) -> None:
    await world.start()
    await world.wang.command("/sop settings")


async def _days(world: World) -> None:
    await _settings(world)
    await world.wang.click(world.wang.modal or {}, "days.open")
    await world.wang.click(world.wang.modal or {}, "days.open")


async def _away(world: World) -> None:
    """With the person, whom only a lead is asked for."""
    await world.start()
    await world.wang.command("/sop away", channel=CHANNEL)


async def _leaver(world: World) -> None:
    await _away(world)
    await world.wang.click(world.wang.modal or {}, "away.leaver")


async def _confirm(world: World) -> None:
    await _leaver(world)
    assert await world.wang.submit({"person": LI, "successor": ANNA}) is None


# By the view's id; a word after it tells several that share one apart.
FORMS: dict[str, Open] = {
    ViewId.RUN_START: _start,
    ViewId.RUN_CANCEL: _run_menu("run.cancel"),
    ViewId.RUN_MOVE_DATE: _move_date,
    ViewId.RUN_PAUSE: _run_menu("run.pause"),
    ViewId.RUN_RESUME: _resume,
    ViewId.RUN_REOPEN: _reopen,
    ViewId.RUN_EXPORT: _run_menu("run.export"),
    ViewId.RUN_ROLES: _run_menu("run.roles"),
    ViewId.RUN_CHANNEL: _channel,
    ViewId.CYCLE_SKIP: _skip_cycle,
    ViewId.STEP_OPEN: _open_another,
    ViewId.STEP_DONE: _done,
    f"{ViewId.STEP_DONE} survey": _survey,
    f"{ViewId.STEP_DONE} survey-end": _survey_end,
    f"{ViewId.STEP_DONE} again": _visual_again,
    ViewId.STEP_SKIP: _from_card("step.skip"),
    ViewId.STEP_SNOOZE: _snooze,
    ViewId.STEP_ASSIGN: _from_card("step.assign"),
    ViewId.STEP_RESCHEDULE: _from_card("step.reschedule"),
    ViewId.STEP_EVIDENCE: _from_card("step.evidence"),
    ViewId.STEP_COMMENT: _from_card("step.comment"),
    ViewId.MESSAGE_EVIDENCE: _message,
    ViewId.APPROVAL_CHANGES: _decision("approval.request_changes"),
    ViewId.APPROVAL_ASK: _decision("approval.ask"),
    ViewId.APPROVAL_ANSWER: _answer,
    ViewId.APPROVAL_REJECT: _decision("approval.reject"),
    ViewId.APPROVAL_DELEGATE: _decision("approval.delegate"),
    ViewId.GATE_OVERRIDE: _override,
    ViewId.PHASE_HOLD: _hold,
    ViewId.PHASE_GO: _overrule,
    ViewId.HANDOVER_RETURN: _return,
    ViewId.HANDOVER_DECIDE: _decide,
    ViewId.SETTINGS_EDIT: _settings,
    ViewId.DAYS_EDIT: _days,
    ViewId.AWAY_SET: _away,
    ViewId.AWAY_LEAVER: _leaver,
    ViewId.AWAY_CONFIRM: _confirm,
    **ON_DOCUMENTS,
}
