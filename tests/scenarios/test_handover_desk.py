"""What stands around a hand-over: a nod, the Home, and what asked again to read a decision."""

from bot.words.catalogue import say
from tests.scenarios.handing import decide, dispute, hand_in, request, start
from tests.scenarios.reading import buttons, words
from tests.scenarios.world import ANNA, CHANNEL, World


async def test_a_receiver_who_only_nods_is_offered_the_buttons_of_a_hand_over(
    world: World,
) -> None:
    await start(world)
    await hand_in(world)
    await world.chen.post(CHANNEL, "OK", thread_ts=world.card("prices")["ts"])
    await world.settle()
    [offer] = world.chen.ephemerals(CHANNEL)
    assert buttons(offer) == ["handover.accept", "handover.return"]
    await world.chen.click(offer, "handover.accept")
    await world.settle()
    assert (await world.step("prices")).status == "done"


async def test_what_is_handed_over_stands_on_the_home_and_is_accepted_there(world: World) -> None:
    await start(world)
    await world.chen.open_home()
    await hand_in(world)
    home = world.chen.home
    assert home
    assert {"handover.accept", "handover.return"} <= set(buttons(home))
    assert "approval.approve" not in buttons(home)
    await world.chen.click(home, "handover.accept")
    await world.settle()
    assert (await world.step("prices")).status == "done"
    assert world.chen.home
    assert say("zh-Hant", "decisions.head") not in words(world.chen.home)


async def test_a_dispute_stands_on_the_lead_s_home(world: World) -> None:
    await dispute(world)
    await world.wang.open_home()
    await world.settle()
    assert world.wang.home
    assert "handover.decide" in buttons(world.wang.home)


async def test_what_asked_again_loses_its_button_once_the_decision_is_read(world: World) -> None:
    await dispute(world)
    await decide(world, world.wang, verdict="accept", reason="Go on", people=[ANNA])
    await world.at("2025-08-21", "17:00")
    [again] = world.told("reminder", "prices", ANNA)
    assert buttons(again) == ["ack.confirm"]
    await world.anna.click(request(world, channel=ANNA), "ack.confirm")
    await world.settle()
    [again] = world.told("reminder", "prices", ANNA)
    assert buttons(again) == []
