"""Add reactions to messages and take them away."""

from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.workspace import Workspace

EMOJI_LIMIT = 23


def react(
    space: Workspace, channel: Channel, message: Json, user: str, name: str, *, on: bool = True
) -> None:
    """Add (or take away) one person's reaction and tell the bot."""
    reactions: list[Json] = message.setdefault("reactions", [])
    found = next((one for one in reactions if one["name"] == name), None)
    if on and found and user in found["users"]:
        raise SlackError("already_reacted")
    if not on and (not found or user not in found["users"]):
        raise SlackError("no_reaction")
    if found is None:
        if len(reactions) >= EMOJI_LIMIT:
            raise SlackError("too_many_emoji")
        found = {"name": name, "users": [], "count": 0}
        reactions.append(found)
    if on:
        found["users"].append(user)
    else:
        found["users"].remove(user)
    found["count"] = len(found["users"])
    message["reactions"] = [one for one in reactions if one["count"]]
    event = {
        "type": "reaction_added" if on else "reaction_removed",
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message["ts"]},
        "item_user": message["user"],
    }
    space.announce(event, channel)
    space.changes.bump()
