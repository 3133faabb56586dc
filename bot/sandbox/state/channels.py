"""Hold a conversation: its members, messages and pins."""

from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import BOT, BOT_USER_ID, PEOPLE

ChannelKind = Literal["channel", "private", "im"]
EVENT_TYPES = {"channel": "channel", "private": "group", "im": "im"}


@dataclass
class Channel:
    """A channel, a private channel or a direct message with the bot."""

    id: str
    name: str
    kind: ChannelKind
    members: set[str]
    purpose: str = ""
    is_archived: bool = False
    messages: list[Json] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    @property
    def bot_member(self) -> bool:
        """Tell whether the bot is in here."""
        return BOT_USER_ID in self.members

    @property
    def person(self) -> str:
        """Return the person of a direct message with the bot."""
        return next(user for user in self.members if user != BOT_USER_ID)

    @property
    def event_type(self) -> str:
        """Return the `channel_type` of this channel's events."""
        return EVENT_TYPES[self.kind]

    def message(self, ts: str) -> Json:
        """Return the message of that time."""
        for message in reversed(self.messages):
            if message["ts"] == ts:
                return message
        raise SlackError("message_not_found")

    def has(self, ts: str) -> bool:
        """Tell whether a message of that time exists."""
        return any(message["ts"] == ts for message in self.messages)

    def roots(self) -> list[Json]:
        """Return what stands in the channel itself: roots and broadcast replies."""
        return [m for m in self.messages if _is_root(m) or m.get("subtype") == "thread_broadcast"]

    def thread(self, ts: str) -> list[Json]:
        """Return a thread: its root, then its replies."""
        return [m for m in self.messages if m["ts"] == ts or m.get("thread_ts") == ts]

    def count_replies(self, ts: str) -> None:
        """Renew the counts that a thread's root carries."""
        root, *replies = self.thread(ts)
        for key in ("reply_count", "reply_users", "reply_users_count", "latest_reply"):
            root.pop(key, None)
        if replies:
            users = list(dict.fromkeys(reply["user"] for reply in replies))
            root |= {
                "thread_ts": ts,
                "reply_count": len(replies),
                "reply_users": users,
                "reply_users_count": len(users),
                "latest_reply": replies[-1]["ts"],
            }

    def as_slack(self) -> Json:
        """Return the channel object of `conversations.info`."""
        info: Json = {
            "id": self.id,
            "created": 1735689600,
            "is_archived": self.is_archived,
            "is_im": self.kind == "im",
            "is_mpim": False,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "private",
            "is_private": self.kind != "channel",
            "is_ext_shared": False,
            "is_shared": False,
            "is_org_shared": False,
        }
        if self.kind == "im":
            return info | {"user": self.person}
        return info | {
            "name": self.name,
            "name_normalized": self.name,
            "is_general": self.id == "C0GENERAL",
            "is_member": self.bot_member,
            "creator": "U0WANG",
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "U0WANG", "last_set": 0},
            "num_members": len(self.members),
        }


def _is_root(message: Json) -> bool:
    return bool(message.get("thread_ts", message["ts"]) == message["ts"])


def open_im(user: str) -> Channel:
    """Make the direct message of a person with the bot."""
    return Channel("D0" + user.removeprefix("U0"), user, "im", {user, BOT_USER_ID})


def first_channels() -> dict[str, Channel]:
    """Make the channels every workspace starts with."""
    people = {person.id for person in PEOPLE}
    channels = (
        Channel("C0DEALER", "dealer-day", "channel", people | {BOT.id}, "Dealer day, all work"),
        Channel("C0MARKET", "marketing", "channel", people | {BOT.id}, "The marketing team"),
        Channel("C0BRAND", "brand-team", "private", set(people), "Brand, in confidence"),
        Channel("C0GENERAL", "general", "channel", set(people), "Everyone"),
    )
    return {channel.id: channel for channel in channels}
