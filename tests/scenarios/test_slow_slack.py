"""Slack answers late, or not at all: every click is answered in time, and no error is made up."""

import asyncio
from datetime import timedelta

import pytest

from bot import directory
from bot.listeners import dispatch
from bot.sandbox.shapes import Json
from bot.words.catalogue import say
from playbooks.run import StepStatus
from tests.scenarios.promptly import Hurry
from tests.scenarios.reading import words
from tests.scenarios.world import ANNA, CHANNEL, CHEN, LI, TODAY, WANG, World

HALF = (dispatch.ANSWER_WITHIN / 2, directory.PATIENCE / 2)  # for a machine that does much else


async def shown(world: World, user: str) -> Json:
    """The modal that somebody sees, as soon as they see it."""
    person = world.sandbox.person(user)
    return await world.sandbox.until(lambda: person.modal or {})


async def test_a_modal_that_slack_is_late_to_confirm_is_no_error(
    world: World, hurry: Hurry
) -> None:
    await world.start()
    hurry(answer=0.2)
    world.sandbox.faults.add("views.open", "late", times=3)
    await world.li.click(world.card("venue"), "step.done")
    await world.chen.shortcut("run.start")
    await world.anna.command("/sop start tryout")
    for user in (LI, CHEN, ANNA):
        assert await shown(world, user)
    world.sandbox.faults.answer()
    await world.settle()
    for person in (world.li, world.chen, world.anna):
        assert person.ephemerals() == []
        assert world.sandbox.messages(person.id) == []


async def test_a_form_that_slack_is_late_to_redraw_is_no_error(world: World, hurry: Hurry) -> None:
    await world.wang.command("/sop start tryout")
    hurry(answer=0.2)
    world.sandbox.faults.add("views.update", "late")
    await world.wang.choose("anchor_on", "2025-08-21")
    await world.sandbox.until(lambda: "late" in words(world.wang.modal or {"blocks": []}))
    world.sandbox.faults.answer()
    await world.settle()
    assert world.wang.ephemerals() == []
    assert world.sandbox.messages(WANG) == []


async def test_a_modal_that_slack_refuses_late_is_told_of_privately(
    world: World, hurry: Hurry
) -> None:
    await world.start()
    hurry(answer=0.2)
    world.sandbox.space.triggers.lives = -1
    world.sandbox.faults.add("views.open", "late", times=2)
    await world.li.click(world.card("venue"), "step.done")
    await world.chen.shortcut("run.start")
    world.sandbox.faults.answer()
    await world.settle()
    assert "出了点问题" in world.whispers(world.li)[-1]
    [told] = world.sandbox.messages(CHEN)  # where there is no channel to tell it in
    assert "出了狀況" in told["text"]
    assert "sopbot" in told["metadata"]["event_type"]


@pytest.mark.usefixtures("brief")
async def test_no_click_waits_for_a_slack_that_is_silent(world: World, hurry: Hurry) -> None:
    await world.start()
    world.clock.advance(timedelta(days=2))  # Slack is asked for everybody anew
    await world.settle()
    message = await world.anna.post(CHANNEL, "Our venue")
    hurry(*HALF)
    world.sandbox.faults.always("timeout")
    await asyncio.gather(  # which fails where an answer takes three seconds
        world.anna.command("/sop"),
        world.anna.command("/sop start tryout"),
        world.anna.shortcut("run.start"),
        world.chen.shortcut("message.evidence", message=message),
        world.chen.click(world.card("motto"), "step.done"),
        world.li.click(world.card("plain"), "step.done"),
        world.li.check(world.card("venue"), "contract"),
        world.wang.click(world.run_card(), "run.menu", option="run.roles "),
    )
    assert (await world.step("plain")).status is StepStatus.DONE
    assert (await world.step("venue")).ticked() == {"contract"}


@pytest.mark.usefixtures("brief")
async def test_no_form_waits_for_a_slack_that_is_silent(world: World, hurry: Hurry) -> None:
    run = await world.start()
    message = await world.anna.post(CHANNEL, "Our venue")
    await world.wang.click(world.run_card(), "run.menu", option="run.roles ")
    await world.choose(world.chen, "motto", "step.assign")
    await world.anna.shortcut("message.evidence", message=message)
    await world.li.command("/sop start tryout", channel="C0MARKET")
    await world.li.choose("anchor_on", "2025-11-20")
    world.clock.advance(timedelta(days=2))
    await world.settle()
    hurry(*HALF)
    world.sandbox.faults.always("timeout")
    today = (TODAY + timedelta(days=2)).isoformat()
    everybody = {"role.controller": WANG, "role.designer": ANNA, "role.head": CHEN}
    await asyncio.gather(
        world.wang.submit(everybody),
        world.chen.submit({"person": LI}),
        world.anna.submit({"step": f"{run.id}/plain"}),
        world.li.submit({"name": "Second", "start_on": today} | everybody | {"role.vendor": CHEN}),
    )
    assert not any(p.modal for p in (world.wang, world.chen, world.anna, world.li))
    [first, second] = sorted(await world.runs(), key=lambda run: run.started_at)
    assert second.name == "Second"
    owners = {step.key: step.owner for step in first.steps}
    assert (owners["motto"], owners["plain"]) == (LI, ANNA)
    [piece] = next(step.evidence for step in first.steps if step.key == "plain")
    assert piece.value.endswith(f"/archives/{CHANNEL}/p{message['ts'].replace('.', '')}")


async def test_a_form_that_takes_long_says_in_its_place_what_came_of_it(
    world: World, hurry: Hurry
) -> None:
    await world.start()
    await world.choose(world.chen, "motto", "step.assign")
    hurry(answer=0.2, look_up=20)
    world.sandbox.faults.add("users.info", "late")
    assert await world.chen.submit({"person": ANNA}) is None
    assert "比平時久" in words(await shown(world, CHEN))
    world.sandbox.faults.answer()
    await world.settle()
    assert say("zh-Hant", "slow.done") in words(await shown(world, CHEN))
    assert (await world.step("motto")).owner == ANNA


async def test_a_form_that_is_refused_after_long_is_told_of_even_where_it_was_closed(
    world: World, hurry: Hurry
) -> None:
    await world.start()
    for person in (world.chen, world.wang):
        await world.choose(person, "motto", "step.assign")
    world.clock.advance(timedelta(days=2))  # people are asked for anew
    await world.settle()
    hurry(answer=0.2, look_up=20)
    world.sandbox.faults.add("users.info", "late", times=4)
    world.sandbox.space.triggers.lives = -1
    await asyncio.gather(*(p.submit({"person": CHEN}) for p in (world.chen, world.wang)))
    await world.wang.close()
    world.sandbox.faults.answer()
    await world.settle()
    assert "沒有轉交" in words(await shown(world, CHEN))
    [told] = world.sandbox.messages(WANG)
    assert "Nothing was handed over" in told["text"]


@pytest.mark.usefixtures("brief")
async def test_the_very_first_command_does_not_wait_for_slack_to_say_who_the_bot_is(
    world: World,
) -> None:
    world.sandbox.faults.always("timeout")
    await world.anna.command("/sop")


def test_an_answer_has_time_to_reach_slack() -> None:
    assert dispatch.ANSWER_WITHIN <= 2.5  # of three seconds
    assert 2 * directory.PATIENCE < dispatch.ANSWER_WITHIN  # a form needs two look-ups in a row
