"""With another company in the channel nobody is late there, and nobody needs help."""

from typing import Any

import pytest

from playbooks.run import RunStatus
from tests.scenarios.reading import words
from tests.scenarios.test_pausing import menu
from tests.scenarios.world import CHANNEL, LI, WANG, World

TELLTALE = ("🔴", "late", "was due", "ago", "yesterday", "for help", "help asked", "Short notice")


@pytest.fixture
def shared(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The channel, in which people of another company read along."""
    channel = world.sandbox.space.channel(CHANNEL)
    info = channel.as_slack() | {"is_ext_shared": True}
    monkeypatch.setattr(channel, "as_slack", lambda: info)
    return channel


def telltales(channel: Any) -> list[str]:
    """What of all that stands in a channel tells on the team."""
    said = [f"{message['text']}\n{words(message)}" for message in channel.messages]
    return [word for word in TELLTALE for text in said if word in text]


async def test_no_late_step_no_call_for_help_and_no_reminder_is_seen(
    world: World, shared: Any
) -> None:
    await world.start()
    await world.at("2025-09-10", "10:30")
    assert (await world.step("plain")).reminded
    await world.li.click(world.card("venue"), "step.help")
    await world.settle()
    assert telltales(shared) == []
    assert "🔵 *Agree the theme* · under way" in words(world.card("plain"))
    assert "0 of 7 done" in words(world.run_card())
    [called] = [m["text"] for m in world.told("notice", "venue", channel=WANG)]
    assert f"<@{LI}>" in called
    assert world.told("reminder") == []
    assert world.told("reminder", "plain", channel=LI)


async def test_among_ourselves_all_of_it_is_seen(world: World) -> None:
    await world.start()
    await world.at("2025-09-10", "10:30")
    await world.li.click(world.card("venue"), "step.help")
    await world.settle()
    channel = world.sandbox.space.channel(CHANNEL)
    assert {"🔴", "late", "for help"} <= set(telltales(channel))


async def test_why_a_step_was_left_out_moved_or_a_run_ended_stays_with_the_team(
    world: World, shared: Any
) -> None:
    await world.start()
    await world.choose(world.wang, "venue", "step.skip")
    assert await world.wang.submit({"reason": "No money left"}) is None
    await world.settle()
    assert "skipped" in world.card("venue")["text"]
    await world.choose(world.wang, "plain", "step.reschedule")
    due_at = int(world.clock.now().timestamp()) + 86_400
    assert await world.wang.submit({"due_at": due_at, "reason": "No money left"}) is None
    await world.settle()
    await menu(world, "run.cancel")
    assert await world.wang.submit({"reason": "No money left"}) is None
    await world.settle()
    assert (await world.run()).status is RunStatus.CANCELLED
    said = [f"{message['text']}\n{words(message)}" for message in shared.messages]
    assert [text for text in said if "money" in text] == []


async def test_short_notice_is_no_client_s_business(world: World, shared: Any) -> None:
    await world.start(anchor_on="2025-08-27")
    assert (await world.step("page")).compressed
    assert telltales(shared) == []
