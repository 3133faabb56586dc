"""Let people talk: messages, files, reactions, invitations."""

from collections.abc import Sequence

from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.state import membership, reactions
from bot.sandbox.state.cast import BOT_USER_ID
from bot.sandbox.state.channels import Channel
from bot.sandbox.state.files import StoredFile
from bot.sandbox.state.messages import post
from bot.sandbox.state.workspace import Workspace


def _buried(file: Json, file_id: str) -> Json:
    return {"id": file_id, "mode": "tombstone"} if file["id"] == file_id else file


class Talk:
    """What people do among themselves, of which the bot hears by events."""

    def __init__(self, space: Workspace) -> None:
        self._space = space

    def upload(self, user: str, name: str, content: bytes) -> StoredFile:
        """Store a person's file."""
        at = int(self._space.clock.now().timestamp())
        file_id = self._space.ids.next("F")
        file = StoredFile(file_id, name, user, at, len(content), content=content, complete=True)
        self._space.files[file.id] = file
        return file

    def post(
        self,
        user: str,
        channel_id: str,
        text: str,
        thread_ts: str | None = None,
        files: Sequence[StoredFile] = (),
    ) -> Json:
        """Write a message where the person is a member."""
        channel = self._entered(user, channel_id)
        for file in files:
            file.channels.append(channel.id)
        return post(self._space, channel, user, {"text": text, "thread_ts": thread_ts}, files)

    def replace_file(self, file_id: str, content: bytes) -> None:
        """Give a file another content, as its editor does."""
        file = self._space.file(file_id)
        file.content, file.length = content, len(content)
        self._tell_of(file_id, "file_change")

    def delete_file(self, file_id: str) -> None:
        """Delete a file; a tombstone stands in its place where it was shown."""
        file = self._space.file(file_id)
        file.content, file.deleted = None, True
        for channel in self._space.channels.values():
            for message in channel.messages:
                message["files"] = [_buried(f, file_id) for f in message.get("files", [])]
                if not message["files"]:
                    del message["files"]
        self._tell_of(file_id, "file_deleted")

    def _tell_of(self, file_id: str, kind: str) -> None:
        news: Json = {"type": kind, "file_id": file_id}
        if kind == "file_change":
            news["file"] = {"id": file_id}
        self._space.announce(news)
        self._space.changes.bump()

    def react(self, user: str, channel_id: str, ts: str, name: str, *, on: bool) -> None:
        """Add or take away a reaction."""
        channel = self._entered(user, channel_id)
        reactions.react(self._space, channel, channel.message(ts), user, name, on=on)

    def invite(self, channel_id: str, by: str, user: str = BOT_USER_ID) -> None:
        """Bring somebody (the bot) into a channel."""
        membership.join(self._space, self._space.channel(channel_id), user, by)

    def remove(self, channel_id: str, by: str, user: str = BOT_USER_ID) -> None:
        """Take somebody (the bot) out of a channel."""
        membership.leave(self._space, self._space.channel(channel_id), user, by)

    def archive(self, channel_id: str, by: str, *, archived: bool) -> None:
        """Archive a channel, or bring it back."""
        channel = self._space.channel(channel_id)
        membership.archive(self._space, channel, by, archived=archived)

    def _entered(self, user: str, channel_id: str) -> Channel:
        channel = self._space.channel(channel_id)
        if user not in channel.members:
            raise SlackError("not_in_channel")
        if channel.is_archived:
            raise SlackError("is_archived")
        return channel
