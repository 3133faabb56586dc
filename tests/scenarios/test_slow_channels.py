"""The buttons that mend a channel, where Slack answers late or not at all."""

import pytest

from bot.sandbox.shapes import Json
from tests.scenarios.promptly import Hurry
from tests.scenarios.world import PRIVATE, WANG, World


async def test_a_channel_is_entered_though_slack_is_late_to_say_so(
    world: World, hurry: Hurry
) -> None:
    trouble = await removed_from_private(world)
    hurry(answer=0.2)
    await world.wang.invite_bot(PRIVATE)
    world.sandbox.faults.add("conversations.join", "late")
    await world.wang.click(trouble, "run.join")
    assert "I am in" not in world.sandbox.messages(WANG)[-1]["text"]
    world.sandbox.faults.answer()
    await world.settle()
    assert "I am in" in world.sandbox.messages(WANG)[-1]["text"]


@pytest.mark.usefixtures("brief")
async def test_no_return_to_a_channel_is_claimed_that_slack_did_not_confirm(world: World) -> None:
    trouble = await removed_from_private(world)
    world.sandbox.faults.add("conversations.join", "timeout")
    await world.wang.click(trouble, "run.join")
    place = world.sandbox.space.im(WANG).id
    await world.sandbox.until(lambda: world.whispers(world.wang, place))
    assert "did not answer" in world.whispers(world.wang, place)[-1]


async def removed_from_private(world: World) -> Json:
    """What the lead is told when the bot was taken out of a private channel."""
    await world.wang.invite_bot(PRIVATE)
    await world.settle()
    await world.start(channel=PRIVATE)
    await world.wang.remove_bot(PRIVATE)
    await world.li.click(world.card("plain", PRIVATE), "step.done")
    await world.settle()
    return world.told("notice", channel=WANG)[-1]
