"""Pin, react, and describe the team, its people and the bot itself."""

from bot.sandbox.api.access import joined
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import APP_ID, BOT, BOT_ID, BOT_USER_ID, TEAM_ID
from bot.sandbox.state.reactions import react
from bot.sandbox.state.workspace import Workspace

PIN_LIMIT = 100


def auth_test(space: Workspace, _args: Json) -> Json:
    """Answer auth.test."""
    return {
        "url": f"{space.url}/",
        "team": "Sandbox",
        "user": BOT.handle,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "is_enterprise_install": False,
    }


def team_info(_space: Workspace, _args: Json) -> Json:
    """Answer team.info."""
    return {"team": {"id": TEAM_ID, "name": "Sandbox", "domain": "sandbox", "email_domain": ""}}


def user_info(space: Workspace, args: Json) -> Json:
    """Answer users.info."""
    user = space.user(args["user"])
    locale = bool(args.get("include_locale"))
    return {"user": user.as_slack(space.clock.now(), include_locale=locale)}


def dnd_info(space: Workspace, args: Json) -> Json:
    """Answer dnd.info: nobody here has set hours of silence, but tests may."""
    space.user(args["user"])
    pauses = space.pauses.get(args["user"], {})
    quiet = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    return quiet | {"snooze_enabled": False} | pauses


def pin(space: Workspace, args: Json) -> Json:
    """Answer pins.add."""
    channel = joined(space, args["channel"])
    message = channel.message(args["timestamp"])
    if message["ts"] in channel.pins:
        raise SlackError("already_pinned")
    if len(channel.pins) >= PIN_LIMIT:
        raise SlackError("too_many_pins")
    channel.pins.append(message["ts"])
    message["pinned_to"] = [channel.id]
    space.changes.bump()
    return {}


def add_reaction(space: Workspace, args: Json) -> Json:
    """Answer reactions.add."""
    channel = joined(space, args["channel"])
    if channel.is_archived:
        raise SlackError("is_archived")
    react(space, channel, channel.message(args["timestamp"]), BOT_USER_ID, args["name"])
    return {}
