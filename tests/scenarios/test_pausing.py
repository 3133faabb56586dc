"""A run is paused, resumed, cancelled and reopened: silence, and old buttons that say so."""

from copy import deepcopy

import pytest

from playbooks.run import RunStatus, StepStatus
from tests.scenarios.reading import buttons, field, fields, words
from tests.scenarios.world import CHANNEL, LI, WANG, World


async def menu(world: World, action: str) -> None:
    """Take something from the menu of the run's card."""
    await world.wang.click(world.run_card(), "run.menu", option=f"{action} ")


async def pause(world: World) -> None:
    """Start a run and pause it."""
    await world.start()
    await menu(world, "run.pause")
    assert await world.wang.submit({"reason": "The client thinks"}) is None
    await world.settle()


async def cancel(world: World) -> None:
    """Start a run and cancel it."""
    await world.start()
    await menu(world, "run.cancel")
    assert await world.wang.submit({"reason": "The hall burnt down"}) is None
    await world.settle()


def said(world: World) -> int:
    """How much stands in the channel and in everybody's direct messages."""
    space = world.sandbox.space
    return sum(len(space.im(who).messages) for who in (WANG, LI)) + len(
        space.channel(CHANNEL).messages
    )


async def test_a_paused_run_says_so_everywhere_and_is_silent(world: World) -> None:
    await world.start()
    await world.at("2025-08-25", "11:00")
    [reminder] = world.told("reminder", "plain")
    stale = deepcopy(world.card("venue"))
    await menu(world, "run.pause")
    assert set(await world.wang.submit({"reason": " "}) or {}) == {"reason"}
    assert await world.wang.submit({"reason": "The client thinks"}) is None
    await world.settle()
    assert (await world.run()).status is RunStatus.PAUSED
    card = world.run_card()["text"]
    assert card.startswith("⏸️")
    assert "paused since" in card
    assert "The client thinks" in card
    assert "⏸️" in world.card("venue")["text"]
    assert "paused with the run" in world.card("venue")["text"]
    assert buttons(world.card("venue")) == []
    assert world.told("notice", "tryout")[-1]["text"].startswith("⏸️ *Dealer day* is paused.")
    before = said(world)
    for day in ("08-26", "09-01", "09-15", "10-20"):
        await world.at(f"2025-{day}", "10:30")
    assert said(world) == before
    await world.li.click(reminder, "step.done")
    await world.li.click(stale, "step.help")
    await world.li.click(stale, "step.menu", option="step.skip ")
    await world.settle()
    assert world.li.modal is None
    assert len(world.whispers(world.li)) == 3
    for answer in world.whispers(world.li):
        assert "暂停" in answer
        assert f"<@{WANG}>" in answer
    assert said(world) == before


async def test_a_run_goes_on_with_its_dates_and_nothing_is_made_up_for(world: World) -> None:
    await pause(world)
    dues = [step.due_at for step in (await world.run()).steps]
    await world.at("2025-09-02", "10:30")
    await menu(world, "run.resume")
    assert world.wang.modal
    shown = words(world.wang.modal)
    assert "9 working days were lost" in shown
    assert "3 dates have passed meanwhile" in shown
    assert [o["value"] for o in field(world.wang.modal, "dates")["options"]] == ["keep", "shift"]
    assert await world.wang.submit() is None
    await world.settle()
    run = await world.run()
    assert run.status is RunStatus.ACTIVE
    assert [step.due_at for step in run.steps] == dues
    assert world.reminders() == []
    assert "🔴" in words(world.card("plain"))
    assert "step.done" in buttons(world.card("plain"))
    assert "goes on. All dates stay" in world.told("notice", "tryout")[-1]["text"]
    await world.at("2025-09-03", "10:30")
    assert len(world.reminders("plain")) == 1


async def test_a_run_goes_on_later_by_the_days_lost(world: World) -> None:
    await pause(world)
    run = await world.run()
    await world.at("2025-08-27", "10:30")
    await menu(world, "run.resume")
    assert await world.wang.submit({"dates": "shift"}) is None
    await world.settle()
    later = await world.run()
    assert later.anchor_on == run.anchor_on
    assert "3 Sep" in world.card("plain")["text"]
    assert "7 open steps are due later" in world.told("notice", "tryout")[-1]["text"]


