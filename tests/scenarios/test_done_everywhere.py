"""Done is the same wherever it is pressed: on the card, a reminder, the Home, one's own list."""

from copy import deepcopy
from typing import Any

import pytest

from playbooks.run import StepStatus
from tests.scenarios.reading import Json, buttons, fields, words
from tests.scenarios.world import LI, World

SURFACES = ["card", "reminder", "home", "list"]
NAMES = {"plain": "定主题", "page": "发布页面"}  # as Li reads them


async def _surface(world: World, name: str, step: str) -> Json:
    """Where Li can press Done, as it looks now."""
    if name == "card":
        return deepcopy(world.card(step))
    if name == "reminder":
        own = [m for m in world.told("reminder", step) if "step.done" in buttons(m)]
        return deepcopy(own[-1])
    if name == "home":
        await world.li.open_home()
        await world.settle()
        assert world.li.home
        return world.li.home
    await world.li.command("/sop my")
    return world.li.ephemerals()[-1]


async def _press(world: World, where: Json, name: str, step: str) -> None:
    run = await world.run()
    chosen: dict[str, Any] = {"value": f"{run.id}/{step}"} if name in {"home", "list"} else {}
    await world.li.click(where, "step.done", **chosen)


def _told(world: World, name: str) -> str:
    """What Li was answered privately last."""
    if name == "home":
        return words(world.li.modal) if world.li.modal else ""
    return "\n".join(world.whispers(world.li)[-1:])


async def _begin(world: World) -> None:
    await world.start(start_on="2025-08-21")
    await world.at("2025-08-26")
    await world.at("2025-10-31")  # both steps have been reminded of, in their threads


@pytest.mark.parametrize("name", SURFACES)
async def test_one_press_closes_what_lacks_nothing_and_a_second_one_hears_by_whom(
    world: World, name: str
) -> None:
    await _begin(world)
    where = await _surface(world, name, "plain")
    await _press(world, where, name, "plain")
    assert world.li.modal is None
    await world.settle()
    step = await world.step("plain")
    assert (step.status, step.closed_by) == (StepStatus.DONE, LI)
    assert world.card("plain")["text"].startswith("✅")
    await _press(world, where, name, "plain")
    await world.settle()
    told = _told(world, name)
    assert f"<@{LI}>" in told
    assert "没有改动" in told


@pytest.mark.parametrize("name", SURFACES)
async def test_the_same_form_asks_for_what_is_missing_and_the_surface_follows(
    world: World, name: str
) -> None:
    await _begin(world)
    where = await _surface(world, name, "page")
    await _press(world, where, name, "page")
    form = world.li.modal
    assert form
    assert form["callback_id"] == "step.done"
    assert fields(form) == ["evidence", "comment"]
    assert await world.li.submit({"evidence": "https://example.com/page"}) is None
    await world.settle()
    assert (await world.step("page")).status is StepStatus.DONE
    if name == "home":
        assert NAMES["page"] not in words(world.li.home or {})
        assert NAMES["plain"] in words(world.li.home or {})
    if name == "list":
        [shown] = world.li.ephemerals()
        assert NAMES["page"] not in shown["text"]
        assert NAMES["plain"] in shown["text"]


@pytest.mark.parametrize("name", ["card", "reminder"])
async def test_whose_step_it_is_not_hears_whose_it_is(world: World, name: str) -> None:
    await _begin(world)
    for step in ("plain", "page"):
        await world.anna.click(await _surface(world, name, step), "step.done")
        await world.settle()
        assert world.anna.modal is None
        assert f"<@{LI}>" in world.whispers(world.anna)[-1]
        assert (await world.step(step)).status is StepStatus.ACTIVE
