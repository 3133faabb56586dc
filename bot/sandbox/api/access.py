"""Find what a call names, as far as the bot may see it."""

from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import BOT_USER_ID
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.workspace import Workspace


def visible(space: Workspace, channel_id: str) -> Channel:
    """Return a conversation the bot can see: public ones, and those it is in."""
    channel = space.channel(channel_id)
    if channel.kind != "channel" and not channel.bot_member:
        raise SlackError("channel_not_found")
    return channel


def joined(space: Workspace, channel_id: str) -> Channel:
    """Return a conversation the bot is in."""
    channel = visible(space, channel_id)
    if not channel.bot_member:
        raise SlackError("not_in_channel")
    return channel


def writable(space: Workspace, channel_id: str) -> Channel:
    """Return where the bot may post: any public channel, or where it is; a user id is a DM."""
    if channel_id.startswith(("U", "W")):
        if channel_id not in space.users or channel_id == BOT_USER_ID:
            raise SlackError("channel_not_found")
        return space.im(channel_id)
    channel = visible(space, channel_id)
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def own_message(space: Workspace, args: Json, refusal: str) -> tuple[Channel, Json]:
    """Return a message the bot posted itself, or refuse by that name."""
    channel = visible(space, args["channel"])
    message = channel.message(args["ts"])
    if message["user"] != BOT_USER_ID:
        raise SlackError(refusal)
    return channel, message
