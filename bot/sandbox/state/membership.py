"""Let members enter and leave conversations, and archive these."""

from bot.sandbox.shapes import Json
from bot.sandbox.state.cast import BOT_USER_ID, TEAM_ID
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.workspace import Workspace


def join(space: Workspace, channel: Channel, user: str, inviter: str | None = None) -> None:
    """Add a member and tell the bot."""
    if user in channel.members:
        return
    channel.members.add(user)
    event = _membership("member_joined_channel", channel, user)
    space.announce(event | ({"inviter": inviter} if inviter else {}), channel)
    space.changes.bump()


def leave(space: Workspace, channel: Channel, user: str, actor: str) -> None:
    """Take a member out and tell the bot, also when it is the bot itself."""
    if user not in channel.members:
        return
    channel.members.remove(user)
    if user == BOT_USER_ID:
        name = "channel_left" if channel.kind == "channel" else "group_left"
        space.announce({"type": name, "channel": channel.id, "actor_id": actor})
    else:
        space.announce(_membership("member_left_channel", channel, user), channel)
    space.changes.bump()


def archive(space: Workspace, channel: Channel, actor: str, *, archived: bool) -> None:
    """Close a channel, or open it again, and tell the bot."""
    channel.is_archived = archived
    prefix = "channel" if channel.kind == "channel" else "group"
    name = f"{prefix}_{'archive' if archived else 'unarchive'}"
    space.announce({"type": name, "channel": channel.id, "user": actor}, channel)
    space.changes.bump()


def _membership(name: str, channel: Channel, user: str) -> Json:
    letter = "C" if channel.kind == "channel" else "G"
    return {
        "type": name,
        "user": user,
        "channel": channel.id,
        "channel_type": letter,
        "team": TEAM_ID,
    }
