"""Nobody answers: what was declared happens, and the card says so before anybody asks."""

from copy import deepcopy

from playbooks.run import StepStatus
from tests.scenarios.reading import buttons, words
from tests.scenarios.reviewing import (
    approve,
    copy,
    hand_in_visual,
    notices,
    press,
    request,
    send,
    start_review,
)
from tests.scenarios.world import ANNA, LI, WANG, World

BERLIN = "Europe/Berlin"


async def test_the_card_says_what_happens_when_nobody_answers(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    for shown in (request(world, "visual"), copy(world, world.anna, "visual")):
        seen = words(shown)
        assert "If nobody answers: reminder" in seen
        assert "may decide too from" in seen
        assert "Silence never approves." in seen


async def test_the_approver_is_reminded_in_her_working_hours_then_a_backup_is_asked(
    world: World,
) -> None:
    await start_review(world)
    await world.finish("brief", world.wang)
    await hand_in_visual(world)  # Wednesday, 10:00 in Shanghai: four in the morning in Berlin
    await world.at("2025-08-21", "10:00")
    assert world.reminders("visual") == []
    await world.at("2025-08-21", "09:00", BERLIN)
    [reminder] = world.reminders("visual")
    assert reminder.startswith(f"<@{ANNA}>")
    assert "approval.approve" in buttons(world.told("reminder", "visual")[0])
    await press(world, world.wang, request(world, "visual"), "approval.approve")
    assert f"<@{ANNA}>" in world.whispers(world.wang)[-1]
    await world.at("2025-08-22", "09:00", BERLIN)
    assert notices(world, "visual")[-1].startswith(f"<@{WANG}>")
    await approve(world, world.wang, "visual", shown=copy(world, world.wang, "visual"))
    assert (await world.step("visual")).moves[-1].by == WANG


async def test_silence_is_escalated_and_the_decision_handed_to_somebody_else(world: World) -> None:
    await start_review(world)
    await world.finish("menu", world.li)
    await world.at("2025-08-22", "09:00", BERLIN)
    escalated = world.told("notice", "menu")[-1]
    assert escalated["text"].startswith(f"<@{WANG}>")
    await press(world, world.wang, escalated, "approval.delegate")
    assert await send(world, world.wang, {"person": WANG}) is None
    await approve(world, world.wang, "menu")
    assert (await world.step("menu")).status is StepStatus.DONE


async def test_a_level_that_lapses_hands_the_step_back(world: World) -> None:
    await start_review(world)
    await world.finish("menu", world.li)
    old = deepcopy(request(world, "menu"))
    assert f"back to <@{LI}>" in words(old)
    await world.at("2025-08-27", "10:00")
    assert (await world.step("menu")).status is StepStatus.ACTIVE
    assert request(world, "menu")["text"].startswith("⌛")
    assert not {"approval.approve", "approval.undo"} & set(buttons(request(world, "menu")))
    said = world.told("notice", "menu")[-1]
    assert said["text"].startswith(f"<@{LI}>")
    await press(world, world.anna, old, "approval.approve")
    assert "nobody answered in time" in world.whispers(world.anna)[-1]
    await world.li.click(said, "step.done")
    await world.settle()
    assert (await world.step("menu")).status is StepStatus.DECIDING
    await approve(world, world.anna, "menu")
    assert (await world.step("menu")).status is StepStatus.DONE


async def test_the_clock_runs_to_the_submitter_until_a_question_is_answered(world: World) -> None:
    await start_review(world)
    await hand_in_visual(world)
    await press(world, world.anna, request(world, "visual"), "approval.ask")
    assert await send(world, world.anna, {"comment": "Why red?"}) is None
    await world.at("2025-08-21", "10:00")
    [reminder] = world.told("reminder", "visual")
    assert reminder["text"].startswith(f"<@{LI}>")
    await press(world, world.li, reminder, "approval.answer")
    assert await send(world, world.li, {"comment": "Brand"}) is None
    await world.at("2025-08-22", "09:00", BERLIN)
    assert world.reminders("visual")[-1].startswith(f"<@{ANNA}>")
