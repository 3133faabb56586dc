"""A question that nobody has to answer any more has no button."""

from collections.abc import Awaitable, Callable

import pytest

from tests.scenarios.reading import Json, buttons, words
from tests.scenarios.reviewing import (
    approve,
    hand_in_visual,
    press,
    request,
    request_changes,
    send,
    start_review,
)
from tests.scenarios.world import LI, World


async def ask(world: World) -> Json:
    """Anna asks Li about the key visual."""
    await start_review(world)
    await hand_in_visual(world)
    await press(world, world.anna, request(world, "visual"), "approval.ask")
    assert await send(world, world.anna, {"comment": "Why red?"}) is None
    asked = question(world)
    assert asked["text"].startswith(f"<@{LI}>")
    assert buttons(asked) == ["approval.answer"]
    return asked


def question(world: World) -> Json:
    """The message of the one question."""
    found = [m for m in world.told("notice", "visual") if "/question/" in str(m["metadata"])]
    assert len(found) == 1
    return found[0]


async def answered(world: World) -> None:
    await press(world, world.li, question(world), "approval.answer")
    assert await send(world, world.li, {"comment": "The brand's."}) is None


async def approved(world: World) -> None:
    await approve(world, world.anna, "visual")


async def sent_back(world: World) -> None:
    await request_changes(world, world.anna, "visual")


async def taken_back(world: World) -> None:
    await world.choose(world.li, "visual", "step.reopen")
    await send(world, world.li, {"reason": "A typo"}) if world.li.modal else await world.settle()


async def cancelled(world: World) -> None:
    await world.wang.click(world.run_card(), "run.menu", option="run.cancel ")
    assert await send(world, world.wang, {"reason": "No budget"}) is None


@pytest.mark.parametrize("ends", [answered, approved, sent_back, taken_back, cancelled])
async def test_its_button_goes_and_what_was_asked_stays(
    world: World, ends: Callable[[World], Awaitable[None]]
) -> None:
    asked = await ask(world)
    await ends(world)
    over = question(world)
    assert over["ts"] == asked["ts"]
    assert buttons(over) == []
    assert "Why red?" in words(over)


async def test_another_question_keeps_its_own_button(world: World) -> None:
    await ask(world)
    await answered(world)
    await press(world, world.anna, request(world, "visual"), "approval.ask")
    assert await send(world, world.anna, {"comment": "Why so large?"}) is None
    shown = [m for m in world.told("notice", "visual") if "/question/" in str(m["metadata"])]
    assert [buttons(message) for message in shown] == [[], ["approval.answer"]]