async def test_a_run_resumed_the_same_day_asks_nothing(world: World) -> None:
    await pause(world)
    await menu(world, "run.resume")
    assert world.wang.modal
    assert fields(world.wang.modal) == []
    assert await world.wang.submit() is None
    await world.settle()
    assert (await world.run()).status is RunStatus.ACTIVE


async def test_only_the_lead_pauses_resumes_and_reopens(world: World) -> None:
    await world.start()
    await world.li.click(world.run_card(), "run.menu", option="run.pause ")
    await menu(world, "run.pause")
    assert await world.wang.submit({"reason": "x"}) is None
    await world.settle()
    await world.li.click(world.run_card(), "run.menu", option="run.resume ")
    await menu(world, "run.cancel")
    assert await world.wang.submit({"reason": "x"}) is None
    await world.settle()
    await world.li.click(world.run_card(), "run.menu", option="run.reopen ")
    await world.settle()
    assert world.li.modal is None
    assert len(world.whispers(world.li)) == 3
    assert all(f"<@{WANG}>" in answer for answer in world.whispers(world.li))


async def test_two_pauses_at_once_are_one(world: World) -> None:
    await world.start()
    stale = deepcopy(world.run_card())
    await menu(world, "run.pause")
    assert await world.wang.submit({"reason": "x"}) is None
    await world.settle()
    await world.wang.click(stale, "run.menu", option="run.pause ")
    await world.settle()
    assert world.wang.modal is None
    assert "has been paused since" in world.whispers(world.wang)[-1]
    assert len((await world.run()).pauses) == 1


async def test_a_cancelled_run_is_reopened_as_it_was(world: World) -> None:
    await cancel(world)
    await menu(world, "run.reopen")
    assert world.wang.modal
    assert "7 steps are open again" in words(world.wang.modal)
    assert set(await world.wang.submit({"reason": ""}) or {}) == {"reason"}
    assert await world.wang.submit({"reason": "It was another hall"}) is None
    await world.settle()
    assert (await world.run()).status is RunStatus.ACTIVE
    assert world.run_card()["text"].startswith("Dealer day: Try-out")
    assert "step.done" in buttons(world.card("plain"))
    assert "It was another hall" in world.told("notice", "tryout")[-1]["text"]
    await world.at("2025-08-25", "11:00")
    assert len(world.reminders("plain")) == 1


async def test_a_finished_run_is_reopened_for_one_of_its_steps(world: World) -> None:
    await world.start()
    for key in ("plain", "after", "venue", "packing", "motto", "page", "print"):
        await world.choose(world.wang, key, "step.skip")
        assert await world.wang.submit({"reason": "x"}) is None
        await world.settle()
    await menu(world, "run.reopen")
    assert await world.wang.submit({"reason": "One more round"}) is None
    await world.settle()
    assert (await world.run()).status is RunStatus.ACTIVE
    await world.choose(world.li, "page", "step.reopen")
    await world.settle()
    assert (await world.step("page")).status is StepStatus.ACTIVE


async def test_a_status_asked_in_the_channel_of_a_paused_run_shows_it(world: World) -> None:
    await pause(world)
    await world.li.command("/sop status", channel=CHANNEL)
    await world.settle()
    assert "⏸️" in world.whispers(world.li)[-1]


async def test_in_front_of_another_company_no_reason_is_given(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = world.sandbox.space.channel(CHANNEL)
    shared = channel.as_slack() | {"is_ext_shared": True}
    monkeypatch.setattr(channel, "as_slack", lambda: shared)
    await pause(world)
    texts = [words(message) + message["text"] for message in channel.messages]
    assert any("is paused" in text for text in texts)
    assert not any("client thinks" in text for text in texts)


async def test_who_asks_gets_the_record_as_a_direct_message(world: World) -> None:
    await world.start()
    await world.li.click(world.run_card(), "run.menu", option="run.export ")
    posts = len(world.sandbox.space.channel(CHANNEL).messages)
    assert await world.li.submit({"format": "csv"}) is None
    await world.settle()
    [message] = [m for m in world.sandbox.space.im(LI).messages if m.get("files")]
    assert message["files"][0]["name"].endswith(".csv")
    assert len(world.sandbox.space.channel(CHANNEL).messages) == posts
