"""The date of a run moves: a preview, one yes, one message."""

import pytest

from playbooks.run import EventKind, StepStatus
from tests.scenarios.reading import Json, field, fields, words
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, WANG, World, moment

ANCHOR, LATER = "2025-11-18", "2025-12-02"


async def begin(world: World) -> None:
    """A run whose venue has a date given by hand."""
    await world.start()


async def open_form(world: World, day: str = "") -> Json:
    """Open the form from the run's card, and choose a day."""
    await world.wang.click(world.run_card(), "run.menu", option="run.move_date ")
    if day:
        await world.wang.choose("anchor_on", day)
    assert world.wang.modal
    return world.wang.modal


def said(world: World) -> list[str]:
    """What the channel was told of the run itself."""
    return [message["text"] for message in world.told("notice", "tryout")]


async def test_a_date_moves_after_a_preview_with_one_message(world: World) -> None:
    await world.start(outsider__vendor="Press & Co")
    first = await open_form(world)
    assert fields(first) == ["anchor_on", "reason"]
    assert field(first, "anchor_on")["initial_date"] == ANCHOR
    shown = words(await open_form(world, LATER))
    assert "2 open steps get new dates" in shown
    assert "Publish the page · Tue 4 Nov → Tue 18 Nov" in shown
    assert f"To be confirmed again with people outside: Print the badges (<@{LI}>)" in shown
    posts = len(world.sandbox.space.channel(CHANNEL).messages)
    assert await world.wang.submit({"reason": "The hall is taken"}) is None
    await world.settle()
    assert len(world.sandbox.space.channel(CHANNEL).messages) == posts + 1
    [told] = said(world)
    assert "Event date: from Tue 18 Nov to Tue 2 Dec" in told
    assert "Why: The hall is taken" in told
    assert "2 open steps move with it, first of all: Publish the page · Print the badges" in told
    assert told.count(f"<@{LI}>") == 1
    assert "please confirm again with people outside: Print the badges" in told
    assert "Tue 2 Dec" in world.run_card()["text"]
    assert "18 Nov" in world.card("page")["text"]
    [event] = [e for e in await world.history() if e.kind is EventKind.DATE_MOVED]
    assert event.by == WANG


async def test_reminders_follow_the_new_date_and_old_ones_are_gone(world: World) -> None:
    await world.start()
    was = (await world.step("page")).remind_at
    await open_form(world, LATER)
    assert await world.wang.submit() is None
    await world.settle()
    now = (await world.step("page")).remind_at
    assert was
    assert now
    assert now > was
    await world.at("2025-11-04", "17:00")
    assert world.reminders("page") == []
    await world.at("2025-11-18", "17:00")
    assert len(world.reminders("page")) == 1


async def test_a_reminder_that_stands_there_loses_its_buttons_when_its_date_moves(
    world: World,
) -> None:
    await world.start()
    await world.at("2025-11-04", "11:00")
    reminded = [m for m in world.told("reminder", "page") if "step.done" in str(m["blocks"])]
    assert reminded
    await open_form(world, LATER)
    assert await world.wang.submit() is None
    await world.settle()
    assert [m for m in world.told("reminder", "page") if "step.done" in str(m["blocks"])] == []


async def test_what_would_already_be_late_is_listed_with_a_choice(world: World) -> None:
    await world.start()
    shown = await open_form(world, "2025-08-28")
    assert "Their new date has already passed: Publish the page" in words(shown)
    options = [option["value"] for option in field(shown, "late")["options"]]
    assert options == ["compress", "skip", "start"]
    await world.wang.choose("late", "skip")
    assert await world.wang.submit() is None
    await world.settle()
    step = await world.step("page")
    assert (step.status, step.reason) == (StepStatus.SKIPPED, "short_notice")
    [told] = said(world)
    assert "Left out for short notice: Publish the page" in told
    assert world.card("page")["text"].startswith("⏭️")


async def test_a_date_given_by_hand_is_said_to_stay_and_moves_along_on_wish(world: World) -> None:
    await world.start()
    await world.choose(world.li, "page", "step.reschedule")
    due_at = moment("2025-11-05", "15:00")
    assert await world.li.submit({"due_at": int(due_at.timestamp())}) is None
    await world.settle()
    shown = await open_form(world, LATER)
    assert "set by hand and stays as it is: Publish the page" in words(shown)
    await world.wang.choose("also", ["yes"])
    assert world.wang.modal
    assert "Publish the page · Wed 5 Nov → Wed 19 Nov" in words(world.wang.modal)
    await world.wang.choose("also", [])
    assert await world.wang.submit() is None
    await world.settle()
    assert (await world.step("page")).due_at == due_at
    assert "1 date set by hand stays as it is." in said(world)[-1]


