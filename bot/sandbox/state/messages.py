"""Write, edit and delete messages, and tell the bot of it."""

from collections.abc import Sequence
from copy import deepcopy

from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.blocks import with_ids
from bot.sandbox.state.cast import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.files import StoredFile
from bot.sandbox.state.workspace import Ephemeral, Workspace

Draft = Json  # text, blocks, metadata, thread_ts, reply_broadcast: the words of chat.postMessage


def draft_message(space: Workspace, channel: Channel, author: str, draft: Draft) -> Json:
    """Build the message that a draft becomes, without showing it yet."""
    message: Json = {
        "type": "message",
        "user": author,
        "team": TEAM_ID,
        "channel": channel.id,
        "ts": space.ids.ts(),
        "text": draft.get("text") or "",
    }
    if author == BOT_USER_ID:
        message |= {"bot_id": BOT_ID, "app_id": APP_ID}
    if draft.get("blocks"):
        message["blocks"] = with_ids(draft["blocks"], space.ids)
    for key in ("attachments", "metadata"):
        if draft.get(key):
            message[key] = deepcopy(draft[key])
    return message


def post(
    space: Workspace,
    channel: Channel,
    author: str,
    draft: Draft,
    files: Sequence[StoredFile] = (),
) -> Json:
    """Add a message to a conversation and announce it."""
    root = _root(channel, draft.get("thread_ts"))
    message = draft_message(space, channel, author, draft)
    if files:
        message["subtype"] = "file_share"
        message["files"] = [file.as_slack(space.url) for file in files]
    if root is not None:
        message |= {"thread_ts": root["ts"], "parent_user_id": root["user"]}
        if draft.get("reply_broadcast"):
            message["subtype"] = "thread_broadcast"
    channel.messages.append(message)
    if root is not None:
        channel.count_replies(root["ts"])
    _announce_post(space, channel, message)
    space.changes.bump()
    return message


def _root(channel: Channel, thread_ts: str | None) -> Json | None:
    if not thread_ts:
        return None
    if not channel.has(thread_ts):
        raise SlackError("thread_not_found")
    root = channel.message(thread_ts)
    if root.get("thread_ts", thread_ts) != thread_ts:
        raise SlackError("cannot_reply_to_message")
    return root


def _announce_post(space: Workspace, channel: Channel, message: Json) -> None:
    outer = {"channel": channel.id, "channel_type": channel.event_type, "event_ts": message["ts"]}
    visible = {key: value for key, value in message.items() if key != "metadata"}
    space.announce(deepcopy(visible) | outer, channel)
    if message["user"] != BOT_USER_ID and f"<@{BOT_USER_ID}>" in message["text"]:
        mention: Json = {
            key: message[key] for key in ("user", "text", "ts", "thread_ts") if key in message
        }
        mention |= {"type": "app_mention", "team": TEAM_ID, "channel": channel.id}
        space.announce(mention | {"event_ts": message["ts"]}, channel)
    for file in message.get("files", []):
        shared = {"type": "file_shared", "file_id": file["id"], "user_id": message["user"]}
        shared |= {"file": {"id": file["id"]}, "channel_id": channel.id}
        space.announce(shared, channel)


def edit(space: Workspace, channel: Channel, message: Json, draft: Draft) -> None:
    """Change a message in place: only what the draft names, as chat.update does."""
    before = deepcopy(message)
    if "text" in draft:
        message["text"] = draft["text"] or ""
    if draft.get("blocks") is not None:
        message["blocks"] = with_ids(draft["blocks"], space.ids)
    if draft.get("attachments") is not None:
        message["attachments"] = deepcopy(draft["attachments"])
    if "metadata" in draft:
        message.pop("metadata", None)
        if draft["metadata"]:
            message["metadata"] = deepcopy(draft["metadata"])
    if draft.get("reply_broadcast"):
        message["subtype"] = "thread_broadcast"
    message["edited"] = {"user": message["user"], "ts": space.ids.ts()}
    _announce_edit(space, channel, before, message)
    space.changes.bump()


def _announce_edit(space: Workspace, channel: Channel, before: Json, after: Json) -> None:
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.event_type,
        "message": deepcopy(after),
        "previous_message": before,
        "ts": space.ids.ts(),
    }
    space.announce(event, channel)


def delete(space: Workspace, channel: Channel, message: Json) -> None:
    """Remove a message; a root with replies leaves a tombstone."""
    before = deepcopy(message)
    if message.get("reply_count"):
        kept = {k: message[k] for k in message if k.startswith(("reply", "latest"))}
        kept |= {k: message[k] for k in ("type", "channel", "team", "ts", "thread_ts")}
        message.clear()
        message |= kept | {"subtype": "tombstone", "user": "USLACKBOT", "hidden": True}
        message["text"] = "This message was deleted."
    else:
        channel.messages.remove(message)
        if message.get("thread_ts", message["ts"]) != message["ts"]:
            channel.count_replies(message["thread_ts"])
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.event_type,
        "deleted_ts": before["ts"],
        "previous_message": before,
        "ts": space.ids.ts(),
    }
    space.announce(event, channel)
    space.changes.bump()


def whisper(space: Workspace, channel: Channel, user: str, draft: Draft) -> Json:
    """Show a message to one person alone."""
    message = draft_message(space, channel, BOT_USER_ID, draft)
    message |= {"is_ephemeral": True}
    if draft.get("thread_ts"):
        message["thread_ts"] = draft["thread_ts"]
    space.ephemerals.append(Ephemeral(user, message))
    space.changes.bump()
    return message
