"""What has come in, so that a delivery repeated by Slack is done once."""

from datetime import datetime

from sqlalchemy import Connection

from storage import tables
from storage.rows import Rows


class ReceiptRepository:
    """Keys of deliveries seen."""

    def __init__(self, connection: Connection) -> None:
        self._rows = Rows(connection, tables.receipts)

    def first_time(self, key: str, *, workspace: str, at: datetime) -> bool:
        """Note a delivery; tell whether it is the first of this key."""
        return self._rows.insert_once(workspace, key=key, at=at)

    def seen(self, key: str, *, workspace: str) -> bool:
        """Whether a delivery has been noted."""
        return self._rows.find(workspace, key=key) is not None
