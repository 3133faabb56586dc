"""Build what Slack sends when a person acts."""

from copy import deepcopy

from bot.sandbox.shapes import Json
from bot.sandbox.state.cast import APP_ID, TEAM_ID
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.workspace import Workspace

TEAM = {"id": TEAM_ID, "domain": "sandbox"}


def _outer(space: Workspace, kind: str, user: str) -> Json:
    handle = space.user(user).handle
    return {
        "type": kind,
        "token": "sandbox",
        "team": TEAM,
        "user": {"id": user, "username": handle, "name": handle, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}


def hook_url(space: Workspace, key: str) -> str:
    """Return the response URL of a hook."""
    return f"{space.url}/hooks/{TEAM_ID}/{key}"


def command(space: Workspace, user: str, channel: Channel, name: str, text: str) -> Json:
    """Build a slash command's form."""
    return {
        "token": "sandbox",
        "team_id": TEAM_ID,
        "team_domain": "sandbox",
        "channel_id": channel.id,
        "channel_name": _channel(channel)["name"],
        "user_id": user,
        "user_name": space.user(user).handle,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": hook_url(space, space.hooks.issue(user, channel.id)),
        "trigger_id": space.triggers.issue(user, channel.id),
    }


def message_action(
    space: Workspace, user: str, channel: Channel, message: Json, action: Json, state: Json
) -> Json:
    """Build block_actions for an element in a message."""
    ephemeral = bool(message.get("is_ephemeral"))
    thread_ts = message.get("thread_ts")
    key = space.hooks.issue(
        user, channel.id, message_ts=message["ts"], thread_ts=thread_ts, ephemeral=ephemeral
    )
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    } | ({"thread_ts": thread_ts} if thread_ts else {})
    payload = _outer(space, "block_actions", user) | {
        "container": container,
        "channel": _channel(channel),
        "state": {"values": state},
        "response_url": hook_url(space, key),
        "trigger_id": space.triggers.issue(user, channel.id),
        "actions": [action],
    }
    return payload if ephemeral else payload | {"message": _visible(message)}


def view_action(space: Workspace, user: str, view: Json, action: Json, channel: str | None) -> Json:
    """Build block_actions for an element in a modal or on the Home tab."""
    return _outer(space, "block_actions", user) | {
        "container": {"type": "view", "view_id": view["id"]},
        "view": deepcopy(view),
        "trigger_id": space.triggers.issue(user, channel),
        "actions": [action],
    }


def submission(space: Workspace, user: str, view: Json, channel: str | None) -> Json:
    """Build view_submission, with response URLs where the form asked for them."""
    urls = []
    for block in view["blocks"]:
        element = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        held = view["state"]["values"][block["block_id"]][element["action_id"]]
        target = held.get("selected_conversation") or held.get("selected_channel")
        if target:
            url = hook_url(space, space.hooks.issue(user, target, ephemeral=False))
            place = {"block_id": block["block_id"], "action_id": element["action_id"]}
            urls.append(place | {"channel_id": target, "response_url": url})
    return _outer(space, "view_submission", user) | {
        "view": deepcopy(view),
        "trigger_id": space.triggers.issue(user, channel),
        "response_urls": urls,
    }


def closed(space: Workspace, user: str, view: Json, *, cleared: bool) -> Json:
    """Build view_closed: entered values are gone."""
    empty = deepcopy(view) | {"state": {"values": {}}}
    return _outer(space, "view_closed", user) | {"view": empty, "is_cleared": cleared}


def shortcut(space: Workspace, user: str, callback_id: str) -> Json:
    """Build a global shortcut."""
    return _outer(space, "shortcut", user) | {
        "callback_id": callback_id,
        "action_ts": space.ids.ts(),
        "trigger_id": space.triggers.issue(user),
    }


def message_shortcut(
    space: Workspace, user: str, callback_id: str, channel: Channel, message: Json
) -> Json:
    """Build a shortcut on a message."""
    thread_ts = message.get("thread_ts")
    key = space.hooks.issue(user, channel.id, thread_ts=thread_ts)
    return _outer(space, "message_action", user) | {
        "callback_id": callback_id,
        "action_ts": space.ids.ts(),
        "trigger_id": space.triggers.issue(user, channel.id),
        "response_url": hook_url(space, key),
        "channel": _channel(channel),
        "message_ts": message["ts"],
        "message": _visible(message),
    }


def _visible(message: Json) -> Json:
    return {key: deepcopy(value) for key, value in message.items() if key != "channel"}
