"""List the Web API methods the bot's features need, with arguments, pace and scopes."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["str", "int", "bool", "json", "list"]
SPECIAL = 0  # a rate of its own, not a tier


@dataclass(frozen=True)
class Method:
    """One method: its tier, the kinds of its arguments, which must be there, and its scopes."""

    tier: int
    args: dict[str, Kind]
    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    pages: bool = False


_CONTENT: dict[str, Kind] = {
    "text": "str",
    "blocks": "json",
    "attachments": "json",
    "markdown_text": "str",
    "link_names": "bool",
    "parse": "str",
}
_POST: dict[str, Kind] = {
    **_CONTENT,
    "channel": "str",
    "metadata": "json",
    "mrkdwn": "bool",
    "reply_broadcast": "bool",
    "thread_ts": "str",
    "unfurl_links": "bool",
    "unfurl_media": "bool",
}
_WINDOW: dict[str, Kind] = {
    "channel": "str",
    "cursor": "str",
    "limit": "int",
    "oldest": "str",
    "latest": "str",
    "inclusive": "bool",
    "include_all_metadata": "bool",
}
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_WRITE = ("chat:write",)
_VIEW: dict[str, Kind] = {"trigger_id": "str", "interactivity_pointer": "str", "view": "json"}

METHODS: dict[str, Method] = {
    "auth.test": Method(SPECIAL, {}),
    "apps.connections.open": Method(1, {}),
    "team.info": Method(3, {"team": "str", "domain": "str"}, scopes=("team:read",)),
    "users.info": Method(
        4, {"user": "str", "include_locale": "bool"}, ("user",), ("users:read",)
    ),
    "dnd.info": Method(3, {"user": "str", "team_id": "str"}, scopes=("dnd:read",)),
    "chat.postMessage": Method(SPECIAL, _POST, ("channel",), _WRITE),
    "chat.postEphemeral": Method(
        4, {**_CONTENT, "channel": "str", "user": "str", "thread_ts": "str", "metadata": "json"},
        ("channel", "user"), _WRITE,
    ),
    "chat.update": Method(
        3, {**_CONTENT, "channel": "str", "ts": "str", "metadata": "json",
            "reply_broadcast": "bool", "file_ids": "list"},
        ("channel", "ts"), _WRITE,
    ),
    "chat.delete": Method(3, {"channel": "str", "ts": "str"}, ("channel", "ts"), _WRITE),
    "chat.getPermalink": Method(
        SPECIAL, {"channel": "str", "message_ts": "str"}, ("channel", "message_ts")
    ),
    "conversations.info": Method(
        3, {"channel": "str", "include_locale": "bool", "include_num_members": "bool"},
        ("channel",), _READ,
    ),
    "conversations.members": Method(
        4, {"channel": "str", "cursor": "str", "limit": "int"}, ("channel",), _READ, pages=True
    ),
    "conversations.history": Method(3, _WINDOW, ("channel",), _HISTORY, pages=True),
    "conversations.replies": Method(
        3, {**_WINDOW, "ts": "str"}, ("channel", "ts"), _HISTORY, pages=True
    ),
    "conversations.join": Method(3, {"channel": "str"}, ("channel",), ("channels:join",)),
    "conversations.invite": Method(
        3, {"channel": "str", "users": "list", "force": "bool"}, ("channel", "users"),
        ("channels:write.invites", "groups:write.invites", "channels:manage", "groups:write"),
    ),
    "conversations.open": Method(
        3, {"users": "list", "channel": "str", "return_im": "bool", "prevent_creation": "bool"},
        scopes=("im:write", "mpim:write"),
    ),
    "views.open": Method(4, _VIEW, ("view",)),
    "views.push": Method(4, _VIEW, ("view",)),
    "views.update": Method(
        4, {"view": "json", "view_id": "str", "external_id": "str", "hash": "str"}, ("view",)
    ),
    "views.publish": Method(
        4, {"user_id": "str", "view": "json", "hash": "str"}, ("user_id", "view")
    ),
    "pins.add": Method(
        2, {"channel": "str", "timestamp": "str"}, ("channel", "timestamp"), ("pins:write",)
    ),
    "reactions.add": Method(
        3, {"channel": "str", "name": "str", "timestamp": "str"},
        ("channel", "name", "timestamp"), ("reactions:write",),
    ),
    "files.info": Method(4, {"file": "str"}, ("file",), ("files:read",)),
    "files.getUploadURLExternal": Method(
        4, {"filename": "str", "length": "int", "alt_txt": "str", "snippet_type": "str"},
        ("filename", "length"), ("files:write",),
    ),
    "files.completeUploadExternal": Method(
        4, {"files": "json", "channel_id": "str", "channels": "list", "thread_ts": "str",
            "initial_comment": "str", "blocks": "json"},
        ("files",), ("files:write",),
    ),
}  # fmt: skip

# The SDK adds the workspace it works for to every call.
SDK_ARGS: dict[str, Kind] = {"team_id": "str"}

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
