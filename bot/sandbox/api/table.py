"""Name the function that answers each method."""

from collections.abc import Callable

from bot.sandbox.api import chat, conversations, files, items, views
from bot.sandbox.shapes import Json
from bot.sandbox.state.workspace import Workspace

Answer = Callable[[Workspace, Json], Json]

ANSWERS: dict[str, Answer] = {
    "auth.test": items.auth_test,
    "team.info": items.team_info,
    "users.info": items.user_info,
    "dnd.info": items.dnd_info,
    "pins.add": items.pin,
    "reactions.add": items.add_reaction,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.remove,
    "chat.getPermalink": chat.permalink,
    "conversations.info": conversations.info,
    "conversations.members": conversations.members,
    "conversations.history": conversations.history,
    "conversations.replies": conversations.replies,
    "conversations.join": conversations.join,
    "conversations.invite": conversations.invite,
    "conversations.open": conversations.open_direct,
    "views.open": views.open_view,
    "views.push": views.push,
    "views.update": views.update,
    "views.publish": views.publish,
    "files.info": files.info,
    "files.getUploadURLExternal": files.upload_url,
    "files.completeUploadExternal": files.complete,
}
