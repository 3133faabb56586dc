"""What stands around a decision: nods, undo, the Home, `/sop my`, and a stand-in."""

from copy import deepcopy
from datetime import timedelta

import pytest

from bot.listeners.nods import is_nod
from bot.sandbox.person import Person
from bot.words.catalogue import say
from playbooks.run import Run, StepStatus
from tests.scenarios.reading import Json, buttons, fields, words
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, TODAY, WANG, World


async def begin(world: World, **values: str) -> Run:
    """Wang leads, Li writes, Chen is head."""
    roles = {"role.writer": LI, "role.head": CHEN, "language": "en", "name": "Leaflet"}
    errors = await world.fill_start(
        world.wang, roles | {n.replace("__", "."): v for n, v in values.items()}, playbook="desk"
    )
    assert errors is None
    await world.settle()
    return await world.run()


async def hand_in(world: World, by: Person | None = None) -> None:
    """Hand the text in, for the manager to decide."""
    await world.finish("text", by or world.li)


def request(world: World, level: str) -> Json:
    """The newest request of a level."""
    found = [m for m in world.told("approval", "text") if f"/{level}" in key(m)]
    return found[-1]


def key(message: Json) -> str:
    return str(message["metadata"]["event_payload"]["key"])


async def test_an_approver_who_types_ok_is_offered_the_button_once_and_it_counts(
    world: World,
) -> None:
    await begin(world)
    await hand_in(world)
    card = world.card("text")
    await world.li.post(CHANNEL, "ok", thread_ts=card["ts"])  # the author has nothing to decide
    await world.chen.post(CHANNEL, "LGTM!", thread_ts=card["ts"])  # not yet their turn
    for nod in ("Looks good :+1:", "ok"):
        await world.wang.post(CHANNEL, nod, thread_ts=card["ts"])
    await world.settle()
    assert world.whispers(world.li) == world.whispers(world.chen) == []
    [offer] = world.wang.ephemerals(CHANNEL)
    assert (await world.step("text")).moves == ()
    await world.wang.click(offer, "reply.record")
    await world.settle()
    [move] = (await world.step("text")).moves
    assert (move.kind, move.level, move.by) == ("approve", "manager", WANG)
    facts = {"title": "Write the text", "n": 1}
    assert world.whispers(world.wang) == [say("en", "approval.recorded", **facts)]


async def test_a_thumb_on_the_request_is_no_decision_but_brings_the_buttons(world: World) -> None:
    await begin(world)
    await hand_in(world)
    await world.wang.react(request(world, "manager"), "eyes")
    await world.wang.react(request(world, "manager"), "+1")
    await world.settle()
    [offer] = world.wang.ephemerals(CHANNEL)
    assert buttons(offer) == ["reply.record", "approval.request_changes"]
    assert (await world.step("text")).status is StepStatus.DECIDING


@pytest.mark.parametrize(
    "text", ["可以", "没问题！", "LGTM", "👍", ":white_check_mark: ok", "好的。"]
)
def test_these_are_nods(text: str) -> None:
    assert is_nod(text)


@pytest.mark.parametrize(
    "text", ["", "not ok", "可以吗？先改一下标题", "ok, but the logo is old", "?"]
)
def test_these_say_more_than_yes(text: str) -> None:
    assert not is_nod(text)


async def test_a_decision_can_be_undone_for_five_minutes_and_then_its_button_goes(
    world: World,
) -> None:
    await begin(world)
    await hand_in(world)
    await world.wang.click(request(world, "manager"), "approval.approve")
    await world.settle()
    assert buttons(request(world, "manager")) == ["approval.undo"]
    await world.wang.click(request(world, "manager"), "approval.undo")
    await world.settle()
    assert "approval.approve" in buttons(request(world, "manager"))
    assert buttons(request(world, "head")) == []
    await world.wang.click(request(world, "manager"), "approval.approve")
    await world.settle()
    decided = deepcopy(request(world, "manager"))
    world.clock.advance(timedelta(minutes=6))
    await world.settle()
    assert buttons(request(world, "manager")) == []
    copies = world.told("approval", "text", WANG)
    assert [buttons(copy) for copy in copies] == [[]]
    await world.wang.click(decided, "approval.undo")
    await world.settle()
    assert world.whispers(world.wang)[-1] == say("en", "refused.undo_late")


async def test_undoing_the_last_approval_makes_what_opened_wait_again(world: World) -> None:
    await begin(world)
    await hand_in(world)
    for person, level in ((world.wang, "manager"), (world.chen, "head")):
        await person.click(request(world, level), "approval.approve")
        await world.settle()
    assert (await world.step("print")).status is StepStatus.ACTIVE
    await world.chen.click(request(world, "head"), "approval.undo")
    await world.settle()
    assert (await world.step("text")).status is StepStatus.DECIDING
    assert (await world.step("print")).status is StepStatus.WAITING


