"""Describe conversations, and let the bot read and enter them."""

from base64 import b64decode, b64encode
from copy import deepcopy
from typing import TypeVar

from bot.sandbox.api.access import joined, visible
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import BOT_USER_ID
from bot.sandbox.state.membership import join as enter
from bot.sandbox.state.workspace import Workspace

T = TypeVar("T")


def info(space: Workspace, args: Json) -> Json:
    """Answer conversations.info."""
    return {"channel": visible(space, args["channel"]).as_slack()}


def members(space: Workspace, args: Json) -> Json:
    """Answer conversations.members."""
    channel = visible(space, args["channel"])
    page, more = _page(sorted(channel.members), args, 100)
    return {"members": page} | more


def history(space: Workspace, args: Json) -> Json:
    """Answer conversations.history: newest first, thread replies left out."""
    channel = joined(space, args["channel"])
    newest_first = _window(channel.roots()[::-1], args)
    page, more = _page(newest_first, args, 100)
    shown = [_reading(message, args) for message in page]
    return {"messages": shown, "has_more": bool(more), "pin_count": len(channel.pins)} | more


def replies(space: Workspace, args: Json) -> Json:
    """Answer conversations.replies: the root first, then the replies, oldest first."""
    channel = joined(space, args["channel"])
    if not channel.has(args["ts"]):
        raise SlackError("thread_not_found")
    root = str(channel.message(args["ts"]).get("thread_ts", args["ts"]))
    first, *rest = channel.thread(root)
    page, more = _page([first, *_window(rest, args)], args, 1000)
    shown = [_reading(message, args) for message in page]
    return {"messages": shown, "has_more": bool(more)} | more


def join(space: Workspace, args: Json) -> Json:
    """Answer conversations.join."""
    channel = visible(space, args["channel"])
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    already = channel.bot_member
    enter(space, channel, BOT_USER_ID)
    answer: Json = {"channel": channel.as_slack()}
    return answer | ({"warning": "already_in_channel"} if already else {})


def invite(space: Workspace, args: Json) -> Json:
    """Answer conversations.invite."""
    channel = joined(space, args["channel"])
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    for user_id in args["users"]:
        if space.user(user_id).id == BOT_USER_ID:
            raise SlackError("cant_invite_self")
        if user_id in channel.members:
            raise SlackError("already_in_channel")
    for user_id in args["users"]:
        enter(space, channel, user_id, inviter=BOT_USER_ID)
    return {"channel": channel.as_slack()}


def open_direct(space: Workspace, args: Json) -> Json:
    """Answer conversations.open for one person."""
    if args.get("channel"):
        channel = visible(space, args["channel"])
    else:
        users = args.get("users") or []
        if len(users) != 1:
            raise SlackError("users_list_not_supplied" if not users else "too_many_users")
        channel = space.im(users[0])
    brief = channel.as_slack() if args.get("return_im") else {"id": channel.id}
    return {"channel": brief}


def _window(messages: list[Json], args: Json) -> list[Json]:
    oldest, latest = args.get("oldest") or "0", args.get("latest") or "9999999999.999999"
    if args.get("inclusive"):
        return [m for m in messages if float(oldest) <= float(m["ts"]) <= float(latest)]
    return [m for m in messages if float(oldest) < float(m["ts"]) < float(latest)]


def _page(items: list[T], args: Json, default: int) -> tuple[list[T], Json]:
    try:
        start = int(b64decode(args["cursor"]).decode()) if args.get("cursor") else 0
    except ValueError:
        raise SlackError("invalid_cursor") from None
    end = start + int(args.get("limit") or default)
    if end >= len(items):
        return items[start:], {}
    return items[start:end], {"response_metadata": {"next_cursor": b64encode(b"%d" % end).decode()}}


def _reading(message: Json, args: Json) -> Json:
    hidden = {"channel"} if args.get("include_all_metadata") else {"channel", "metadata"}
    return {key: deepcopy(value) for key, value in message.items() if key not in hidden}
