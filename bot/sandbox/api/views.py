"""Open, push, update and publish views."""

from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.workspace import Workspace


def open_view(space: Workspace, args: Json) -> Json:
    """Answer views.open."""
    trigger = space.triggers.spend(_trigger_id(args))
    view = space.views.open(trigger.user, args["view"], trigger.channel)
    space.changes.bump()
    return {"view": view}


def push(space: Workspace, args: Json) -> Json:
    """Answer views.push."""
    trigger = space.triggers.spend(_trigger_id(args))
    view = space.views.push(trigger.user, args["view"])
    space.changes.bump()
    return {"view": view}


def update(space: Workspace, args: Json) -> Json:
    """Answer views.update."""
    by_id = args.get("view_id")
    shown = (
        space.views.get(by_id)
        if by_id
        else space.views.by_external_id(args.get("external_id") or "")
    )
    view = space.views.update(shown, args["view"], args.get("hash"))
    space.changes.bump()
    return {"view": view}


def publish(space: Workspace, args: Json) -> Json:
    """Answer views.publish."""
    user = space.users.get(args["user_id"])
    if user is None or user.is_bot:
        raise SlackError("user_not_found")
    view = space.views.publish(user.id, args["view"], args.get("hash"))
    space.changes.bump()
    return {"view": view}


def _trigger_id(args: Json) -> str:
    return str(args.get("trigger_id") or args.get("interactivity_pointer"))
