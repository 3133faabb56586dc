"""What the bot has said in Slack, so that it can be found, edited and never said twice."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row

from storage import tables
from storage.rows import Rows


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the bot; `sending` until Slack has told its timestamp."""

    key: str
    run_id: str  # empty where several runs are meant
    kind: str
    subject: str
    channel: str
    thread_key: str | None  # key of the message that its thread hangs on
    state: Literal["sending", "shown"]
    sending_at: datetime  # when it was tried first
    ts: str | None = None
    drawn: str = ""  # hash of the content Slack shows
    shown_at: datetime | None = None


class MessageRepository:
    """Messages, by their key and by where they stand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, tables.messages)

    def get(self, key: str, *, workspace: str) -> Message | None:
        """The message with this key."""
        return _message(self._rows.find(workspace, key=key))

    def at(self, channel: str, ts: str, *, workspace: str) -> Message | None:
        """The message that stands there."""
        return _message(self._rows.find(workspace, channel=channel, ts=ts))

    def places(self, keys: Collection[str], *, workspace: str) -> dict[str, str]:
        """The timestamps of those of these messages that Slack shows, by key."""
        query = self._rows.select(workspace).where(tables.messages.c.key.in_(keys))
        return {row.key: row.ts for row in self._connection.execute(query) if row.ts}

    def shown_of(self, run_id: str, *, workspace: str, kinds: Collection[str]) -> list[Message]:
        """The messages of these kinds that Slack shows of a run, the oldest first."""
        query = self._rows.select(workspace, run_id=run_id, state="shown")
        query = query.where(tables.messages.c.kind.in_(kinds))
        rows = self._connection.execute(
            query.order_by(tables.messages.c.shown_at, tables.messages.c.key)
        )
        return [Message(**_values(row)) for row in rows]

    def claim(
        self,
        key: str,
        *,
        workspace: str,
        run_id: str,
        kind: str,
        subject: str,
        channel: str,
        thread_key: str | None = None,
        at: datetime,
    ) -> Message:
        """Note that a message is about to be posted, or return what is noted of it already."""
        self._rows.insert_once(
            workspace,
            key=key,
            run_id=run_id,
            kind=kind,
            subject=subject,
            channel=channel,
            thread_key=thread_key,
            state="sending",
            drawn="",
            sending_at=at,
        )
        row = self._connection.execute(self._rows.select(workspace, key=key)).one()
        return Message(**_values(row))

    def shown(self, key: str, *, workspace: str, ts: str, drawn: str, at: datetime) -> None:
        """Note that Slack shows the message."""
        update = self._rows.update(workspace, key=key)
        self._connection.execute(update.values(state="shown", ts=ts, drawn=drawn, shown_at=at))

    def redrawn(self, key: str, *, workspace: str, drawn: str) -> None:
        """Note that Slack shows other content now."""
        self._connection.execute(self._rows.update(workspace, key=key).values(drawn=drawn))

    def forget(self, key: str, *, workspace: str) -> None:
        """Forget a message that was deleted in Slack, so that it is posted anew."""
        self._connection.execute(self._rows.delete(workspace, key=key))


def _message(row: Row[Any] | None) -> Message | None:
    return None if row is None else Message(**_values(row))


def _values(row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "workspace"}
