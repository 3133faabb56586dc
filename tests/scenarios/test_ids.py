"""Every id that a message, a form or the manifest shows has a listener, and the other way round."""

from collections.abc import Callable, Iterable

from bot.ids import ActionId, ViewId
from bot.listeners import routes
from bot.manifest import EVENTS, build_manifest
from tests.scenarios.reading import buttons
from tests.scenarios.reviewing import VISUAL, hand_in_visual, press, request, send
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World

# An overflow's own id is never acted on: the chosen option names what it stands for.
MENUS = {
    ActionId.STEP_MENU, ActionId.RUN_MENU, ActionId.SIGN_MENU, ActionId.APPROVAL_MENU,
    ActionId.CYCLE_MENU,
}  # fmt: skip
# Forms without a button to send them.
SHOWN_ONLY = {
    ViewId.RUN_STEPS, ViewId.ANSWER, ViewId.SIGN_READ, ViewId.PLAN_SHOW, ViewId.FEED_SHOW,
}  # fmt: skip
# Looked at in scenarios of their own.
ELSEWHERE = (
    "sign.", "form.", "phase.", "change.", "handover.", "ack.", "cycle.", "step.open", "feed.",
    "days.", "home.page", "away.",
)  # fmt: skip


def own(ids: Iterable[str]) -> set[str]:
    """The ids this file looks at."""
    return {str(id_) for id_ in ids if not id_.startswith(ELSEWHERE)}


def test_every_id_leads_somewhere_and_every_route_has_an_id() -> None:
    assert set(routes.ACTIONS) == set(ActionId) - MENUS
    assert set(routes.VIEWS) == set(ViewId) - SHOWN_ONLY


def test_every_shortcut_and_event_of_the_manifest_is_listened_to() -> None:
    shortcuts = build_manifest()["features"]["shortcuts"]
    assert {one["callback_id"] for one in shortcuts} == set(routes.SHORTCUTS)
    assert {event.partition(".")[0] for event in EVENTS} == set(routes.EVENTS)


async def review(world: World, look: Callable[..., None]) -> None:
    """Answer so that a gate closes, override it, and decide in every way there is."""
    roles = {"role.designer": LI, "role.manager": ANNA, "role.head": CHEN, "role.board": [WANG]}
    assert await world.fill_start(world.wang, roles, playbook="review") is None
    await world.settle()
    await hand_in_visual(world, **{"question.claim": "no"})
    gate = world.told("notice", "visual")[-1]
    await world.chen.click(gate, "gate.override")
    look(gate, world.chen.modal)
    assert await send(world, world.chen, {"reason": "Agreed by phone"}) is None
    await world.finish("visual", world.li, VISUAL | {"question.claim": "no"})
    look(request(world, "visual"))
    for action in ("request_changes", "delegate", "reject", "ask"):
        await press(world, world.anna, request(world, "visual"), f"approval.{action}")
        look(world.anna.modal)
    assert await send(world, world.anna, {"comment": "Why?"}) is None
    question = world.told("notice", "visual")[-1]
    await press(world, world.li, question, "approval.answer")
    look(question, world.li.modal)
    await world.anna.post(CHANNEL, "ok", thread_ts=world.card("visual")["ts"])
    await world.settle()
    await press(world, world.anna, request(world, "visual"), "approval.approve")
    look(*world.told("approval", "visual"), *world.anna.ephemerals())


async def stop(world: World, look: Callable[..., None]) -> None:
    """Pause the newest run, then cancel it, and look at what leads back."""
    for action, back in (("pause", "resume"), ("cancel", "reopen")):
        await world.wang.click(world.run_card(), "run.menu", option=f"run.{action} ")
        assert await send(world, world.wang, {"reason": "x"}) is None
        look(world.run_card())
        await world.wang.click(world.run_card(), "run.menu", option=f"run.{back} ")
        look(world.wang.modal)
        await world.wang.close()


async def test_every_id_that_people_see_is_answered_and_every_answered_id_is_seen(
    world: World,
) -> None:
    run = await world.start()
    seen: set[str] = set()
    forms: set[str] = set()

    def look(*shown: object) -> None:
        for one in shown:
            assert isinstance(one, dict)
            seen.update(buttons(one))
            forms.add(one.get("callback_id", ""))

    for line in ("/sop", "/sop my", "/sop list", "/sop status", "/sop help"):
        look(await world.wang.command(line))
    await world.wang.command("/sop start tryout")
    look(world.wang.modal)
    await world.li.post(CHANNEL, "<https://e.com/x>", thread_ts=world.card("page")["ts"])
    await world.wang.open_home()
    await world.settle()
    look(world.wang.home, *world.li.ephemerals())
    await world.wang.click(world.card("venue"), "step.snooze")
    look(world.wang.modal)
    await world.anna.command("/sop settings")
    look(world.anna.modal)
    for action in ("reschedule", "assign", "evidence", "comment", "skip"):
        await world.choose(world.wang, "venue", f"step.{action}")
        look(world.wang.modal)
    await world.wang.click(world.card("venue"), "step.done")
    look(world.wang.modal)
    for action in ("move_date", "pause", "cancel", "roles", "export"):
        await world.wang.click(world.run_card(), "run.menu", option=f"run.{action} ")
        look(world.wang.modal)
    message = await world.wang.post(CHANNEL, "look")
    await world.wang.shortcut("message.evidence", message=message)
    look(world.wang.modal)
    await world.finish("plain", world.li)
    await world.at("2025-08-25")
    look(*world.told("step"), *world.told("run"), *world.told("reminder"))
    for kind, step in {"not_in_channel": "", "archived": "", "not_member": "page"}.items():
        await world.bot.runs.trouble(
            run.id, kind=kind, facts={"step": step}, workspace=run.workspace,
            at=world.clock.now(),
        )  # fmt: skip
    await world.settle()
    look(*world.told("notice", channel=WANG))
    await world.wang.click(world.told("notice", channel=WANG)[1], "run.channel")
    look(world.wang.modal)
    await world.start(name="Second")
    look(await world.wang.command("/sop status"))
    await stop(world, look)
    await review(world, look)
    assert own(seen - {str(menu) for menu in MENUS}) == own(routes.ACTIONS)
    assert forms - {""} == own(routes.VIEWS)
