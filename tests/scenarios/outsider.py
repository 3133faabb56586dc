"""Somebody of the client's, who has nothing but a mailbox and a browser."""

import html
import re
from dataclasses import dataclass
from typing import Self

import aiohttp

from bot.sandbox.mailbox import ReceivedMail
from tests.scenarios.world import World

ADDRESS = "zhao@client.example"
_LINK = re.compile(r"https://sop\.agency\.example(/(?:sign|form)/[\w-]+)")


@dataclass
class Page:
    """What a browser got."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def words(self) -> str:
        """All that a reader sees."""
        body = re.sub(r"<style>.*?</style>", "", self.text, flags=re.DOTALL)
        return html.unescape(re.sub(r"<[^>]+>", " ", body))

    def hidden(self, name: str) -> str:
        """A hidden field of the first form."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, name
        return html.unescape(found[1])


class Outsider:
    """Opens links and posts forms as a browser without scripts does."""

    def __init__(self, world: World, address: str = ADDRESS) -> None:
        self.world, self.address = world, address
        self._base = f"http://127.0.0.1:{world.bot.port}"
        self._session = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    def mails(self) -> list[ReceivedMail]:
        """What came in, the oldest first."""
        return self.world.sandbox.mailbox.to(self.address)

    def link(self, number: int = -1) -> str:
        """The path of the link in a mail, the newest one with a link by default."""
        found = [match[1] for mail in self.mails() for match in [_LINK.search(mail.text)] if match]
        return found[number]

    def code(self) -> str:
        """The code in the newest mail."""
        found = re.search(r"\b(\d{6})\b", self.mails()[-1].text)
        assert found
        return found[1]

    async def get(self, path: str, **headers: str) -> Page:
        """Open a page."""
        async with self._session.get(self._base + path, headers=headers) as answer:
            return Page(answer.status, await answer.text(errors="replace"), dict(answer.headers))

    async def post(self, path: str, fields: dict[str, str], **headers: str) -> Page:
        """Send a form."""
        async with self._session.post(self._base + path, data=fields, headers=headers) as answer:
            return Page(answer.status, await answer.text(), dict(answer.headers))

    async def press(self, path: str, page: Page, **fields: str) -> Page:
        """Press a button of a page, its nonce carried along."""
        answer = await self.post(path, {"nonce": page.hidden("nonce"), **fields})
        await self.world.settle()
        return answer

    async def sign(self, path: str) -> Page:
        """Read, ask for the code, and sign with it."""
        asked = await self.press(path, await self.get(path), do="ask", intent="sign")
        return await self.press(path, asked, do="confirm", intent="sign", code=self.code())

    async def send_back(self, path: str, text: str) -> Page:
        """Ask for changes, with the code."""
        page = await self.get(path)
        asked = await self.press(path, page, do="ask", intent="changes", text=text)
        return await self.press(
            path, asked, do="confirm", intent="changes", text=text, code=self.code()
        )
