"""What Slack knows: people, channels, and who is in them."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_errors import SILENCE, code_of, is_refusal
from playbooks.people import Person

log = structlog.get_logger(__name__)

MEMBERS = 200  # members asked for at a time
PAGES = 25
EXTERNAL_FOR = 600  # seconds that an answer is believed
PATIENCE = 0.8  # seconds; somebody waits for an answer, which Slack wants within three
UNHURRIED = 10.0  # seconds; nobody waits, or they have been answered before
_HIDDEN = {"channel_not_found", "not_in_channel", "method_not_supported_for_channel_type"}
_NOBODY = {"user_not_found", "users_not_found", "user_not_visible"}
_TRADITIONAL = {"zh-TW", "zh-HK", "zh-MO"}
_FAILURES = (SlackApiError, *SILENCE)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as the bot sees it."""

    id: str
    found: bool = True  # False: private and the bot is not in it, or no such channel
    is_known: bool = True  # False: Slack did not answer, and it is taken to be well
    is_member: bool = False
    is_private: bool = False
    is_archived: bool = False
    is_external: bool = False  # shared with another company

    @property
    def can_speak(self) -> bool:
        """Whether the bot may post there: in a public channel from outside too."""
        return self.found and not self.is_archived and (self.is_member or not self.is_private)


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

    async def quiet_until(self, workspace: str, id_: str, at: datetime) -> datetime | None:
        """Until when somebody has Slack's notifications paused; None where they have not.

        Their nightly hours and a pause of their own both count.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._client.dnd_info(user=id_)
        except _FAILURES as error:
            log.info("pause not seen", person=id_, error=str(error))
            return None
        pauses: list[tuple[Any, Any]] = []
        if answer.get("dnd_enabled"):
            pauses.append((answer.get("next_dnd_start_ts"), answer.get("next_dnd_end_ts")))
        if answer.get("snooze_enabled"):
            pauses.append((0, answer.get("snooze_endtime")))
        ends = [float(end or 0) for start, end in pauses if float(start or 0) <= at.timestamp()]
        latest = max(ends, default=0.0)
        return datetime.fromtimestamp(latest, UTC) if latest > at.timestamp() else None

    async def is_nobody(self, id_: str) -> bool:
        """Whether Slack is certain that there is no such person."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._client.users_info(user=id_)
        except _FAILURES as error:
            return code_of(error) in _NOBODY
        return False

    async def channel(self, id_: str, *, patience: float | None = None) -> Channel:
        """A channel; while Slack does not answer it is taken to be well."""
        try:
            async with asyncio.timeout(patience or PATIENCE):
                answer = await self._client.conversations_info(channel=id_)
        except _FAILURES as error:
            log.info("channel not seen", channel=id_, error=str(error))
            hidden = code_of(error) in _HIDDEN
            return Channel(id_, found=not hidden, is_known=False, is_member=not hidden)
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
            if not seen.is_known:
                return known  # a client in the channel is not forgotten for want of an answer
            known = seen.is_external
            self._external[id_] = (known, monotonic() + EXTERNAL_FOR)
        return known

    async def join(self, channel: str, *, patience: float | None = None) -> bool | None:
        """Enter a public channel, within so many seconds; None where Slack did not answer."""
        try:
            async with asyncio.timeout(patience or PATIENCE):
                await self._client.conversations_join(channel=channel)
        except _FAILURES as error:
            log.info("not joined", channel=channel, error=str(error))
            return False if is_refusal(error) else None
        return True

    async def invite(
        self, channel: str, person: str, *, patience: float | None = None
    ) -> bool | None:
        """Bring somebody into a channel; None where Slack did not answer."""
        try:
            async with asyncio.timeout(patience or PATIENCE):
                await self._client.conversations_invite(channel=channel, users=person)
        except _FAILURES as error:
            log.info("not invited", channel=channel, person=person, error=str(error))
            if is_refusal(error):
                return code_of(error) == "already_in_channel"
            return None
        return True

    async def members(self, channel: str) -> frozenset[str]:
        """Everybody in a channel; empty where that cannot be seen, or where they are too many."""
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
                    return frozenset(found)
        except _FAILURES as error:
            log.info("members not seen", channel=channel, error=str(error))
        return frozenset()

    async def permalink(self, channel: str, ts: str) -> str | None:
        """The address of a message; empty where the bot cannot see it, None without an answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._client.chat_getPermalink(channel=channel, message_ts=ts)
        except _FAILURES as error:
            log.info("message not seen", channel=channel, error=str(error))
            return "" if is_refusal(error) else None
        return str(answer["permalink"])

    async def file_name(self, id_: str) -> str:
        """A file's name; its id where Slack does not tell."""
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._client.files_info(file=id_)
        except _FAILURES as error:
            log.info("file not seen", file=id_, error=str(error))
            return id_
        return str(answer["file"].get("name") or id_)


def read_person(user: dict[str, Any]) -> Person:
    """Somebody as Slack's `user` object tells of them."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("name", "")
    return Person(
        id=user["id"], name=name or user["id"], handle=user.get("name", ""),
        zone=_zone(user.get("tz") or ""), language=language_of(user.get("locale") or ""),
        is_bot=bool(user.get("is_bot")), is_external=_is_external(user),
    )  # fmt: skip


def _zone(name: str) -> str:
    """An IANA zone that this machine knows."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return "UTC"


def _is_external(user: dict[str, Any]) -> bool:
    return any(user.get(key) for key in ("is_restricted", "is_ultra_restricted", "is_stranger"))


def language_of(locale: str) -> str:
    """The language to speak to somebody whose Slack runs in `locale`, such as zh-TW."""
    locale = locale.replace("_", "-")
    if not locale.startswith("zh"):
        return "en"
    traditional = locale in _TRADITIONAL or "Hant" in locale
    return "zh-Hant" if traditional else "zh-Hans"
