"""Whose day it is: the owner's in the channel, the reader's where one person reads."""

from tests.scenarios.reading import words
from tests.scenarios.world import ANNA, World, moment


async def test_a_day_late_is_counted_where_the_owner_is(world: World) -> None:
    await world.start(role__designer=ANNA)
    assert (await world.step("plain")).due_at == moment("2025-08-27", "18:00", "Europe/Berlin")
    await world.at("2025-08-28", "10:00", "Europe/Berlin")  # in Shanghai it was due on this day
    assert "was due yesterday" in world.reminders("plain")[-1]
    assert f"<@{ANNA}>, was due yesterday" in words(world.run_card())


async def test_one_reader_counts_by_their_own_day(world: World) -> None:
    await world.start(role__designer=ANNA)
    await world.at("2025-08-28", "10:00", "Europe/Berlin")
    mine = await world.anna.command("/sop my")
    assert "was due yesterday" in mine["text"]
    theirs = await world.wang.command("/sop status")
    assert f"<@{ANNA}>, was due today" in theirs["text"]
    await world.wang.click(world.run_card(), "run.steps")
    assert world.wang.modal
    assert "was due today" in words(world.wang.modal)


async def test_the_cards_are_drawn_anew_when_a_day_begins_where_an_owner_is(world: World) -> None:
    world.clock.set(moment("2025-11-05"))
    await world.start(role__designer=ANNA)
    assert (await world.step("plain")).due_at == moment("2025-11-12", "18:00", "Europe/Berlin")
    await world.at("2025-11-14", "06:00")  # still the 13th in Berlin
    assert "was due yesterday" in words(world.run_card())
    await world.at("2025-11-14", "05:59", "Europe/Berlin")
    assert "was due yesterday" in words(world.run_card())
    await world.at("2025-11-14", "06:00", "Europe/Berlin")
    assert "was due 2 working days ago" in words(world.run_card())


async def test_a_tick_taken_back_leaves_the_card_as_the_channel_reads_it(world: World) -> None:
    await world.start(role__designer=ANNA)
    await world.at("2025-09-03", "10:00", "Europe/Berlin")
    before = words(world.card("venue"))
    await world.li.check(world.card("venue"), "contract")
    await world.settle()
    assert words(world.card("venue")) == before
