"""What Slack knows: people, channels, and who is in them."""

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playbooks.people import Person

log = structlog.get_logger(__name__)

MEMBERS = 200  # members asked for at a time
PAGES = 25
EXTERNAL_FOR = 600  # seconds that an answer is believed
PATIENCE = 0.8  # seconds; somebody waits for an answer, which Slack wants within three
_HIDDEN = {"channel_not_found", "not_in_channel", "method_not_supported_for_channel_type"}
_TRADITIONAL = {"zh-TW", "zh-HK", "zh-MO"}
_FAILURES = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as the bot sees it."""

    id: str
    found: bool = True  # False: private and the bot is not in it, or no such channel
    is_member: bool = False
    is_private: bool = False
    is_archived: bool = False
    is_external: bool = False  # shared with another company


class Directory:
    """Look-ups in Slack; a failure gives None or an empty answer, and a line in the log."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._external: dict[str, tuple[bool, float]] = {}

    async def person(self, id_: str) -> Person | None:
        """Somebody, with their zone and language."""
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._client.users_info(user=id_, include_locale=True)
        except _FAILURES as error:
            log.info("person not found", person=id_, error=str(error))
            return None
        return read_person(answer["user"])

    async def channel(self, id_: str) -> Channel:
        """A channel; while Slack does not answer it is taken to be well."""
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._client.conversations_info(channel=id_)
        except _FAILURES as error:
            log.info("channel not seen", channel=id_, error=str(error))
            is_hidden = isinstance(error, SlackApiError) and error.response["error"] in _HIDDEN
            return Channel(id_, found=not is_hidden, is_member=not is_hidden)
        info = answer["channel"]
        return Channel(
            id_, is_member=bool(info.get("is_member", True)),
            is_private=bool(info.get("is_private")), is_archived=bool(info.get("is_archived")),
            is_external=bool(info.get("is_ext_shared")),
        )  # fmt: skip

    async def is_external(self, id_: str) -> bool:
        """Whether people of another company are in a channel; asked for once in a while."""
        known, until = self._external.get(id_, (False, 0.0))
        if until < monotonic():
            seen = await self.channel(id_)
            if not seen.found:
                return known
            known = seen.is_external
            self._external[id_] = (known, monotonic() + EXTERNAL_FOR)
        return known

    async def join(self, channel: str) -> bool:
        """Enter a public channel."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._client.conversations_join(channel=channel)
        except _FAILURES as error:
            log.info("not joined", channel=channel, error=str(error))
            return False
        return True

    async def invite(self, channel: str, person: str) -> bool:
        """Bring somebody into a channel."""
        try:
            await self._client.conversations_invite(channel=channel, users=person)
        except SlackApiError as error:
            return bool(error.response.get("error") == "already_in_channel")
        return True

    async def members(self, channel: str) -> frozenset[str]:
        """Everybody in a channel; empty where that cannot be seen."""
        found: list[str] = []
        cursor: str | None = None
        try:
            for _ in range(PAGES):
                answer = await self._client.conversations_members(
                    channel=channel, limit=MEMBERS, cursor=cursor
                )
                found.extend(answer["members"])
                cursor = (answer.get("response_metadata") or {}).get("next_cursor")
                if not cursor:
                    break
        except _FAILURES as error:
            log.info("members not seen", channel=channel, error=str(error))
            return frozenset()
        return frozenset(found)


def read_person(user: dict[str, Any]) -> Person:
    """Somebody as Slack's `user` object tells of them."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("name", "")
    return Person(
        id=user["id"], name=name or user["id"], handle=user.get("name", ""),
        zone=user.get("tz") or "UTC", language=language_of(user.get("locale") or ""),
        is_bot=bool(user.get("is_bot")), is_external=_is_external(user),
    )  # fmt: skip


def _is_external(user: dict[str, Any]) -> bool:
    return any(user.get(key) for key in ("is_restricted", "is_ultra_restricted", "is_stranger"))


def language_of(locale: str) -> str:
    """The language to speak to somebody whose Slack runs in `locale`, such as zh-TW."""
    locale = locale.replace("_", "-")
    if not locale.startswith("zh"):
        return "en"
    traditional = locale in _TRADITIONAL or "Hant" in locale
    return "zh-Hant" if traditional else "zh-Hans"
