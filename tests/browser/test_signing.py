"""The whole way of a signature in a real browser; the client's window runs no JavaScript."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from bot.demo import Demo
from tests.browser.window import CHEN, LI, MARKETING, PHONE, WANG, WIDE, Window, button

pytestmark = pytest.mark.asyncio(loop_scope="session")

CODE = re.compile(r"\b(\d{6})\b")
LINK = re.compile(r"http://127\.0\.0\.1:\d+/sign/[\w-]+")


@asynccontextmanager
async def client(browser: Browser, size: tuple[int, int] = WIDE) -> AsyncIterator[Page]:
    """The client's own browser, in which scripts are switched off."""
    context = await browser.new_context(
        java_script_enabled=False, viewport={"width": size[0], "height": size[1]}
    )
    page = await context.new_page()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    yield page
    await context.close()
    assert [url for url in outside if not url.startswith("http://127.0.0.1:")] == []


async def start(window: Window) -> None:
    """Wang starts the project; Li reviews, Chen signs for us."""
    await window.open(channel=MARKETING)
    await window.say("/sop start agreement-project")
    await window.field("name").locator("input").fill("Zhao Foods")
    for role, person in {"role.reviewer": LI, "role.head": CHEN}.items():
        await window.choose(role, person)
    await window.field("outsider.client").locator("input").fill("Ms Zhao")
    await window.submit()


async def hand_in(window: Window) -> None:
    """Wang fills the form in and hands the step in; Li approves it."""
    card = window.card("Requirement confirmation · under way")
    await button(card, "form.fill").click()
    await window.field("question.goal").locator("textarea").fill("More dealers in Wuhan")
    await window.field("question.baseline").locator("input").fill("12")
    await window.submit()
    await button(card, "step.done").click()


async def test_a_client_signs_without_javascript_what_the_team_has_written(
    window: Window, browser: Browser, demo: Demo
) -> None:
    await start(window)
    await hand_in(window)
    await window.act_as(LI)
    await (
        window.page.locator("article")
        .filter(has_text="Requirement confirmation")
        .last.locator(".replies")
        .click()
    )
    await button(window.thread, "approval.approve").first.click()
    await window.act_as(WANG)
    await button(window.thread, "sign.send").click()
    await window.field("email").locator("input").fill("zhao@client.example")
    await window.modal.locator("[data-submit]").click()
    await expect(window.modal).to_contain_text("The link went to Ms Zhao")
    await window.page.keyboard.press("Escape")
    await window.go_to("mail")
    mail = window.page.locator("article.mail").first
    await expect(mail).to_contain_text("Please sign: Requirement confirmation")
    link = await mail.locator("a").get_attribute("href")
    assert link
    assert LINK.fullmatch(link)
    async with client(browser, PHONE) as page:
        await page.goto(link)
        await expect(page.locator("h1").first).to_have_text("Requirement confirmation")
        await expect(page.locator(".document")).to_contain_text("More dealers in Wuhan")
        await page.get_by_role("button", name="Sign", exact=True).click()
        await expect(page.locator("h1")).to_have_text("Enter the code")
        await expect(window.page.locator("article.mail").first).to_contain_text(CODE)
        code = CODE.search(demo.workspace.mailbox.to("zhao@client.example")[-1].text)
        assert code
        await page.get_by_label("Six-digit code").fill(code[1])
        await page.get_by_role("button", name="Sign version 1 now").click()
        await expect(page.locator("h1")).to_have_text("Signed. Thank you.")
        await page.goto(link)
        await expect(page.locator("h1")).to_have_text("This link does not work")
