"""Work goes from one department to another, by criteria agreed before."""

from copy import deepcopy

from tests.scenarios.handing import give_back, hand_in, request, start
from tests.scenarios.reading import buttons, field, words
from tests.scenarios.world import ANNA, CHEN, LI, WANG, World


async def test_the_criteria_stand_on_the_card_before_the_work_begins(world: World) -> None:
    await start(world)
    shown = words(world.card("prices"))
    assert "Hand-over to IT and data, who accepts it by: Every article has its code" in shown


async def test_the_receiver_accepts_and_the_step_is_done(world: World) -> None:
    await start(world)
    await hand_in(world)
    asked = request(world)
    assert asked["thread_ts"] == world.card("prices")["ts"]
    assert f"<@{CHEN}>" in asked["text"].partition("Hand the")[0]
    assert "Every price names its currency" in words(asked)
    assert "prices-v1" in words(asked)
    assert {"handover.accept", "handover.return"} <= set(buttons(asked))
    await world.chen.click(request(world, channel=CHEN), "handover.accept")
    await world.settle()
    assert "Accepted by" in request(world)["text"]
    assert "已接收" not in request(world)["text"]
    assert "已接收" in request(world, channel=CHEN)["text"]  # she reads traditional Chinese
    assert (await world.step("prices")).status == "done"
    assert (await world.step("load")).status == "active"


async def test_an_accepted_hand_over_can_be_taken_back_for_five_minutes(world: World) -> None:
    await start(world)
    await hand_in(world)
    await world.chen.click(request(world), "handover.accept")
    await world.settle()
    await world.chen.click(request(world), "approval.undo")
    await world.settle()
    assert (await world.step("prices")).status == "deciding"
    assert (await world.step("load")).status == "waiting"
    assert "handover.accept" in buttons(request(world))


async def test_a_return_is_tied_to_a_criterion_and_counted(world: World) -> None:
    await start(world)
    await hand_in(world)
    await world.chen.click(request(world), "handover.return")
    assert await world.chen.submit({"reason": "12 codes are missing"}) is not None
    assert world.chen.modal
    assert await world.chen.submit({"criterion": "codes", "reason": "12 codes are missing"}) is None
    await world.settle()
    assert (await world.step("prices")).status == "active"
    card = words(world.card("prices"))
    assert "returned 1×: Every article has its code — 12 codes are missing" in card
    told = world.thread(world.card("prices"))[-1]
    assert told["text"].startswith(f"<@{LI}> <@{CHEN}> returned")
    assert "step.done" in buttons(told)
    await world.li.click(told, "step.done")
    assert world.li.modal
    assert field(world.li.modal, "reply.1")
    assert await world.li.submit({"reply.1": "All there now", "evidence": ""}) is None
    await world.settle()
    assert "1. 12 codes are missing → All there now" in words(request(world))


async def test_nobody_but_the_receiver_accepts_and_the_try_is_kept(world: World) -> None:
    await start(world)
    await hand_in(world)
    for person, why in ((world.li, "自己的工作"), (world.wang, "handed over to")):
        await person.click(request(world), "handover.accept")
        await person.click(request(world), "handover.return")
        await world.settle()
        assert person.modal is None
        said = world.whispers(person)
        assert len(said) == 2
        assert all(why in one and f"<@{CHEN}>" in one for one in said)
    assert (await world.step("prices")).status == "deciding"
    history = await world.history()
    assert [e.by for e in history if e.kind == "decision_tried"] == [LI, LI, WANG, WANG]


async def test_the_button_of_a_former_version_says_that_another_one_has_come(world: World) -> None:
    await start(world)
    await hand_in(world)
    old = deepcopy(request(world))
    await give_back(world, "codes", "12 codes are missing")
    await hand_in(world, 2)
    await world.chen.click(old, "handover.accept")
    await world.settle()
    assert "版" in world.whispers(world.chen)[-1]
    assert (await world.step("prices")).status == "deciding"


async def test_where_the_receiver_is_the_author_the_lead_names_somebody(world: World) -> None:
    await start(world, data=LI)
    await hand_in(world)
    asked = request(world)
    assert f"<@{WANG}>, please name somebody" in asked["text"]
    assert "handover.accept" not in buttons(asked)
    await world.wang.click(asked, "approval.delegate")
    assert await world.wang.submit({"person": ANNA}) is None
    await world.settle()
    await world.anna.click(request(world, channel=ANNA), "handover.accept")
    await world.settle()
    assert (await world.step("prices")).status == "done"


async def test_approvals_come_first_and_approving_is_not_accepting(world: World) -> None:
    await start(world)
    await world.finish("terms", world.li)
    assert request(world, "terms")["text"].startswith("🟡 Decision 1 of 2")
    await world.wang.click(request(world, "terms"), "approval.approve")
    await world.settle()
    assert (await world.step("terms")).status == "deciding"
    asked = request(world, "terms")
    assert "The terms are signed" in words(asked)
    await world.chen.click(asked, "handover.accept")
    await world.settle()
    assert (await world.step("terms")).status == "done"


async def test_a_receiver_who_does_not_answer_is_reminded_then_the_lead_hears(world: World) -> None:
    await start(world)
    await hand_in(world)
    await world.at("2025-08-21", "11:00")
    [nudge] = world.reminders("prices")
    assert nudge.startswith(f"<@{CHEN}>")
    await world.at("2025-08-25", "11:00")
    told = [m for m in world.told("notice", "prices") if m["text"].startswith(f"<@{WANG}>")]
    assert "nobody has accepted or returned" in told[-1]["text"]
    assert (await world.step("prices")).status == "deciding"
