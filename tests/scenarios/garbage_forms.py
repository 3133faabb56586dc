"""Every form there is, and how a person comes to have it open."""

from collections.abc import Awaitable, Callable

from bot.ids import ViewId
from bot.sandbox.person import Person
from tests.scenarios import agreement, handing, test_phases
from tests.scenarios.reviewing import hand_in_visual, press, request, send, start_review
from tests.scenarios.world import ANNA, CHANNEL, WANG, World

Open = Callable[[World], Awaitable[Person]]  # starts a run; returns who has the form open


def _from_card(action: str) -> Open:
    async def open_(world: World) -> Person:
        await world.start()
        await world.choose(world.wang, "venue", action)
        return world.wang

    return open_


def _from_run(action: str) -> Open:
    async def open_(world: World) -> Person:
        await world.start()
        await world.wang.click(world.run_card(), "run.menu", option=f"{action} ")
        return world.wang

    return open_


async def _start(world: World) -> Person:
    await world.start()
    await world.wang.command("/sop start event")
    await world.wang.choose("anchor_on", "2025-08-25")  # so near that `late` is asked too
    return world.wang


async def _done(world: World) -> Person:
    await world.start()
    await world.wang.click(world.card("venue"), "step.done")
    return world.wang


async def _message(world: World) -> Person:
    await world.start()
    message = await world.wang.post(CHANNEL, "look")
    await world.wang.shortcut("message.evidence", message=message)
    return world.wang


async def _channel(world: World) -> Person:
    run = await world.start()
    await world.bot.runs.trouble(
        run.id, kind="archived", facts={}, workspace=run.workspace, at=world.clock.now()
    )
    await world.settle()
    await world.wang.click(world.told("notice", channel=WANG)[-1], "run.channel")
    return world.wang


def _decision(action: str) -> Open:
    async def open_(world: World) -> Person:
        await start_review(world)
        await hand_in_visual(world)
        await press(world, world.anna, request(world, "visual"), action)
        return world.anna

    return open_


async def _answer(world: World) -> Person:
    anna = await _decision("approval.ask")(world)
    assert await send(world, anna, {"comment": "Why?"}) is None
    await press(world, world.li, world.told("notice", "visual")[-1], "approval.answer")
    return world.li


async def _override(world: World) -> Person:
    await start_review(world)
    await hand_in_visual(world, **{"question.claim": "no"})
    await world.chen.click(world.told("notice", "visual")[-1], "gate.override")
    return world.chen


async def _hold(world: World) -> Person:
    await test_phases.plan_is_over(world)
    await world.chen.click(test_phases.phase(world), "phase.hold")
    return world.chen


async def _pass(world: World) -> Person:
    await test_phases.plan_is_over(world)
    await test_phases.hold(world)
    await world.anna.click(test_phases.phase(world), "phase.pass")
    return world.anna


def _on_document(action: str) -> Open:
    async def open_(world: World) -> Person:
        await agreement.started(world)
        await world.wang.click(world.card("confirm"), action)
        return world.wang

    return open_


async def _sign(world: World) -> Person:
    await agreement.handed_in(world)
    await world.chen.click(agreement.newest(world), "sign.sign")
    return world.chen


async def _send(world: World) -> Person:
    await agreement.handed_in(world)
    await world.wang.click(agreement.newest(world), "sign.send")
    return world.wang


async def _ask_for_changes(world: World) -> Person:
    await agreement.handed_in(world, **{"role.client": ANNA})
    await world.anna.click(world.told("approval", channel=ANNA)[-1], "sign.changes")
    return world.anna


def _from_version(action: str) -> Open:
    async def open_(world: World) -> Person:
        await agreement.handed_in(world)
        await world.wang.click(agreement.newest(world), "sign.menu", option=f"{action} ")
        return world.wang

    return open_


async def _price(world: World) -> Person:
    await agreement.handed_in(world, **{"role.client": ANNA})
    for goal in ("Wuhan", "Changsha"):
        await world.anna.click(world.told("approval", channel=ANNA)[-1], "sign.changes")
        assert await world.anna.submit({"text": f"Name {goal}"}) is None
        await world.settle()
        if goal == "Wuhan":
            await agreement.edit_returned(world, goal)
    await world.wang.click(agreement.newest(world), "sign.price")
    return world.wang


async def _return(world: World) -> Person:
    await handing.start(world)
    await handing.hand_in(world)
    await world.chen.click(handing.request(world), "handover.return")
    return world.chen


async def _decide(world: World) -> Person:
    await handing.dispute(world)
    await world.wang.click(handing.request(world), "handover.decide")
    return world.wang


FORMS: dict[ViewId, Open] = {
    ViewId.RUN_START: _start,
    ViewId.RUN_CANCEL: _from_run("run.cancel"),
    ViewId.RUN_ROLES: _from_run("run.roles"),
    ViewId.RUN_CHANNEL: _channel,
    ViewId.STEP_DONE: _done,
    ViewId.STEP_SKIP: _from_card("step.skip"),
    ViewId.STEP_ASSIGN: _from_card("step.assign"),
    ViewId.STEP_RESCHEDULE: _from_card("step.reschedule"),
    ViewId.STEP_EVIDENCE: _from_card("step.evidence"),
    ViewId.STEP_COMMENT: _from_card("step.comment"),
    ViewId.MESSAGE_EVIDENCE: _message,
    ViewId.APPROVAL_CHANGES: _decision("approval.request_changes"),
    ViewId.APPROVAL_REJECT: _decision("approval.reject"),
    ViewId.APPROVAL_ASK: _decision("approval.ask"),
    ViewId.APPROVAL_DELEGATE: _decision("approval.delegate"),
    ViewId.APPROVAL_ANSWER: _answer,
    ViewId.GATE_OVERRIDE: _override,
    ViewId.PHASE_GO: _pass,
    ViewId.PHASE_HOLD: _hold,
    ViewId.HANDOVER_RETURN: _return,
    ViewId.HANDOVER_DECIDE: _decide,
    ViewId.FORM_FILL: _on_document("form.fill"),
    ViewId.FORM_SEND: _on_document("form.send"),
    ViewId.SIGN_SIGN: _sign,
    ViewId.SIGN_SEND: _send,
    ViewId.SIGN_PAPER: _from_version("sign.paper"),
    ViewId.SIGN_COMMENT: _from_version("sign.comment"),
    ViewId.SIGN_CHANGES: _ask_for_changes,
    ViewId.SIGN_PRICE: _price,
}
