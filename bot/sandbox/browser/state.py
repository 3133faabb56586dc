"""Say what one person sees: channels, messages, modal, Home."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.browser.words import TIPS, say
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import APP_ID, BOT, BOT_USER_ID, PEOPLE, User
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.views import Shown
from bot.sandbox.state.workspace import Workspace


def describe_person(user: User) -> Json:
    """Return a person as the page shows them."""
    keys = ("id", "name", "title", "locale", "language", "tz", "color", "initials")
    return {key: getattr(user, key) for key in keys}


def describe_place(space: Workspace, user: User) -> Json:
    """Return the part of the state that any app would give a person."""
    now = space.clock.now()
    local = now.astimezone(ZoneInfo(user.tz))
    return {
        "workspace": "Sandbox",
        "now": now.isoformat(),
        "zone_now": f"{local:%a} {local.day} {local:%b %Y, %H:%M}",
        "me": describe_person(user),
        "people": [describe_person(space.users[person.id]) for person in PEOPLE],
        "channels": [_channel(one, user) for one in _seen_by(space, user)],
        "modal": _view(space.views.top(user.id)),
        "home": _view(space.views.homes.get(user.id)),
        "version": space.changes.version,
    }


def describe_app(manifest: Json) -> Json:
    """Return the bot's command and shortcuts, as its manifest names them."""
    features = manifest.get("features", {})
    shown = ("callback_id", "name", "type")
    return {
        "id": APP_ID,
        "name": BOT.name,
        "command": commands(manifest)[0],
        "shortcuts": [{key: one[key] for key in shown} for one in features.get("shortcuts", [])],
    }


def commands(manifest: Json) -> list[str]:
    """Return the slash commands there are."""
    named = manifest.get("features", {}).get("slash_commands", [{"command": "/sop"}])
    return [str(one["command"]) for one in named]


def describe_tips(done: set[str], language: str) -> list[Json]:
    """Return the first suggestions, and which of them were followed."""
    return [{"id": key, "text": say(TIPS, key, language), "done": key in done} for key in TIPS]


def show_messages(space: Workspace, user: User, channel_id: str, thread: str | None) -> list[Json]:
    """Return what a person reads in a channel or thread, oldest first, and note it as read."""
    channel = space.im(user.id) if channel_id.startswith("D") else space.channel(channel_id)
    if user.id not in channel.members:
        raise SlackError("channel_not_found")
    messages = channel.thread(thread) if thread else channel.roots()
    if channel.messages:
        channel.seen[user.id] = channel.messages[-1]["ts"]
    private = [
        one.message
        for one in space.ephemerals
        if one.user == user.id
        and one.message["channel"] == channel.id
        and one.message.get("thread_ts") == thread
    ]
    shown = [_message(space, one, user) for one in [*messages, *private]]
    return sorted(shown, key=lambda one: float(one["ts"]))


def _seen_by(space: Workspace, user: User) -> list[Channel]:
    return [channel for channel in space.channels.values() if user.id in channel.members]


def _channel(channel: Channel, user: User) -> Json:
    seen = float(channel.seen.get(user.id, "0"))
    unread = [m for m in channel.roots() if float(m["ts"]) > seen and m["user"] != user.id]
    return {
        "id": channel.id,
        "name": BOT.name if channel.kind == "im" else channel.name,
        "kind": channel.kind,
        "title": channel.purpose,
        "bot_member": channel.bot_member,
        "unread": len(unread),
        "archived": channel.is_archived,
    }


def _view(shown: Shown | None) -> Json | None:
    return shown.view if shown else None


def _message(space: Workspace, message: Json, user: User) -> Json:
    author = space.users.get(message["user"])
    kept = ("ts", "thread_ts", "user", "text", "blocks", "reply_count", "reply_users")
    shown: dict[str, Any] = {key: message.get(key) for key in kept}
    return shown | {
        "name": author.name if author else "",
        "is_bot": message["user"] == BOT_USER_ID,
        "edited": bool(message.get("edited")),
        "ephemeral": bool(message.get("is_ephemeral")),
        "broadcast": message.get("subtype") == "thread_broadcast",
        "last_reply_ts": message.get("latest_reply"),
        "reactions": [
            {"name": one["name"], "count": one["count"], "mine": user.id in one["users"]}
            for one in message.get("reactions", [])
        ],
        "files": [describe_file(one) for one in message.get("files", [])],
        "at": datetime.fromtimestamp(float(message["ts"]), UTC).isoformat(),
    }


def describe_file(file: Json) -> Json:
    """Return a file as the page links it."""
    shown = {key: file[key] for key in ("id", "name", "mimetype", "size")}
    return shown | {"url": f"/page/file/{file['id']}"}
