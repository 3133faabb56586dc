"""What the lead or an owner was offered in private: its buttons go when it is over."""

import pytest

from tests.scenarios.reading import buttons
from tests.scenarios.test_past_reminders import ACTS
from tests.scenarios.world import CHANNEL, LI, WANG, World


@pytest.mark.parametrize("name", ["done", "assign", "cancel"])
async def test_trouble_with_an_owner_ends_with_what_it_was_about(world: World, name: str) -> None:
    await world.start()
    world.sandbox.talk.remove(CHANNEL, by=WANG, user=LI)
    await world.settle()
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == ["run.invite"]
    act = ACTS[name][0]
    await act(world)
    await world.settle()
    trouble = world.told("notice", channel=WANG)[0]
    assert buttons(trouble) == []
    assert "Agree the theme" in trouble["text"]


async def test_an_offer_to_keep_evidence_gives_way_to_why_it_cannot(world: World) -> None:
    await world.start()
    thread = world.card("page")["ts"]
    await world.li.post(CHANNEL, "<https://example.com/x>", thread_ts=thread)
    await world.settle()
    [offer] = world.li.ephemerals(CHANNEL)
    await ACTS["cancel"][0](world)
    await world.settle()
    await world.li.click(offer, "evidence.keep")
    await world.settle()
    [told] = world.li.ephemerals(CHANNEL)
    assert "blocks" not in told or buttons(told) == []
    assert f"<@{WANG}>" in told["text"]
