"""What is already late at the start is listed with a choice, recorded and told."""

import pytest

from playbooks.run import EventKind, StepStatus
from tests.scenarios.reading import field, words
from tests.scenarios.world import World

SOON = "2025-08-27"


async def test_what_is_already_late_is_listed_by_name_with_a_choice(world: World) -> None:
    await world.wang.command("/sop start tryout")
    await world.wang.choose("anchor_on", SOON)
    assert world.wang.modal
    assert "Already late: Publish the page" in words(world.wang.modal)
    ways = [option["value"] for option in field(world.wang.modal, "late")["options"]]
    assert ways == ["compress", "skip", "start"]


async def test_a_long_list_ends_with_how_many_more_there_are(world: World) -> None:
    await world.wang.command("/sop start event")
    await world.wang.choose("anchor_on", "2025-08-25")
    assert world.wang.modal
    [line] = [text for text in words(world.wang.modal).split("\n") if "Already late" in text]
    assert line.count(" · ") == 10
    assert line.endswith("more")


@pytest.mark.parametrize(
    ("late", "told"),
    [
        ("compress", "1 step is due the next working day"),
        ("skip", "1 step is left out"),
        ("start", "1 step keeps a planned date that has passed"),
    ],
)
async def test_the_choice_is_recorded_and_told_in_the_run_s_thread(
    world: World, late: str, told: str
) -> None:
    await world.wang.command("/sop start tryout", channel="C0DEALER")
    await world.wang.choose("anchor_on", SOON)
    assert await world.wang.submit({"name": "Dealer day", "late": late}) is None
    await world.settle()
    [notice] = world.thread(world.run_card())
    assert told in notice["text"]
    assert notice["text"].endswith("Publish the page")
    [started] = [e for e in await world.history() if e.kind is EventKind.RUN_STARTED]
    assert started.facts["late"] == late
    assert started.facts["hurried"] == ["page"]
    step = await world.step("page")
    assert (step.status is StepStatus.SKIPPED) == (late == "skip")
    assert step.reason == ("short_notice" if late == "skip" else "")


async def test_where_nothing_is_late_nothing_is_told(world: World) -> None:
    await world.start()
    assert world.thread(world.run_card()) == []


async def test_a_start_in_the_past_stands_at_its_field(world: World) -> None:
    errors = await world.fill_start(world.wang, {"start_on": "2025-08-19"})
    assert set(errors or {}) == {"start_on"}
