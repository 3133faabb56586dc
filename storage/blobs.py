"""The bytes of what was handed in, by their hash: in the database, so that a backup is whole."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage import blob_tables as tables
from storage.rows import Rows


@dataclass(frozen=True, slots=True)
class Blob:
    """A file's content; `content` is None where it was too large to keep."""

    digest: str  # SHA-256, 64 hex digits
    size: int  # bytes
    name: str
    mime: str
    content: bytes | None


class BlobRepository:
    """Contents by their hash, and which steps hold which file of Slack's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blobs = Rows(connection, tables.blobs)
        self._holdings = Rows(connection, tables.holdings)

    def keep(self, blob: Blob, *, workspace: str, at: datetime) -> None:
        """Keep a content; the same one again changes nothing, but brings bytes that lacked."""
        values = {"size": blob.size, "name": blob.name, "mime": blob.mime, "content": blob.content}
        if self._blobs.insert_once(workspace, digest=blob.digest, kept_at=at, **values):
            return
        if blob.content is not None:
            lacking = self._blobs.update(workspace, digest=blob.digest)
            lacking = lacking.where(tables.blobs.c.content.is_(None))
            self._connection.execute(lacking.values(content=blob.content))

    def get(self, digest: str, *, workspace: str) -> Blob | None:
        """The content with this hash."""
        row = self._blobs.find(workspace, digest=digest)
        if row is None:
            return None
        return Blob(row.digest, row.size, row.name, row.mime, row.content)

    def hold(self, file: str, *, workspace: str, run_id: str, step: str) -> None:
        """Note that a step holds a file, so that news of the file finds the step."""
        self._holdings.insert_once(workspace, file=file, run_id=run_id, step=step)

    def holders(self, file: str, *, workspace: str) -> list[tuple[str, str]]:
        """Run and key of the steps that hold a file."""
        query = self._holdings.select(workspace, file=file)
        query = query.order_by(tables.holdings.c.run_id, tables.holdings.c.step)
        return [(row.run_id, row.step) for row in self._connection.execute(query)]
