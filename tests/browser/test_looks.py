"""Every surface fits, can be read and is translated: languages, sizes, light and dark."""

from pathlib import Path

import pytest
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
    """Look a window over, surface after surface: wide and narrow, in the light and in the dark."""

    def __init__(self, window: Window) -> None:
        self.window, self.page = window, window.page
        self.faults: list[str] = []

    async def look(self, surface: str, *sizes: tuple[int, int]) -> None:
        """Note what is wrong with what can be seen now."""
        for size in sizes or (PHONE, WIDE):
            await self.resize(size)
            for theme in ("light", "dark"):
                await self.page.emulate_media(color_scheme=theme)
                await expect(self.page.locator("html")).to_have_attribute("data-theme", theme)
                found = await self.page.evaluate(LOOKS)
                self.faults += [f"{surface}, {size[0]}, {theme}: {fault}" for fault in found]

    async def resize(self, size: tuple[int, int]) -> None:
        """Make the window this large."""
        await self.page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_surface_fits_and_can_be_read(window: Window, language: str) -> None:
    eyes, page = Eyes(window), window.page
    await window.open(LI, language=language)
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await eyes.look("channel")
    await window.composer.fill("/sop ")
    await expect(page.locator("#foot .hints")).to_be_visible()
    await eyes.look("hints")
    await answers(eyes)
    for size in (PHONE, WIDE):
        await menus(eyes, size)
    await dialogs(eyes)
    await page.locator("#messages .replies").last.click()
    await expect(window.thread.locator("article").first).to_be_visible()
    await eyes.look("thread")
    await page.locator(".thread-close").click()
    await window.go_to("home")
    await expect(button(page.locator("#home"), "home.start")).to_be_visible()
    await eyes.look("home")
    assert eyes.faults == []


async def answers(eyes: Eyes) -> None:
    """Ask for the menu, the help and the list of SOPs."""
    private = eyes.page.locator("article.ephemeral")
    for command in ("/sop", "/sop help", "/sop list"):
        before = await private.count()
        await eyes.window.composer.fill(command)
        await eyes.page.locator("#foot .send").click()
        await expect(private).to_have_count(before + 1)
    await eyes.look("answers")


async def menus(eyes: Eyes, size: tuple[int, int]) -> None:
    """Open what is placed by the window's size: the menu of a card, and a phone's drawer."""
    page = eyes.page
    await eyes.resize(size)
    await eyes.window.open_menu(page.locator('#messages [data-action-id="step.menu"]').last)
    await eyes.look("menu", size)
    await page.keyboard.press("Escape")
    if size == PHONE:
        await page.locator(".menu-button").click()
        await expect(page.locator('[data-person="U0ANNA"]')).to_be_in_viewport()
        await eyes.look("drawer", size)
        await page.keyboard.press("Escape")


async def dialogs(eyes: Eyes) -> None:
    """Open the steps, the Done form and the start form with its errors."""
    window, page = eyes.window, eyes.page
    for action in ("run.steps", "step.done"):
        await page.locator(f'#messages [data-action-id="{action}"]').first.click()
        await expect(window.modal).to_be_visible()
        await eyes.look(action)
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
