"""Post, edit and delete messages for the bot."""

from bot.sandbox.api.access import own_message, visible, writable
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import BOT_USER_ID
from bot.sandbox.state.messages import delete, edit, post, whisper
from bot.sandbox.state.workspace import Workspace


def post_message(space: Workspace, args: Json) -> Json:
    """Answer chat.postMessage."""
    channel = writable(space, args["channel"])
    check_images(space, args)
    message = post(space, channel, BOT_USER_ID, _draft(args))
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def post_ephemeral(space: Workspace, args: Json) -> Json:
    """Answer chat.postEphemeral."""
    channel = visible(space, args["channel"])
    if channel.is_archived:
        raise SlackError("is_archived")
    if not channel.bot_member:
        raise SlackError("not_in_channel")
    if args["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    check_images(space, args)
    message = whisper(space, channel, args["user"], _draft(args))
    return {"message_ts": message["ts"]}


def update(space: Workspace, args: Json) -> Json:
    """Answer chat.update."""
    channel, message = own_message(space, args, "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    if args.get("reply_broadcast") and not message.get("thread_ts"):
        raise SlackError("cant_broadcast_message")
    check_images(space, args)
    edit(space, channel, message, _draft(args))
    text = message["text"]
    return {"channel": channel.id, "ts": message["ts"], "text": text, "message": message}


def remove(space: Workspace, args: Json) -> Json:
    """Answer chat.delete."""
    channel, message = own_message(space, args, "cant_delete_message")
    delete(space, channel, message)
    return {"channel": channel.id, "ts": args["ts"]}


def permalink(space: Workspace, args: Json) -> Json:
    """Answer chat.getPermalink."""
    channel = visible(space, args["channel"])
    message = channel.message(args["message_ts"])
    link = f"{space.url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts"):
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _draft(args: Json) -> Json:
    if args.get("markdown_text"):
        block = {"type": "markdown", "text": args["markdown_text"]}
        return args | {"text": args["markdown_text"], "blocks": [block]}
    return args


def check_images(space: Workspace, args: Json) -> None:
    """Refuse image blocks whose uploaded picture is not there, or is no picture."""
    for place, block in enumerate(args.get("blocks") or []):
        source = block.get("slack_file") if block["type"] == "image" else None
        file = space.files.get(source.get("id", "")) if source else None
        if source and (file is None or not file.complete or not file.mimetype.startswith("image/")):
            hint = f"[ERROR] invalid slack file [json-pointer:/blocks/{place}/slack_file]"
            raise SlackError("invalid_blocks", response_metadata={"messages": [hint]})
