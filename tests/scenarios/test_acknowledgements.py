"""Whoever a decision concerns says to have read it; who got what when stays on record."""

from copy import deepcopy

from tests.scenarios.handing import decide, dispute, request
from tests.scenarios.reading import buttons, field, words
from tests.scenarios.world import ANNA, CHEN, LI, WANG, World


async def decided(world: World, verdict: str = "accept") -> None:
    await dispute(world)
    errors = await decide(
        world, world.wang, verdict=verdict, reason="Go with version 2", people=[LI, CHEN, ANNA]
    )
    assert errors is None


async def test_both_sides_are_preset_as_concerned(world: World) -> None:
    await dispute(world)
    await world.wang.click(request(world), "handover.decide")
    assert world.wang.modal
    assert set(field(world.wang.modal, "people")["initial_users"]) == {LI, CHEN}


async def test_each_is_asked_in_private_and_the_card_counts(world: World) -> None:
    await decided(world)
    assert (await world.step("prices")).status == "done"
    for person in (world.li, world.chen, world.anna):
        asked = request(world, channel=person.id)
        assert asked["text"].startswith(f"<@{person.id}>")
        assert "Go with version 2" in words(asked)
        assert buttons(asked) == ["ack.confirm"]
    assert "acknowledged by 0 of 3" in words(world.card("prices"))
    for person in (world.li, world.chen):
        await person.click(request(world, channel=person.id), "ack.confirm")
    await world.settle()
    assert f"acknowledged by 2 of 3, not yet by <@{ANNA}>" in words(world.card("prices"))
    assert buttons(request(world, channel=LI)) == []
    assert "确认" in request(world, channel=LI)["text"]
    await world.anna.click(request(world, channel=ANNA), "ack.confirm")
    await world.settle()
    assert "acknowledged by 3 of 3" in words(world.card("prices"))
    assert "not yet" not in words(world.card("prices"))


async def test_who_does_not_is_asked_again_once_a_working_day_three_times(world: World) -> None:
    await decided(world)
    await world.li.click(request(world, channel=LI), "ack.confirm")
    await world.chen.click(request(world, channel=CHEN), "ack.confirm")
    for day in range(21, 32):
        await world.at(f"2025-08-{day}", "17:00")
    again = world.told("reminder", "prices", ANNA)
    assert len(again) == 3
    assert world.told("reminder", "prices", LI) == []
    await world.anna.click(again[0], "ack.confirm")
    await world.settle()
    assert "acknowledged by 3 of 3" in words(world.card("prices"))


async def test_a_decision_taken_back_is_no_longer_to_be_read(world: World) -> None:
    await decided(world)
    old = deepcopy(request(world, channel=CHEN))
    await world.li.click(request(world, channel=LI), "ack.confirm")
    await world.settle()
    await world.wang.click(request(world), "approval.undo")
    await world.settle()
    assert (await world.step("prices")).status == "deciding"
    assert buttons(request(world, channel=CHEN)) == []
    assert "acknowledged" not in words(world.card("prices"))
    await world.chen.click(old, "ack.confirm")
    await world.settle()
    assert "已撤回" in world.whispers(world.chen, old["channel"])[-1]
    assert await decide(world, world.wang, verdict="return", reason="Codes", people=[LI]) is None
    assert "acknowledged by 0 of 1" in words(world.card("prices"))


async def test_who_is_not_concerned_is_told_so(world: World) -> None:
    await decided(world)
    await world.wang.click(request(world, channel=LI), "ack.confirm")
    await world.li.click(request(world, channel=LI), "ack.confirm")
    await world.settle()
    assert "not among those" in world.whispers(world.wang, request(world, channel=LI)["channel"])[0]
    assert "acknowledged by 1 of 3" in words(world.card("prices"))


async def test_who_got_which_version_when_is_kept_whatever_becomes_of_slacks_messages(
    world: World,
) -> None:
    await decided(world)
    await world.clock_on(minutes=7)
    await world.li.click(request(world, channel=LI), "ack.confirm")
    await world.settle()
    run = await world.run()
    kept = await world.bot.reading.deliveries(run.id, workspace=run.workspace)
    found = [(d.version, d.level, d.person, d.move.kind if d.move else "") for d in kept]
    assert found == [
        (1, "handover", CHEN, "return"),
        (2, "handover", CHEN, "return"),
        (2, "decision", WANG, "decide"), (2, "decision", ANNA, ""),
        (2, "ack", LI, "ack"), (2, "ack", CHEN, ""), (2, "ack", ANNA, ""),
    ]  # fmt: skip
    [read] = [d for d in kept if d.level == "ack" and d.move]
    assert read.move
    assert (read.move.at - read.asked_at).total_seconds() == 7 * 60
