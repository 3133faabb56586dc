"""What the page shows when something is missing, not allowed, or asked for elsewhere."""

import pytest
from playwright.async_api import Browser, expect

from bot.demo import Demo
from tests.browser.window import ANNA, BRAND, DEALER, MARKETING, WANG, Window, button

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_error_stands_below_its_field_and_nothing_is_lost(window: Window) -> None:
    await window.open(channel=MARKETING)
    await window.say("/sop start event")
    await window.modal.locator("[data-submit]").click()
    name, day = window.field("name"), window.field("anchor_on")
    await expect(name.locator(".fault")).to_have_text("Please fill this in.")
    await expect(name.locator("input")).to_be_focused()
    await name.locator("input").fill("Too soon")
    await day.locator("input").fill("2025-08-01")
    await window.modal.locator("[data-submit]").click()
    await expect(day.locator(".fault")).to_contain_text("before the start")
    await expect(name.locator(".fault")).to_be_hidden()
    await expect(name.locator("input")).to_have_value("Too soon")
    await window.page.keyboard.press("Escape")
    await expect(window.modal).to_have_count(0)


async def test_a_step_of_somebody_else_is_refused_in_a_line_only_the_presser_sees(
    window: Window, browser: Browser, demo: Demo
) -> None:
    await window.open(ANNA)
    late = window.card("List the attendees and invite them · late")
    await expect(late.locator(".replies")).to_be_attached()  # it has a thread, with a reminder
    await button(late, "step.done").click()
    private = window.page.locator("#messages article.ephemeral")
    await expect(private).to_contain_text("Nothing was changed: this step is @Li Na")
    await expect(private).to_be_in_viewport()
    await expect(button(late, "step.done")).to_have_count(1)
    async with Window.on(browser, demo.workspace.url) as other:
        await other.open(WANG)
        await expect(other.page.locator("#messages article").first).to_be_attached()
        await expect(other.page.locator("article.ephemeral")).to_have_count(0)


async def test_work_is_done_on_app_home_where_it_stands(window: Window) -> None:
    await window.open(ANNA)
    await window.go_to("home")
    home = window.page.locator("#home")
    row = home.locator(".section").filter(has_text="List the content and start making it")
    await button(row, "step.done").click()
    boxes = window.field("items").get_by_role("checkbox")
    await expect(boxes.first).to_be_visible()
    for at in range(await boxes.count()):
        await boxes.nth(at).check()
    await window.submit()
    await expect(row).to_have_count(0)
    await window.go_to(DEALER)
    await expect(window.card("List the content and start making it — done")).to_be_attached()


async def test_the_language_of_the_page_and_of_the_bot_are_each_switched_in_one_place(
    window: Window,
) -> None:
    await window.open()
    await window.page.locator('[data-key="language"]').click()
    await window.page.locator('[data-language="zh-Hant"]').click()
    await expect(window.page.locator('[data-move="day"]')).to_have_text("+1 天+1 天")
    await expect(window.page.locator("html")).to_have_attribute("lang", "zh-Hant")
    await window.go_to("home")
    home = window.page.locator("#home")
    await expect(button(home, "home.start")).to_have_text("Start an SOP")
    await button(home, "home.language").click()
    await window.page.locator('.option[data-value="zh-Hans"]').click()
    await expect(button(home, "home.start")).to_have_text("启动 SOP")


async def test_the_bot_is_brought_into_a_channel_it_is_not_in(window: Window) -> None:
    await window.open(channel=BRAND)
    await window.page.locator(f'[data-invite="{BRAND}"]').click()
    await expect(window.page.locator(f'[data-invite="{BRAND}"]')).to_have_count(0)
    await window.say("/sop help")
    await expect(window.page.locator("article.ephemeral")).to_contain_text("/sop")
