"""Hold one workspace: people, conversations, files, views, and the news for the bot."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.clock import SandboxClock
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state.cast import BOT, PEOPLE, User
from bot.sandbox.state.changes import Changes
from bot.sandbox.state.channels import Channel, first_channels, open_im
from bot.sandbox.state.files import StoredFile
from bot.sandbox.state.hooks import Hooks
from bot.sandbox.state.ids import Ids
from bot.sandbox.state.triggers import Triggers
from bot.sandbox.state.views import Views


@dataclass
class Ephemeral:
    """A message that one person alone sees."""

    user: str
    message: Json


def ignore_event(event: Json) -> None:
    """Drop an event, as long as no app is connected to the workspace."""


class Workspace:
    """Everything the workspace knows; nothing here waits or speaks to the network."""

    def __init__(self, clock: SandboxClock) -> None:
        self.clock = clock
        self.url = ""
        self.changes = Changes()
        self.ids = Ids(clock)
        self.users: dict[str, User] = {user.id: user for user in (*PEOPLE, BOT)}
        self.channels = first_channels()
        self.pauses: dict[str, Json] = {}  # of people's notifications, as dnd.info tells them
        self.ephemerals: list[Ephemeral] = []
        self.files: dict[str, StoredFile] = {}
        self.views = Views(self.ids)
        self.triggers = Triggers(self.ids)
        self.hooks = Hooks(self.ids, clock)
        self.on_event: Callable[[Json], None] = ignore_event
        clock.subscribe(self.changes.bump)

    def user(self, user_id: str) -> User:
        """Return a member by id."""
        if user_id not in self.users:
            raise SlackError("user_not_found")
        return self.users[user_id]

    def channel(self, channel_id: str) -> Channel:
        """Return a conversation by id; whether the bot may see it is asked elsewhere."""
        if channel_id not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel_id]

    def im(self, user_id: str) -> Channel:
        """Return a person's direct message with the bot, opened when it was not."""
        self.user(user_id)
        fresh = open_im(user_id)
        return self.channels.setdefault(fresh.id, fresh)

    def file(self, file_id: str) -> StoredFile:
        """Return a file by id."""
        if file_id not in self.files:
            raise SlackError("file_not_found")
        return self.files[file_id]

    def announce(self, event: Json, channel: Channel | None = None) -> None:
        """Send an event to the bot, unless it happened where the bot is not."""
        if channel is None or channel.bot_member:
            self.on_event(event | {"event_ts": event.get("event_ts") or self.ids.ts()})
