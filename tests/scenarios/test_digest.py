"""Several things at once are one direct message; and reminders put off, or kept silent."""

from tests.scenarios.reading import buttons, words
from tests.scenarios.world import CHEN, LI, WANG, World


async def four_runs(world: World) -> None:
    """Li owns the first step of each, due on the same day."""
    for name in ("Wuhan", "Changsha", "Chengdu", "Xian"):
        await world.start(name=name)


async def test_four_reminders_of_a_day_are_one_message_and_their_threads_stay_silent(
    world: World,
) -> None:
    await four_runs(world)
    await world.at("2025-08-25")
    [digest] = world.told("digest", channel=LI)
    assert world.told("reminder", "plain") == []
    payload = digest["metadata"]["event_payload"]
    assert payload["run"] == ""
    assert payload["key"] == f"digest/{LI}/2025-08-25"
    assert "8月25日" in digest["text"]
    assert all(name in digest["text"] for name in ("Wuhan", "Changsha", "Chengdu", "Xian"))
    assert buttons(digest).count("step.done") == 4


async def test_what_is_done_from_the_digest_leaves_a_line_there(world: World) -> None:
    await four_runs(world)
    await world.at("2025-08-25")
    [digest] = world.told("digest", channel=LI)
    await world.li.click(digest, "step.done")
    await world.settle()
    [digest] = world.told("digest", channel=LI)
    assert buttons(digest).count("step.done") == 3
    assert "已处理" in digest["text"]
    done = [step for run in await world.runs() for step in run.of("plain") if step.is_closed]
    assert len(done) == 1


async def test_three_reminders_stand_in_their_threads(world: World) -> None:
    for name in ("Wuhan", "Changsha", "Chengdu"):
        await world.start(name=name)
    await world.at("2025-08-25")
    assert world.told("digest", channel=LI) == []
    assert len(world.told("reminder", "plain")) == 3


async def test_reminders_are_put_off_once_and_the_card_says_until_when(world: World) -> None:
    await world.start()
    await world.at("2025-08-25")
    [reminder] = world.told("reminder", "plain")
    await world.li.click(reminder, "step.snooze")
    assert await world.li.submit({}) is None
    await world.settle()
    [reminder] = world.told("reminder", "plain")
    assert buttons(reminder) == []
    assert "Reminders wait until" in words(world.card("plain"))
    step = await world.step("plain")
    assert f"{step.remind_at:%m-%d %H:%M}" == "08-26 02:00"
    await world.at("2025-08-26")
    assert len(world.told("reminder", "plain")) == 2


async def test_somebody_whom_slack_keeps_quiet_hears_of_it_afterwards(world: World) -> None:
    await world.start()
    until = world.clock.now().replace(month=8, day=25, hour=4, minute=0, second=0, microsecond=0)
    world.sandbox.space.pauses[LI] = {
        "snooze_enabled": True, "snooze_endtime": int(until.timestamp()),
    }  # fmt: skip
    await world.at("2025-08-25")
    assert world.told("reminder", "plain") == []
    await world.at("2025-08-25", "12:00")
    assert len(world.told("reminder", "plain")) == 1


async def test_the_lead_hears_in_the_thread_of_a_step_that_stays_late(world: World) -> None:
    await world.start()
    for day in ("25", "27", "28", "29"):
        await world.at(f"2025-08-{day}")
    assert not any(f"<@{WANG}>" in text for text in world.reminders("plain"))
    await world.at("2025-09-01")
    told = world.told("reminder", "plain")[-1]
    assert told["text"].startswith(f"<@{WANG}>")
    assert f"<@{LI}>" in told["text"]
    assert buttons(told) == ["step.reschedule", "step.assign"]
    assert not any(f"<@{CHEN}>" in text for text in world.reminders("plain"))