async def test_what_waits_for_my_decision_stands_on_the_home_and_is_decided_there(
    world: World,
) -> None:
    await begin(world)
    await world.wang.open_home()
    await hand_in(world)
    home = world.wang.home
    assert home
    assert say("en", "decisions.head") in words(home)
    await world.wang.click(home, "approval.approve")
    await world.settle()
    assert (await world.step("text")).moves[-1].level == "manager"
    assert world.wang.home
    assert say("en", "decisions.head") not in words(world.wang.home)
    assert world.chen.home  # whose turn it is now
    assert say("zh-Hant", "decisions.head") in words(world.chen.home)


async def test_my_work_and_the_menu_count_decisions(world: World) -> None:
    await begin(world)
    await hand_in(world)
    menu = await world.wang.command("/sop")
    assert say("en", "decisions.count", n=1) in menu["text"]
    mine = await world.wang.command("/sop my")
    assert "approval.approve" in buttons(mine)
    await world.wang.click(world.wang.ephemerals(CHANNEL)[-1], "approval.approve")
    await world.settle()
    assert (await world.step("text")).moves[-1].by == WANG


async def test_the_start_form_asks_for_a_stand_in_where_somebody_would_decide_twice(
    world: World,
) -> None:
    await world.wang.command("/sop start desk")
    form = world.wang.modal
    assert form
    assert "stand_in" in fields(form)  # nobody is chosen yet: Wang writes and decides
    await world.wang.choose("role.writer", LI)
    await world.wang.choose("role.head", CHEN)
    assert world.wang.modal
    assert "stand_in" not in fields(world.wang.modal)
    await world.wang.choose("role.head", WANG)
    assert world.wang.modal
    assert "stand_in" in fields(world.wang.modal)
    day = (TODAY + timedelta(days=30)).isoformat()
    given = {"name": "Leaflet", "stand_in": CHEN, "anchor_on": day, "language": "en"}
    assert await world.wang.submit(given) is None
    await world.settle()
    await hand_in(world)
    await world.wang.click(request(world, "manager"), "approval.approve")
    await world.settle()
    assert f"<@{CHEN}>" in request(world, "head")["text"]
    await world.chen.click(request(world, "head"), "approval.approve")
    await world.settle()
    assert (await world.step("text")).status is StepStatus.DONE


async def test_where_nobody_can_decide_the_lead_names_somebody(world: World) -> None:
    await begin(world, role__head=WANG)
    await hand_in(world)
    await world.wang.click(request(world, "manager"), "approval.approve")
    await world.settle()
    asked = request(world, "head")
    assert f"<@{WANG}>" in asked["text"]
    assert buttons(asked) == ["approval.delegate"]
    await world.li.click(asked, "approval.delegate")  # the author names nobody
    await world.settle()
    assert world.li.modal is None
    await world.wang.click(asked, "approval.delegate")
    assert (await world.wang.submit({"person": LI}) or {}).keys() == {"person"}
    assert await world.wang.submit({"person": CHEN}) is None
    await world.settle()
    await world.chen.click(request(world, "head"), "approval.approve")
    await world.settle()
    step = await world.step("text")
    assert step.status is StepStatus.DONE
    assert [(move.kind, move.by) for move in step.moves] == [
        ("approve", WANG),
        ("delegate", WANG),
        ("approve", CHEN),
    ]


async def test_a_new_head_gets_the_request_that_was_the_old_one_s(world: World) -> None:
    await begin(world)
    await hand_in(world)
    await world.wang.click(request(world, "manager"), "approval.approve")
    await world.settle()
    await world.wang.click(world.run_card(), "run.menu", option="run.roles ")
    await world.wang.submit({"role.head": ANNA})
    await world.settle()
    assert f"<@{ANNA}>" in request(world, "head")["text"]
    [copy] = world.told("approval", "text", ANNA)
    assert "approval.approve" in buttons(copy)
    await world.chen.click(request(world, "head"), "approval.approve")
    await world.settle()
    assert f"<@{ANNA}>" in world.whispers(world.chen)[-1]
    await world.anna.click(copy, "approval.approve")
    await world.settle()
    assert (await world.step("text")).status is StepStatus.DONE


async def test_a_cancelled_run_takes_its_requests_back(world: World) -> None:
    await begin(world)
    await hand_in(world)
    await world.wang.click(world.run_card(), "run.menu", option="run.cancel ")
    await world.wang.submit({"reason": "No budget"})
    await world.settle()
    assert buttons(request(world, "manager")) == []
    assert [buttons(copy) for copy in world.told("approval", "text", WANG)] == [[]]
