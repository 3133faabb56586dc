"""While a run is paused nobody is pressed to decide, sign or read; then their time goes on."""

from copy import deepcopy

from tests.scenarios import agreement
from tests.scenarios.outsider import ADDRESS
from tests.scenarios.reading import buttons
from tests.scenarios.reviewing import copy, hand_in_visual, request, start_review
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World

EVERYBODY = (WANG, LI, CHEN, ANNA)


async def pause(world: World) -> None:
    """Pause the run."""
    await world.wang.click(world.run_card(), "run.menu", option="run.pause ")
    assert await world.wang.submit({"reason": "The client thinks"}) is None
    await world.settle()


async def resume(world: World) -> None:
    """Let it go on, with its dates."""
    await world.wang.click(world.run_card(), "run.menu", option="run.resume ")
    assert await world.wang.submit() is None
    await world.settle()


def said(world: World) -> int:
    """How much stands in the channel and in everybody's direct messages."""
    space = world.sandbox.space
    messages = [space.channel(CHANNEL).messages, *(space.im(who).messages for who in EVERYBODY)]
    return sum(map(len, messages))


async def test_nobody_is_pressed_to_decide_and_the_wait_does_not_count(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    stale = deepcopy(request(world, "visual"))
    await world.at("2025-08-20", "15:00")
    await pause(world)
    assert "the run is paused" in request(world, "visual")["text"]
    assert buttons(request(world, "visual")) == []
    assert buttons(copy(world, world.anna, "visual")) == []
    before = said(world)
    for day in ("08-22", "08-29", "09-12"):
        await world.at(f"2025-{day}", "16:30")
    assert said(world) == before
    await world.anna.click(stale, "approval.approve")
    await world.settle()
    assert "has been paused since" in world.whispers(world.anna)[-1]
    await world.at("2025-09-15", "15:00")  # a Monday
    await resume(world)
    assert "approval.approve" in buttons(request(world, "visual"))
    assert "approval.approve" in buttons(copy(world, world.anna, "visual"))
    assert world.told("reminder", "visual") == []
    await world.at("2025-09-16", "16:30")  # one working day of Anna's
    assert len(world.told("reminder", "visual")) == 1
    assert not any("What is in the way" in m["text"] for m in world.told("notice", "visual"))


async def test_a_client_is_not_chased_and_asked_anew_two_working_days_later(world: World) -> None:
    await agreement.handed_in(world)
    await agreement.send(world)
    mails = world.sandbox.mailbox.mails
    await pause(world)
    sent = len(mails)
    assert "paused with the run" in agreement.newest(world)["text"]
    for day in ("08-25", "08-29", "09-12"):
        await world.at(f"2025-{day}", "16:30")
    assert len(mails) == sent
    assert world.told("reminder") == []
    await world.at("2025-09-15", "10:30")
    await resume(world)
    assert len(mails) == sent
    await world.at("2025-09-17", "10:30")
    assert len(mails) == sent + 1
    assert ADDRESS in str(mails[-1])