async def test_only_the_lead_or_who_started_it_moves_the_date(world: World) -> None:
    await world.start(world.anna, **{"role.controller": WANG})
    await world.li.click(world.run_card(), "run.menu", option="run.move_date ")
    await world.settle()
    assert world.li.modal is None
    assert f"<@{WANG}>" in world.whispers(world.li)[-1]
    await world.anna.click(world.run_card(), "run.menu", option="run.move_date ")
    assert await world.anna.submit({"anchor_on": LATER}) is None
    await world.settle()
    assert str((await world.run()).anchor_on) == LATER


@pytest.mark.parametrize("day", ["2025-08-01", ANCHOR, "2225-08-01"])
async def test_a_day_that_cannot_be_stands_at_its_field(world: World, day: str) -> None:
    await world.start()
    await open_form(world)
    assert set(await world.wang.submit({"anchor_on": day}) or {}) == {"anchor_on"}
    if day != ANCHOR:
        assert "⚠️" in words(await open_form(world, day))
    assert str((await world.run()).anchor_on) == ANCHOR
    assert said(world) == []


async def test_a_form_that_has_gone_stale_shows_first_what_it_would_do_now(world: World) -> None:
    await world.start()
    await open_form(world, LATER)
    await world.finish("plain", world.li)
    assert await world.wang.submit() is None
    assert world.wang.modal
    assert "The run has changed since you opened this." in words(world.wang.modal)
    assert field(world.wang.modal, "anchor_on")["initial_date"] == LATER
    assert str((await world.run()).anchor_on) == ANCHOR
    assert await world.wang.submit() is None
    await world.settle()
    assert str((await world.run()).anchor_on) == LATER


async def test_two_who_move_it_at_once_do_not_move_it_twice(world: World) -> None:
    await world.start(world.anna, **{"role.controller": WANG})
    for person in (world.wang, world.anna):
        await person.click(world.run_card(), "run.menu", option="run.move_date ")
        await person.choose("anchor_on", LATER)
    assert await world.wang.submit() is None
    assert await world.anna.submit() is None  # is shown how it stands now
    assert world.anna.modal
    assert set(await world.anna.submit() or {}) == {"anchor_on"}
    await world.settle()
    assert len(said(world)) == 1


async def test_a_run_that_ended_meanwhile_says_so(world: World) -> None:
    await world.start()
    await open_form(world, LATER)
    run = await world.run()
    stale = world.run_card() | {}
    await world.wang.close()
    await world.wang.click(stale, "run.menu", option="run.cancel ")
    assert await world.wang.submit({"reason": "Rain"}) is None
    await world.settle()
    await world.wang.click(stale, "run.menu", option="run.move_date ")
    await world.settle()
    assert world.wang.modal is None
    assert "cancelled this run" in world.whispers(world.wang)[-1]
    assert (await world.run()).anchor_on == run.anchor_on


async def test_in_front_of_another_company_the_day_is_told_and_the_owners_hear_the_rest_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = world.sandbox.space.channel(CHANNEL)
    shared = channel.as_slack() | {"is_ext_shared": True}
    monkeypatch.setattr(channel, "as_slack", lambda: shared)
    await world.start()
    await open_form(world, LATER)
    assert await world.wang.submit({"reason": "Our budget is late"}) is None
    await world.settle()
    [told] = said(world)
    assert "to Tue 2 Dec" in told
    assert "budget" not in told
    assert "<@" not in told
    [alone] = [m["text"] for m in world.told("notice", "tryout", channel=LI)]
    assert "Our budget is late" in alone
    assert world.told("notice", "tryout", channel=WANG) == []


async def test_the_form_speaks_chinese(world: World) -> None:
    await world.start(world.li, **{"role.controller": LI, "role.designer": ANNA, "role.head": CHEN})
    await world.li.click(world.run_card(), "run.menu", option="run.move_date ")
    await world.li.choose("anchor_on", LATER)
    assert world.li.modal
    assert "2 个未完成的步骤会改期" in words(world.li.modal)
