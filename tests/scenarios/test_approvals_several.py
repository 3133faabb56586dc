"""Levels of several people, levels at the same time, and people who change meanwhile."""

import asyncio
from copy import deepcopy

from playbooks.run import StepStatus
from tests.scenarios.reading import buttons, words
from tests.scenarios.reviewing import (
    approve,
    copy,
    hand_in_visual,
    press,
    request,
    requests,
    send,
    start_review,
)
from tests.scenarios.world import ANNA, CHEN, LI, WANG, World


async def test_all_of_a_role_have_to_approve_and_the_card_counts_on(world: World) -> None:
    await start_review(world)
    await world.finish("budget", world.li)
    await approve(world, world.chen, "budget")
    assert f"<@{CHEN}> (1 of 3)" in words(request(world, "budget"))
    mine = copy(world, world.chen, "budget")
    assert mine["text"].startswith("✅")
    assert "approval.approve" not in buttons(mine)
    assert "approval.approve" in buttons(copy(world, world.wang, "budget"))
    await approve(world, world.wang, "budget")
    assert (await world.step("budget")).status is StepStatus.DECIDING
    await approve(world, world.anna, "budget")
    assert (await world.step("budget")).status is StepStatus.DONE


async def test_one_of_several_takes_their_approval_back_while_the_others_decide(
    world: World,
) -> None:
    await start_review(world)
    await world.finish("budget", world.li)
    await approve(world, world.chen, "budget")
    await press(world, world.chen, copy(world, world.chen, "budget"), "approval.undo")
    assert "approval.approve" in buttons(copy(world, world.chen, "budget"))
    assert "1 of 3" not in words(request(world, "budget"))


async def test_two_of_three_are_enough(world: World) -> None:
    await start_review(world)
    await world.finish("slogan", world.li)
    shown = deepcopy(request(world, "slogan"))
    await asyncio.gather(
        world.chen.click(shown, "approval.approve"), world.anna.click(shown, "approval.approve")
    )
    await world.settle()
    step = await world.step("slogan")
    assert step.status is StepStatus.DONE
    assert sorted(move.by for move in step.moves) == sorted([CHEN, ANNA])
    await world.wang.click(shown, "approval.approve")
    await world.settle()
    assert "decided this already" in world.whispers(world.wang)[-1]


async def test_parallel_levels_are_decided_at_the_same_time(world: World) -> None:
    await start_review(world)
    await world.finish("stand", world.li)
    both = requests(world, "stand")
    assert len(both) == 2
    await approve(world, world.chen, "stand", shown=both[1])
    assert (await world.step("stand")).status is StepStatus.DECIDING
    assert "approval.approve" in buttons(requests(world, "stand")[0])
    await approve(world, world.anna, "stand", shown=both[0])
    assert (await world.step("stand")).status is StepStatus.DONE


async def test_whoever_gets_a_role_is_asked_and_who_had_it_is_told(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await world.wang.click(world.run_card(), "run.menu", option="run.roles ")
    assert await send(world, world.wang, {"role.manager": WANG}) is None
    assert f"<@{WANG}>" in request(world, "visual")["text"].split(f"<@{LI}>")[0]
    assert "approval.approve" in buttons(copy(world, world.wang, "visual"))
    assert "approval.approve" not in buttons(copy(world, world.anna, "visual"))
    await press(world, world.anna, request(world, "visual"), "approval.approve")
    assert f"<@{WANG}>" in world.whispers(world.anna)[-1]


async def test_where_nobody_may_decide_the_lead_is_asked_to_name_somebody(world: World) -> None:
    await start_review(world, manager=LI)
    await hand_in_visual(world)
    shown = request(world, "visual")
    assert f"<@{WANG}>" in shown["text"].split(f"<@{LI}>")[0]
    assert buttons(shown) == ["approval.delegate"]
    await press(world, world.li, shown, "approval.delegate")
    assert world.li.modal is None
    await press(world, world.wang, shown, "approval.delegate")
    assert await send(world, world.wang, {"person": ANNA}) is None
    await approve(world, world.anna, "visual")
    assert [move.kind for move in (await world.step("visual")).moves] == ["delegate", "approve"]


async def test_what_is_taken_back_or_cancelled_is_asked_no_longer(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await world.finish("poster", world.li)
    await world.choose(world.li, "visual", "step.reopen")
    await world.settle()
    for shown in (request(world, "visual"), copy(world, world.anna, "visual")):
        assert "approval.approve" not in buttons(shown)
        assert f"<@{LI}>" in shown["text"]
    await world.wang.click(world.run_card(), "run.menu", option="run.cancel ")
    assert await send(world, world.wang, {"reason": "No budget"}) is None
    for shown in (request(world, "poster"), copy(world, world.anna, "poster")):
        assert "approval.approve" not in buttons(shown)
