"""Reminders: when they come, where, to whom, and when they do not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from playbooks.calendars import WorkCalendar
from tests.scenarios.reading import buttons, words
from tests.scenarios.world import ANNA, CHANNEL, LI, WANG, ZONE, World, moment


def said_at(world: World, step: str, zone: str = ZONE) -> list[str]:
    """When a step's reminders came, on a wall clock."""
    moments = (datetime.fromtimestamp(float(m["ts"]), UTC) for m in world.told("reminder", step))
    return [f"{at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}" for at in moments]


async def walk(world: World, until: str, hours: int = 1) -> None:
    """Let the hours pass one after the other."""
    end = moment(until)
    while world.clock.now() < end:
        world.clock.advance(timedelta(hours=hours))
        await world.settle()


async def test_the_owner_is_reminded_before_on_and_after_the_day_at_ten_in_the_thread(
    world: World,
) -> None:
    await world.start()
    for day in ("22", "25", "26", "27", "28", "29"):
        await world.at(f"2025-08-{day}", "09:59")
        await world.at(f"2025-08-{day}", "10:00")
        await world.at(f"2025-08-{day}", "20:00")
    assert said_at(world, "plain") == [
        "Mon 25 Aug 10:00", "Wed 27 Aug 10:00", "Thu 28 Aug 10:00", "Fri 29 Aug 10:00",
    ]  # fmt: skip
    card = world.card("plain")
    for message in world.told("reminder", "plain"):
        assert message["thread_ts"] == card["ts"]
        assert message["text"].startswith(f"<@{LI}>")
        ways = {"step.done", "step.reschedule", "step.snooze", "step.help", "step.assign"}
        assert set(buttons(message)) - {"step.menu"} == ways
    assert "What is in the way?" in world.reminders("plain")[-1]


async def test_only_what_is_overdue_after_a_nudge_is_shown_to_the_channel(world: World) -> None:
    await world.start()
    for day in ("25", "27", "28"):
        await world.at(f"2025-08-{day}")
    broadcast = [m.get("subtype") for m in world.told("reminder", "plain")]
    assert broadcast == [None, None, "thread_broadcast"]


async def test_a_first_reminder_is_not_broadcast_however_late_it_is(world: World) -> None:
    await world.start()
    await world.at("2025-08-29", "10:00")
    assert [m.get("subtype") for m in world.told("reminder", "plain")] == [None]


async def test_nobody_is_reminded_at_night_on_a_weekend_or_on_a_chinese_holiday(
    world: World,
) -> None:
    await world.start(anchor_on="2025-10-20", start_on="2025-09-15")
    await world.at("2025-09-25", "12:00")
    await walk(world, "2025-10-13", hours=3)
    calendar = WorkCalendar("CN")
    everything = world.told("reminder")
    moments = [datetime.fromtimestamp(float(m["ts"]), UTC) for m in everything]
    assert len(moments) > 10
    for at in moments:
        local = at.astimezone(ZoneInfo(ZONE))
        assert calendar.is_workday(local.date())
        assert 9 <= local.hour < 18
    days = {at.astimezone(ZoneInfo(ZONE)).date().isoformat() for at in moments}
    assert not days & {f"2025-10-{day:02}" for day in range(1, 9)}
    assert "2025-09-28" in days  # a Sunday on which China works


async def test_ten_o_clock_is_that_of_the_owner(world: World) -> None:
    await world.start(role__designer=ANNA)
    await world.at("2025-08-25", "10:00")
    assert world.reminders("plain") == []
    await world.at("2025-08-25", "16:00")  # ten in Berlin
    assert said_at(world, "plain", "Europe/Berlin") == ["Mon 25 Aug 10:00"]
    assert world.reminders("plain")[0].startswith(f"<@{ANNA}>")


async def test_what_is_done_is_not_nagged_about(world: World) -> None:
    await world.start()
    await world.at("2025-08-25")
    assert len(world.reminders("plain")) == 1
    await world.finish("plain", world.li)
    await walk(world, "2025-08-29", hours=6)
    assert len(world.reminders("plain")) == 1


async def test_after_two_weeks_of_downtime_one_reminder_comes_and_says_how_late_it_is(
    world: World,
) -> None:
    await world.start()
    await world.at("2025-09-10", "10:00")
    [text] = world.reminders("plain")
    assert text.startswith(f"<@{LI}>")
    assert "10 working days ago" in text
    assert "🔴" in words(world.card("plain"))
    await world.at("2025-09-10", "17:00")
    assert len(world.reminders("plain")) == 1


async def test_downtime_that_ends_at_night_is_made_up_for_in_the_morning(world: World) -> None:
    await world.start()
    await world.at("2025-09-06", "23:00")  # a Saturday
    assert world.reminders() == []
    await world.at("2025-09-08", "09:00")
    assert len(world.reminders("plain")) == 1


async def test_a_reminder_s_buttons_work_and_done_ends_the_nagging(world: World) -> None:
    await world.start()
    await world.at("2025-08-25")
    [reminder] = world.told("reminder", "plain")
    await world.anna.click(reminder, "step.done")
    await world.settle()
    [answer] = world.anna.ephemerals(CHANNEL)
    assert answer["thread_ts"] == world.card("plain")["ts"]
    await world.wang.click(reminder, "step.done")
    await world.settle()
    assert (await world.step("plain")).closed_by == WANG


async def test_in_front_of_another_company_an_owner_is_reminded_in_private(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = world.sandbox.space.channel(CHANNEL)
    shared = channel.as_slack() | {"is_ext_shared": True}
    monkeypatch.setattr(channel, "as_slack", lambda: shared)
    await world.start()
    for day in ("25", "27", "28"):
        await world.at(f"2025-08-{day}")
    assert world.told("reminder") == []
    assert len(world.told("reminder", "plain", channel=LI)) == 3


async def test_a_new_date_moves_the_reminders(world: World) -> None:
    await world.start()
    await world.choose(world.li, "plain", "step.reschedule")
    due_at = int(moment("2025-09-10", "18:00").timestamp())
    assert await world.li.submit({"due_at": due_at}) is None
    await walk(world, "2025-09-08", hours=6)
    assert said_at(world, "plain") == ["Mon 08 Sep 10:00"]


async def test_the_channel_hears_the_language_of_the_run_and_a_person_their_own(
    world: World,
) -> None:
    await world.start(language="zh-Hant")
    assert "定主題" in world.card("plain")["text"]
    await world.at("2025-08-25")
    assert "定主題" in world.reminders("plain")[0]
    await world.anna.command("/sop my")
    assert "Nothing is waiting" in world.whispers(world.anna)[-1]
    await world.li.command("/sop my")
    assert "定主题" in world.whispers(world.li)[-1]
