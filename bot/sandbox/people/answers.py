"""Carry out how the bot answers a form, a command or a response URL."""

from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import BOT_USER_ID
from bot.sandbox.state.hooks import Hook
from bot.sandbox.state.messages import delete, edit, post, whisper
from bot.sandbox.state.views import Shown
from bot.sandbox.state.workspace import Workspace


def answer_submission(space: Workspace, shown: Shown, body: Json) -> dict[str, str] | None:
    """Carry out the answer to a submitted form and return its errors, if any."""
    action = body.get("response_action")
    if action == "errors":
        return dict(body["errors"])
    if action == "update":
        space.views.update(shown, body["view"], None)
    elif action == "push":
        space.views.push(shown.user, body["view"])
    else:
        space.views.close(shown, whole_stack=action == "clear")
    space.changes.bump()
    return None


def answer_command(space: Workspace, user: str, channel_id: str, body: Json) -> None:
    """Show what a command was answered at once."""
    if not body.get("text") and not body.get("blocks"):
        return
    channel = space.channel(channel_id)
    if body.get("response_type") == "in_channel":
        post(space, channel, BOT_USER_ID, body)
    else:
        whisper(space, channel, user, body)


def answer_hook(space: Workspace, hook: Hook, body: Json) -> None:
    """Carry out a post to a response URL."""
    channel = space.channel(hook.channel)
    if body.get("delete_original"):
        _take_back(space, hook)
    elif body.get("replace_original") and hook.message_ts:
        _replace(space, hook, body)
    elif body.get("response_type") == "in_channel":
        post(space, channel, BOT_USER_ID, body)
    else:
        whisper(space, channel, hook.user, body)
    space.changes.bump()


def _ephemeral(space: Workspace, hook: Hook) -> Json | None:
    for one in space.ephemerals:
        if one.message["ts"] == hook.message_ts and one.user == hook.user:
            return one.message
    return None


def _take_back(space: Workspace, hook: Hook) -> None:
    if not hook.message_ts:
        raise SlackError("cant_delete_message")
    kept = [one for one in space.ephemerals if one.message["ts"] != hook.message_ts]
    if len(kept) < len(space.ephemerals):
        space.ephemerals = kept
        return
    channel = space.channel(hook.channel)
    delete(space, channel, channel.message(hook.message_ts))


def _replace(space: Workspace, hook: Hook, body: Json) -> None:
    channel = space.channel(hook.channel)
    ephemeral = _ephemeral(space, hook)
    message = ephemeral or channel.message(hook.message_ts or "")
    draft = {key: body[key] for key in ("text", "blocks", "attachments", "metadata") if key in body}
    if ephemeral is None:
        edit(space, channel, message, {"blocks": []} | draft)
    else:
        ephemeral.pop("blocks", None)
        ephemeral |= {"text": "", "edited": {"user": BOT_USER_ID, "ts": space.ids.ts()}} | draft
