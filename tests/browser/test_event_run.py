"""A run from its start to its end, with mouse and keyboard."""

import pytest
from playwright.async_api import Locator, expect

from bot.demo import Demo
from tests.browser.window import CHEN, LI, MARKETING, PATIENCE, WANG, Window, button

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_event_is_started_and_its_first_step_done_and_the_next_one_reminded_of(
    window: Window, demo: Demo
) -> None:
    await window.open(channel=MARKETING)
    await window.say("/sop start event")
    await start_the_event(window)
    await expect(button(window.card("Spring gala"), "run.steps")).to_be_visible()
    charter = window.card("Set the event up and name its controller · under way")
    await expect(charter.locator(".mention").first).to_contain_text("Chen Yi-chun")

    await window.act_as(CHEN)
    await hand_in_the_charter(window, charter)
    await window.act_as(WANG)
    await accept_the_charter(window)

    brief = window.card("Brief: theme, goal, time, place, budget · under way")
    await expect(button(brief, "step.done")).to_be_visible()
    await expect(window.card("Spring gala")).to_contain_text("1 of 29 done")
    await reminded_of(window, demo, brief)


async def start_the_event(window: Window) -> None:
    """Fill in the form: typing, and choosing people with the mouse."""
    await window.field("name").locator("input").fill("Spring gala")
    day = window.field("anchor_on").locator("input")
    await day.press_sequentially("2025-12-01")
    await day.press("Tab")
    await expect(window.modal).to_contain_text("first due")  # drawn anew with the date
    await expect(window.field("name").locator("input")).to_have_value("Spring gala")
    await window.choose("role.head", CHEN)
    await window.choose("role.designer", LI)
    await window.submit()


async def hand_in_the_charter(window: Window, charter: Locator) -> None:
    """Tick all but one item on the card, the last one in the form, and answer what is asked."""
    boxes = charter.get_by_role("checkbox")
    await expect(boxes).to_have_count(4)
    for at in range(await boxes.count() - 1):
        await boxes.nth(at).check()
    await button(charter, "step.done").click()
    await expect(window.field("items").get_by_role("checkbox")).to_have_count(1)
    await window.field("items").get_by_role("checkbox").check()
    await window.field("question.time").get_by_role("radio").first.check()
    await window.submit()


async def accept_the_charter(window: Window) -> None:
    """Approve in the step's thread, where the request names who decides."""
    waiting = window.card("Set the event up and name its controller · waiting for a decision")
    await waiting.locator(".replies").click()
    request = window.card("Decision 1 of 1", within="#thread")
    await expect(request.locator(".mention").first).to_contain_text("Wang Li")
    await button(request, "approval.approve").click()
    await expect(window.card("Approved by", within="#thread")).to_contain_text("Wang Li")
    closed = window.card("Set the event up and name its controller — done")
    await expect(closed).to_contain_text("Chen Yi-chun")
    await expect(button(closed, "step.done")).to_have_count(0)


async def reminded_of(window: Window, demo: Demo, step: Locator) -> None:
    """Let time pass until the step's thread holds a reminder."""
    replies = window.by_ts(await step.get_attribute("data-ts") or "").locator(".replies")
    for _ in range(25):
        if await replies.count():
            break
        await next_reminder(window, demo)
    await replies.click()
    reminder = window.card("is due", within="#thread")
    await expect(button(reminder, "step.snooze")).to_be_visible()


async def next_reminder(window: Window, demo: Demo) -> None:
    """Move the clock to the next reminder, and wait until the bot has said all it has to say."""
    await demo.bot.settled()
    said = len(demo.workspace.calls)
    await window.page.locator('[data-move="reminder"]').click()
    await demo.workspace.until(lambda: len(demo.workspace.calls) > said, PATIENCE)
    await demo.bot.settled()


async def test_a_short_sop_is_finished_and_its_card_says_so(window: Window) -> None:
    await window.open(channel=MARKETING)
    await window.say("/sop start stand")
    await window.field("name").locator("input").fill("Spring fair")
    await window.choose("role.designer", LI)
    await window.submit()

    await window.act_as(LI)
    sketch = window.card("Draw the stand · under way")
    await sketch.locator('input[value="size"]').check()
    await button(sketch, "step.done").click()
    await window.field("items").locator('input[value="power"]').check()
    await window.field("evidence").locator("input").fill("https://files.example.com/stand")
    await window.submit()
    await expect(window.card("Draw the stand — done")).to_contain_text("files.example.com")

    await window.act_as(WANG)
    await button(window.card("Open the stand · under way"), "step.done").click()
    await expect(window.card("Spring fair")).to_contain_text("finished")
    await expect(button(window.card("Spring fair"), "run.steps")).to_be_visible()
