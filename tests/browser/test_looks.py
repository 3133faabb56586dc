"""Every surface fits, can be read and is translated: languages, sizes, light and dark."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.demo import Demo
from tests.browser.window import LI, PHONE, WIDE, Window, button

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOOKS = Path(__file__).with_name("looks.js").read_text().rstrip().rstrip(";")
# Every word of the page itself, without those of messages and people.
CHROME = """() => [...document.querySelectorAll(
    "#clock *, .workspace *, .side-title, .title *, .tips *, .composer *, .tools *")]
    .flatMap((node) => [node.ariaLabel, node.title, node.placeholder,
        node.childElementCount ? "" : node.textContent])
    .filter((text) => /\\p{L}{2}/u.test(text ?? ""))"""
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


class Eyes:
    """Look a window over, surface after surface."""

    def __init__(self, window: Window, *, is_phone: bool) -> None:
        self.window, self.page, self.is_phone = window, window.page, is_phone
        self.faults: list[str] = []

    async def look(self, surface: str) -> None:
        """Note what is wrong with what can be seen now, in the light and in the dark."""
        for theme in ("light", "dark"):
            await self.page.emulate_media(color_scheme=theme)
            await expect(self.page.locator("html")).to_have_attribute("data-theme", theme)
            found = await self.page.evaluate(LOOKS)
            self.faults += [f"{surface}, {theme}: {fault}" for fault in found]

    async def go_home(self) -> None:
        """Open App Home, on a phone through the drawer."""
        if self.is_phone:
            await self.page.locator(".menu-button").click()
            await self.look("drawer")
        await self.window.go_to("home")
        await expect(button(self.page.locator("#home"), "home.start")).to_be_visible()


@pytest_asyncio.fixture(loop_scope="session", params=[WIDE, PHONE], ids=["wide", "phone"])
async def eyes(request: pytest.FixtureRequest, browser: Browser, demo: Demo) -> AsyncIterator[Eyes]:
    """Open a window of each size."""
    async with Window.on(browser, demo.workspace.url, request.param) as window:
        yield Eyes(window, is_phone=request.param == PHONE)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_surface_fits_and_can_be_read(eyes: Eyes, language: str) -> None:
    window, page = eyes.window, eyes.page
    await window.open(LI, language=language)
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await eyes.look("channel")
    await window.composer.fill("/sop ")
    await expect(page.locator("#foot .hints")).to_be_visible()
    await eyes.look("hints")
    for command in ("/sop", "/sop help", "/sop list"):
        answers = await page.locator("article.ephemeral").count()
        await window.composer.fill(command)
        await page.locator("#foot .send").click()
        await expect(page.locator("article.ephemeral")).to_have_count(answers + 1)
    await eyes.look("answers")
    await dialogs(eyes)
    await page.locator("#messages .replies").last.click()
    await expect(window.thread.locator("article").first).to_be_visible()
    await eyes.look("thread")
    await page.locator(".thread-back" if eyes.is_phone else ".thread-close").click()
    await eyes.go_home()
    await eyes.look("home")
    assert eyes.faults == []


async def dialogs(eyes: Eyes) -> None:
    """Open the menu of a card, the steps, the Done form and the start form."""
    window, page = eyes.window, eyes.page
    run, step = (page.locator(f'[data-action-id="{at}"]') for at in ("run.steps", "step.done"))
    menu = page.locator('#messages [data-action-id="step.menu"]').last
    await menu.click()
    await expect(page.get_by_role("menuitem").first).to_be_visible()
    await eyes.look("menu")
    await page.keyboard.press("Escape")
    for opener, surface in ((run.first, "steps"), (step.first, "done form")):
        await opener.click()
        await expect(window.modal).to_be_visible()
        await eyes.look(surface)
        await page.keyboard.press("Escape")
        await expect(window.modal).to_have_count(0)
    await window.composer.fill("/sop start event")
    await page.locator("#foot .send").click()
    await expect(window.field("name")).to_be_visible()
    await window.modal.locator("[data-submit]").click()
    await expect(window.modal.locator(".fault:visible").first).to_be_visible()
    await eyes.look("start form")
    await page.keyboard.press("Escape")
    await expect(window.modal).to_have_count(0)


async def test_the_page_says_nothing_in_a_foreign_language(browser: Browser, demo: Demo) -> None:
    said = {}
    for language in LANGUAGES:
        async with Window.on(browser, demo.workspace.url) as window:
            await window.open(language=language)
            said[language] = set(await window.page.evaluate(CHROME))
    names = {"Sandbox", "Shanghai", "dealer-day", "Dealer day, all work", "/sop start event"}
    assert len(said["en"]) > 20
    assert said["en"] & (said["zh-Hans"] | said["zh-Hant"]) <= names


async def test_the_keyboard_reaches_everything_and_escape_closes_what_is_open(
    window: Window,
) -> None:
    await window.open()
    page = window.page
    reached: set[str] = set()
    wanted = {"reminder", "home", "U0WANG", "run.steps", "item.toggle", "step.done", "channel"}
    for _ in range(200):
        await page.keyboard.press("Tab")
        reached.add(
            await page.evaluate("""() => {
            const own = document.activeElement.dataset;
            const near = document.activeElement.closest("[data-action-id]")?.dataset;
            return own.move ?? own.key ?? own.compose ?? near?.actionId ?? "";
        }""")
        )
        if wanted <= reached:
            break
    assert wanted <= reached
    await page.locator('[data-action-id="run.steps"]').first.focus()
    await page.keyboard.press("Enter")
    await expect(window.modal).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(window.modal).to_have_count(0)
    await page.locator("#messages .replies").first.focus()
    await page.keyboard.press("Enter")
    await expect(window.thread.locator("[data-compose=thread]")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(window.thread).to_be_hidden()
