"""Channels that cannot be spoken in: the lead hears of it once, mends it, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta

from tests.scenarios.reading import buttons, words
from tests.scenarios.world import BOT, CHANNEL, LI, PRIVATE, WANG, World

ELSEWHERE = "C0MARKET"


async def in_private(world: World) -> None:
    """Start a run in a private channel, then take the bot out of it."""
    await world.wang.invite_bot(PRIVATE)
    await world.settle()
    await world.start(channel=PRIVATE)
    await world.wang.remove_bot(PRIVATE)
    await world.settle()


async def test_the_lead_hears_once_that_the_bot_was_removed_and_its_return_says_what_waited(
    world: World,
) -> None:
    await in_private(world)
    card = world.card("plain", PRIVATE)
    await world.li.click(card, "step.done")
    await world.li.click(world.card("venue", PRIVATE), "step.help")
    await world.settle()
    world.clock.advance(timedelta(hours=1))
    await world.settle()
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == ["run.join"]
    assert "Dealer day" in trouble["text"]
    await world.wang.click(trouble, "run.join")
    await world.settle()
    assert "/invite" in world.whispers(world.wang, world.sandbox.space.im(WANG).id)[-1]
    await world.wang.invite_bot(PRIVATE)
    await world.settle()
    assert world.card("plain", PRIVATE)["text"].startswith("✅")
    assert len(world.told("step", "after", PRIVATE)) == 1
    assert len(world.thread(world.card("venue", PRIVATE))) == 1
    assert len(world.told("notice", channel=WANG)) == 1


async def test_the_lead_hears_at_once_that_the_bot_was_taken_out_of_a_public_channel(
    world: World,
) -> None:
    await world.start()
    await world.anna.remove_bot(CHANNEL)
    await world.settle()
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == ["run.join"]
    assert "Dealer day" in trouble["text"]
    assert f"<#{CHANNEL}>" in trouble["text"]
    await world.finish("plain", world.li)  # the work goes on meanwhile
    assert world.card("plain")["text"].startswith("✅")
    assert world.card("after")
    assert BOT not in world.sandbox.space.channel(CHANNEL).members
    await world.wang.click(trouble, "run.join")
    await world.settle()
    assert BOT in world.sandbox.space.channel(CHANNEL).members
    [mended] = world.told("notice", channel=WANG)
    assert buttons(mended) == []
    await world.anna.remove_bot(CHANNEL)
    await world.settle()
    assert buttons(world.told("notice", channel=WANG)[-1]) == ["run.join"]


async def test_a_removal_that_slack_tells_twice_is_told_once(world: World) -> None:
    await world.start()
    await world.wang.remove_bot(CHANNEL)
    await world.settle()
    event = world.sandbox.events.sent[-1]
    assert event.payload["event"]["type"] == "channel_left"
    await world.sandbox.delivery.send(replace(event, retry_attempt=1, retry_reason="timeout"))
    await world.settle()
    assert len(world.told("notice", channel=WANG)) == 1


async def test_the_bot_does_not_come_back_by_itself_where_somebody_took_it_out(
    world: World,
) -> None:
    await world.start()
    await world.wang.remove_bot(CHANNEL)
    await world.settle()
    world.sandbox.faults.add("chat.postMessage", "error:not_in_channel")
    await world.li.click(world.card("venue"), "step.help")
    await world.sandbox.until(lambda: len(world.told("notice", channel=WANG)) > 1, timeout=20)
    assert BOT not in world.sandbox.space.channel(CHANNEL).members


async def test_the_lead_hears_at_once_that_the_bot_was_taken_out_of_a_private_channel(
    world: World,
) -> None:
    await in_private(world)
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == ["run.join"]
    assert "is stuck" in trouble["text"]


async def test_an_archived_channel_is_left_for_another_one(world: World) -> None:
    await world.start()
    await world.finish("motto", world.chen, {"evidence": "Light"})
    await world.wang.archive(CHANNEL)
    await world.at("2025-08-25")
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == ["run.channel"]
    assert "archived" in trouble["text"]
    before = len(world.sandbox.space.channel(CHANNEL).messages)
    await world.wang.click(trouble, "run.channel")
    assert set(await world.wang.submit({"channel": CHANNEL}) or {}) == {"channel"}
    assert set(await world.wang.submit({"channel": PRIVATE}) or {}) == {"channel"}
    assert await world.wang.submit({"channel": ELSEWHERE}) is None
    await world.settle()
    assert len(world.sandbox.space.channel(CHANNEL).messages) == before
    assert world.run_card(ELSEWHERE)
    steps = [m["metadata"]["event_payload"]["subject"] for m in world.told("step", "", ELSEWHERE)]
    assert sorted(steps) == ["packing", "page", "plain", "print", "venue"]
    reminders = world.told("reminder", "", ELSEWHERE)
    assert [m["thread_ts"] for m in reminders] == [world.card("plain", ELSEWHERE)["ts"]]
    await world.li.click(world.card("plain", ELSEWHERE), "step.done")
    await world.settle()
    assert world.card("plain", ELSEWHERE)["text"].startswith("✅")


async def test_a_click_in_a_channel_archived_before_only_an_edit_was_due_is_told_of_too(
    world: World,
) -> None:
    await world.start()
    card = world.card("venue")
    await world.wang.archive(CHANNEL)
    await world.li.check(card, "contract")
    await world.settle()
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == ["run.channel"]
    await world.wang.archive(CHANNEL, archived=False)
    await world.wang.command("/sop status")
    await world.wang.click(trouble, "run.channel")
    assert await world.wang.submit({"channel": ELSEWHERE}) is None
    await world.settle()
    assert "contract" in str(world.card("venue", ELSEWHERE)["blocks"])


async def test_a_channel_where_only_some_may_write_is_told_of(world: World) -> None:
    await world.start()
    world.sandbox.faults.add("chat.postMessage", "error:restricted_action")
    await world.li.click(world.card("plain"), "step.help")
    await world.sandbox.until(lambda: world.told("notice", channel=WANG), timeout=20)
    [trouble] = world.told("notice", channel=WANG)
    assert buttons(trouble) == ["run.channel"]


async def test_what_is_said_in_the_thread_of_a_closed_step_after_a_move_has_its_card(
    world: World,
) -> None:
    await world.start()
    await world.finish("plain", world.li)
    old = world.card("plain")
    await world.wang.archive(CHANNEL)
    await world.at("2025-08-28")
    [trouble] = world.told("notice", channel=WANG)
    await world.wang.click(trouble, "run.channel")
    assert await world.wang.submit({"channel": ELSEWHERE}) is None
    await world.settle()
    await world.li.click(old, "step.menu", option="step.comment ")
    assert await world.li.submit({"comment": "Theme is light"}) is None
    await world.settle()
    [comment] = world.told("notice", "plain", ELSEWHERE)
    assert comment["thread_ts"] == world.card("plain", ELSEWHERE)["ts"]
    assert f"<@{LI}>" in words(comment)
