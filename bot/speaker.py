"""The Slack calls that say something, and what their failures mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack_errors import code_of
from bot.views.blocks import Message

log = structlog.get_logger(__name__)

PAGE = 100  # messages looked through at a time
PAGES = 10
SKEW = timedelta(minutes=10)  # how far Slack's clock and ours may lie apart

# What Slack answers where a channel cannot be spoken in, and how the lead mends it.
_NO_PLACE = {
    "not_in_channel": "not_in_channel",
    "channel_not_found": "not_in_channel",
    "is_archived": "archived",
    "is_inactive": "archived",  # what chat.update says of an archived channel
    "restricted_action": "restricted",
    "restricted_action_read_only_channel": "restricted",
    "restricted_action_thread_only_channel": "restricted",
    "restricted_action_non_threadable_channel": "restricted",
}
_GONE = {
    "message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found",
}  # fmt: skip
# What is no fault of the message: Slack is not well, or the app may not speak at present.
_AGAIN = {
    "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable",
    "request_timeout", "team_added_to_org", "not_authed", "invalid_auth", "account_inactive",
    "token_revoked", "token_expired", "missing_scope", "no_permission", "org_login_required",
    "ekm_access_denied", "access_denied", "team_access_not_granted",
}  # fmt: skip


class NotHeard(Exception):
    """Slack did not take it now; it may even have been applied."""

    def __init__(self, retry_after: float = 0) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after  # seconds Slack asked for; 0 where it did not


@dataclass
class NoPlace(Exception):
    """The channel cannot be spoken in: not_in_channel, archived or restricted."""

    kind: str


class Gone(Exception):
    """The message to edit is no longer there."""


class Speaker:
    """Posts, edits and finds the bot's own messages."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._direct: dict[str, str] = {}

    async def post(
        self, channel: str, message: Message, *, metadata: Mapping[str, Any],
        thread_ts: str | None = None, broadcast: bool = False,
    ) -> str:  # fmt: skip
        """Post a message; returns its timestamp."""
        extra: dict[str, Any] = {"thread_ts": thread_ts} if thread_ts else {}
        if broadcast and thread_ts:
            extra["reply_broadcast"] = True
        answer = await self._call(
            "chat.postMessage", channel=channel, text=message.text, blocks=message.blocks,
            metadata={"event_type": "sopbot", "event_payload": dict(metadata)},
            unfurl_links=False, unfurl_media=False, **extra,
        )  # fmt: skip
        return str(answer["ts"])

    async def edit(self, channel: str, ts: str, message: Message) -> None:
        """Replace what a message says; raises Gone when it was deleted."""
        await self._call(
            "chat.update", channel=channel, ts=ts, text=message.text, blocks=message.blocks
        )

    async def find(
        self, key: str, channel: str, *, thread_ts: str | None, since: datetime
    ) -> str | None:
        """The timestamp of the message whose metadata carries `key`, if Slack has it."""
        method = "conversations.replies" if thread_ts else "conversations.history"
        place = {"channel": channel} | ({"ts": thread_ts} if thread_ts else {})
        cursor = ""
        for _ in range(PAGES):
            answer = await self._call(
                method, http="GET", **place, limit=PAGE, include_all_metadata=True,
                **({"cursor": cursor} if cursor else {}),
            )  # fmt: skip
            for message in answer.get("messages", []):
                payload = message.get("metadata", {}).get("event_payload", {})
                if payload.get("key") == key:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor or (not thread_ts and _older(answer, since)):
                return None
        return None

    async def direct(self, person: str) -> str:
        """The channel of somebody's direct messages with the bot."""
        if person not in self._direct:
            answer = await self._call("conversations.open", users=person)
            self._direct[person] = str(answer["channel"]["id"])
        return self._direct[person]

    async def pin(self, channel: str, ts: str) -> None:
        """Pin a message; a channel that does not allow it goes without."""
        try:
            await self._client.pins_add(channel=channel, timestamp=ts)
        except SlackApiError as error:
            log.info("not pinned", channel=channel, error=code_of(error))
        except (TimeoutError, aiohttp.ClientError):
            log.info("not pinned", channel=channel, error="connection")

    async def _call(self, method: str, *, http: str = "POST", **args: Any) -> Any:
        where = {"params": args} if http == "GET" else {"json": args}
        try:
            return (await self._client.api_call(method, http_verb=http, **where)).data
        except SlackApiError as error:
            raise meaning_of(error) from error
        except (TimeoutError, aiohttp.ClientError, ConnectionError) as error:
            raise NotHeard from error


def _older(answer: Mapping[str, Any], since: datetime) -> bool:
    last = answer["messages"][-1]["ts"] if answer.get("messages") else "0"
    return float(last) < (since - SKEW).timestamp()


def meaning_of(error: SlackApiError) -> Exception:
    """What a failure means: try again, no place, gone, or a fault of ours."""
    response = error.response
    code = code_of(error)
    if getattr(response, "status_code", 0) == 429:
        return NotHeard(float(response.headers.get("Retry-After", 1)))
    if not code or code in _AGAIN:
        return NotHeard()
    if code in _NO_PLACE:
        return NoPlace(_NO_PLACE[code])
    if code in _GONE:
        return Gone(code)
    return error
