"""Files in Slack: what they hold, and how one is handed to somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.slack_errors import code_of

log = structlog.get_logger(__name__)

KEPT_LIMIT = 20 * 1024 * 1024  # bytes of a file that is kept; of a larger one only the hash
READ_LIMIT = 1024 * 1024 * 1024  # bytes read at all, the largest that Slack takes
READ_WITHIN = aiohttp.ClientTimeout(total=300, sock_connect=10, sock_read=30)
SEND_WITHIN = aiohttp.ClientTimeout(total=60, sock_connect=10, sock_read=30)
CHUNK = 64 * 1024
_GONE = {"file_not_found", "file_deleted"}


class Unfetched(Exception):
    """The file could not be read now; later it may."""


class Gone(Exception):
    """The file is not in Slack: deleted, or never there for us."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it is now; `content` is None where it is too large to keep."""

    digest: str
    size: int
    name: str
    mime: str
    content: bytes | None
    by: str  # who wrote it last, as far as Slack tells


class SlackFiles:
    """Reads and sends files; speaks to Slack's own hosts alone."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def fetch(self, file: str) -> Fetched:
        """What a file holds; raises Gone, or Unfetched where it may be tried again."""
        info = await self._info(file)
        address = str(info.get("url_private_download") or info.get("url_private") or "")
        if info.get("is_external") or not self.is_slacks(address):
            raise Gone(file)  # it lies elsewhere: no more than a link
        try:
            return await self._read(address, info)
        except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
            raise Unfetched(file) from error

    async def _info(self, file: str) -> Mapping[str, Any]:
        try:
            answer = await self._client.files_info(file=file)
        except SlackApiError as error:
            raise (Gone if code_of(error) in _GONE else Unfetched)(file) from error
        except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
            raise Unfetched(file) from error
        return dict(answer["file"])

    def is_slacks(self, text: str) -> bool:
        """Whether an address is of the Slack we speak to, so that our token may go there."""
        try:
            address, ours = URL(text), URL(self._client.base_url)
        except ValueError:
            return False
        here, there = ours.host or "", address.host or ""
        if address.user or (address.scheme, address.port) != (ours.scheme, ours.port):
            return False
        return bool(there) and (there == here or there.endswith(f".{here}"))

    async def _read(self, address: str, info: Mapping[str, Any]) -> Fetched:
        seen, size, kept = sha256(), 0, bytearray()
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with (
            aiohttp.ClientSession(timeout=READ_WITHIN, auto_decompress=False) as session,
            session.get(URL(address), headers=headers, allow_redirects=False) as got,
        ):
            _require_file(got, info)
            async for chunk in got.content.iter_chunked(CHUNK):
                size += len(chunk)
                seen.update(chunk)
                if size > READ_LIMIT:
                    raise Unfetched(size)
                if size <= KEPT_LIMIT:
                    kept += chunk
        return Fetched(
            seen.hexdigest(), size, str(info.get("name") or info["id"]),
            str(info.get("mimetype") or ""), bytes(kept) if size <= KEPT_LIMIT else None,
            str(info.get("editor") or info.get("user") or ""),
        )  # fmt: skip

    async def upload(self, name: str, content: bytes, *, title: str) -> str:
        """Put a file into Slack that nobody sees yet; returns its id."""
        described = {"alt_txt": title[:1000]} if _is_picture(name) else {}
        asked = await self._client.files_getUploadURLExternal(
            filename=name, length=len(content), **described
        )
        address = str(asked["upload_url"])
        if not self.is_slacks(address):
            raise Unfetched("upload address")
        async with (
            aiohttp.ClientSession(timeout=SEND_WITHIN) as session,
            session.post(URL(address), data=BytesIO(content), allow_redirects=False) as taken,
        ):
            if taken.status != 200:
                raise Unfetched(taken.status)
        return str(asked["file_id"])

    async def share(self, file: str, *, title: str, channel: str, thread_ts: str | None) -> None:
        """Show an uploaded file in a conversation."""
        await self._client.files_completeUploadExternal(
            files=[{"id": file, "title": title}], channel_id=channel, thread_ts=thread_ts
        )

    async def shared(self, name: str, size: int, *, channel: str, thread_ts: str) -> str | None:
        """The id of a file of this name and size that stands in a thread already."""
        answer = await self._client.conversations_replies(channel=channel, ts=thread_ts, limit=200)
        for message in answer["messages"]:
            for file in message.get("files") or ():
                if message.get("bot_id") and (file.get("name"), file.get("size")) == (name, size):
                    return str(file["id"])
        return None


def _require_file(got: aiohttp.ClientResponse, info: Mapping[str, Any]) -> None:
    """Refuse what is not the file: redirects, errors, and the page that asks to sign in."""
    is_page = got.content_type == "text/html"
    page = is_page and (info.get("mimetype"), info.get("size")) != ("text/html", got.content_length)
    if got.status != 200 or page:
        log.info("file not read", status=got.status, type=got.content_type)
        raise Unfetched(got.status)


def _is_picture(name: str) -> bool:
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".gif"))
