"""Work that comes back twice is decided by who stands above both sides."""

from tests.scenarios.handing import decide, dispute, give_back, request, start
from tests.scenarios.reading import buttons, field, words
from tests.scenarios.world import ANNA, CHEN, LI, WANG, World


async def test_the_second_return_opens_a_decision_between_both_sides(world: World) -> None:
    await dispute(world)
    asked = request(world)
    shown = words(asked)
    assert asked["thread_ts"] == world.card("prices")["ts"]
    assert asked["text"].startswith("🟡 Decision between both sides")
    first = asked["text"].index(f"<@{WANG}>")
    assert all(asked["text"].index(f"<@{other}>") > first for other in (ANNA, LI, CHEN))
    assert "came back 2 times" in shown
    assert "12 codes are missing" in shown
    assert "The currency is missing" in shown
    assert "Thu 21 Aug" in asked["text"]  # a working day of the lead's
    assert {"handover.decide", "approval.delegate"} <= set(buttons(asked))
    assert request(world, channel=ANNA)["text"] != ""
    assert (await world.step("prices")).status == "deciding"
    assert "returned 2×, last: Every price names its currency" in words(world.card("prices"))


async def test_a_decision_returns_the_work_with_what_has_to_be_done(world: World) -> None:
    await dispute(world)
    errors = await decide(
        world, world.wang, verdict="return", reason="- Codes by Friday\n- Prices in CNY"
    )
    assert errors is None
    assert (await world.step("prices")).status == "active"
    await world.li.click(world.card("prices"), "step.done")
    assert world.li.modal
    assert field(world.li.modal, "reply.2")
    await world.li.submit({"evidence": "https://example.com/prices-v3"})
    await world.settle()
    assert "handover.accept" in buttons(request(world))
    await give_back(world, "currency", "Still in euros")
    assert "handover.decide" in buttons(request(world))  # the third time too
    assert "came back 3 times" in words(request(world))


async def test_neither_side_decides_and_text_is_needed(world: World) -> None:
    await dispute(world)
    for person in (world.li, world.chen):
        await person.click(request(world), "handover.decide")
        await world.settle()
        assert person.modal is None
        assert f"<@{WANG}>" in world.whispers(person)[-1]
    await world.wang.click(request(world), "handover.decide")
    assert await world.wang.submit({"reason": "Because"}) is not None
    assert await world.wang.submit({"verdict": "accept", "reason": "   "}) is not None
    assert (await world.step("prices")).status == "deciding"


async def test_where_the_lead_is_a_side_the_sponsor_decides(world: World) -> None:
    await start(world, product=WANG)
    for number, reason in enumerate(("Codes are missing", "Currency is missing"), 1):
        await world.finish("prices", world.wang, {"evidence": f"https://example.com/{number}"})
        await give_back(world, "codes", reason)
    asked = request(world)
    assert f"<@{ANNA}>" in asked["text"].partition("\n")[0]
    assert f"<@{WANG}>" not in asked["text"].partition("\n")[0]
    await world.wang.click(asked, "handover.decide")
    await world.settle()
    assert world.wang.modal is None
    assert "one of the two sides" in world.whispers(world.wang)[-1]
    assert await decide(world, world.anna, verdict="accept", reason="Good enough") is None
    assert (await world.step("prices")).status == "done"


async def test_an_overdue_decision_is_pressed_then_the_sponsor_hears(world: World) -> None:
    await dispute(world)
    before = len(world.reminders("prices"))
    await world.at("2025-08-21", "11:00")
    nudge = world.reminders("prices")[before:]
    assert [one.startswith(f"<@{WANG}>") for one in nudge] == [True]
    await world.at("2025-08-22", "17:00")
    told = [m for m in world.told("notice", "prices") if m["text"].startswith(f"<@{ANNA}>")]
    assert "You may decide it" in told[-1]["text"]
    assert "handover.decide" in buttons(told[-1])


async def test_the_words_for_a_hand_over_are_those_of_each_reader(world: World) -> None:
    await dispute(world)
    copy = world.told("approval", "prices", CHEN)[-1]["text"]
    assert "已退回" in copy
    assert "每個價格都註明幣別" in copy
    await decide(world, world.wang, verdict="remark", reason="Fix it after launch", people=[LI])
    asked = world.told("approval", "prices", LI)[-1]["text"]
    assert asked.startswith(f"<@{LI}>")
    assert "接收并附说明" in asked
