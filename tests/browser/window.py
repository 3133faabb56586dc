"""A browser window on the demo, and short words for what a person does in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Self

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

WIDE, PHONE = (1440, 900), (390, 844)
WANG, LI, CHEN, ANNA = "U0WANG", "U0LI", "U0CHEN", "U0ANNA"
PATIENCE = 15  # seconds, for a machine that does much else
DEALER, MARKETING, BRAND = "C0DEALER", "C0MARKET", "C0BRAND"


class Window:
    """What a person sees and does."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self._url = page, url
        self.troubles: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", lambda request: self._request(request.url))

    @classmethod
    @asynccontextmanager
    async def on(cls, browser: Browser, url: str) -> AsyncIterator[Self]:
        """Open a window, and afterwards look whether anything went wrong in it."""
        context = await browser.new_context(
            viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce"
        )
        window = cls(await context.new_page(), url)
        yield window
        await context.close()
        assert window.troubles == []

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _request(self, url: str) -> None:
        if not url.startswith((self._url, "data:", "blob:")):
            self.troubles.append(f"a request left this machine: {url}")

    async def open(
        self, person: str = WANG, channel: str = DEALER, *, language: str = "auto"
    ) -> None:
        """Come to the page afresh, as a person, in a channel."""
        await self.page.add_init_script(f"localStorage.setItem('sopbot.language', '{language}')")
        await self.page.goto(f"{self._url}/#as={person}&channel={channel}")
        await expect(self.page.locator("#loading")).to_have_count(0)

    async def act_as(self, person: str) -> None:
        """Choose a person to act as."""
        await self.page.locator(f'[data-person="{person}"]').click()
        chosen = self.page.locator('[data-person][aria-checked="true"]')
        await expect(chosen).to_have_attribute("data-person", person)

    async def go_to(self, key: str) -> None:
        """Open a place of the sidebar."""
        await self.page.locator(f'.side-row[data-key="{key}"]').click()

    async def say(self, text: str) -> None:
        """Write a line and send it with Enter."""
        await self.composer.press_sequentially(text)
        await self.composer.press("Enter")

    @property
    def composer(self) -> Locator:
        """The channel's writing box."""
        return self.page.locator("[data-compose=channel]")

    @property
    def thread(self) -> Locator:
        """The open thread."""
        return self.page.locator("#thread")

    @property
    def modal(self) -> Locator:
        """The open dialog."""
        return self.page.locator("dialog.modal[open]")

    def card(self, text: str, within: str = "#messages") -> Locator:
        """The latest message that says this."""
        return self.page.locator(f"{within} article").filter(has_text=text).last

    def by_ts(self, ts: str) -> Locator:
        """A message of the channel by its timestamp."""
        return self.page.locator(f'#messages article[data-ts="{ts}"]')

    def field(self, name: str) -> Locator:
        """A field of the dialog by its name."""
        return self.modal.locator(f'[data-block="{name}"]')

    async def choose(self, name: str, value: str) -> None:
        """Choose from a menu of the dialog with the mouse."""
        await self.field(name).get_by_role("combobox").click()
        await self.page.locator(f'.option[data-value="{value}"]').click()

    async def open_menu(self, anchor: Locator) -> None:
        """Press until a menu stands open: a message drawn anew takes its menu along."""
        items = self.page.get_by_role("menuitem")
        for _ in range(PATIENCE):
            await anchor.click()
            with suppress(AssertionError):
                await expect(items.first).to_be_visible(timeout=1000)
                return
        await expect(items.first).to_be_visible()

    async def submit(self) -> None:
        """Send the dialog, which then closes."""
        await self.modal.locator("[data-submit]").click()
        await expect(self.modal).to_have_count(0)


def button(where: Locator, action: str) -> Locator:
    """A button or menu of a message, by what it does."""
    return where.locator(f'[data-action-id="{action}"]')
