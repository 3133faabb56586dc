"""Whose turn it is to speak in a channel."""

from datetime import datetime

from sqlalchemy import Connection, or_

from storage import tables
from storage.rows import Rows

_queues = tables.queues.c


class QueueRepository:
    """Leases of channels; one announcer at a time keeps a channel's order and pace."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, tables.queues)

    def lease(
        self, channel: str, *, workspace: str, holder: str, at: datetime, until: datetime
    ) -> bool:
        """Take or prolong the channel's lease; tell whether `holder` has it now."""
        lease = {"holder": holder, "leased_until": until}
        if self._rows.insert_once(workspace, channel=channel, **lease):
            return True
        free = or_(
            _queues.holder == holder,
            _queues.leased_until.is_(None),
            _queues.leased_until < at,
        )
        update = self._rows.update(workspace, channel=channel).where(free)
        return self._connection.execute(update.values(lease)).rowcount == 1

    def release(
        self, channel: str, *, workspace: str, holder: str, next_at: datetime | None = None
    ) -> None:
        """Give the lease back, if `holder` still has it; the channel rests until `next_at`."""
        update = self._rows.update(workspace, channel=channel, holder=holder)
        self._connection.execute(update.values(holder="", leased_until=None, next_at=next_at))
