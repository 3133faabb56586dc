"""Calendar links: known by the hash of their token alone."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, select

from storage import desk_tables
from storage.rows import Rows

_feeds = desk_tables.feeds.c


@dataclass(frozen=True, slots=True)
class Feed:
    """The calendar that one link shows: a person's steps, or a run's."""

    workspace: str
    digest: str  # SHA-256 of the token
    person: str
    run_id: str
    made_at: datetime
    revoked_at: datetime | None = None


_FIELDS = tuple(each.name for each in fields(Feed))


class FeedRepository:
    """Calendar links, one at most in force for a person or a run."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, desk_tables.feeds)

    def find(self, digest: str) -> Feed | None:
        """The feed of this hash, whichever workspace it belongs to, unless it is revoked."""
        query = select(desk_tables.feeds).where(_feeds.digest == digest)
        row = self._connection.execute(query.where(_feeds.revoked_at.is_(None))).one_or_none()
        return None if row is None else Feed(**{name: row._mapping[name] for name in _FIELDS})

    def made_at(self, *, workspace: str, person: str = "", run_id: str = "") -> datetime | None:
        """When the link in force was made; None where there is none."""
        query = self._rows.select(workspace, person=person, run_id=run_id)
        rows = self._connection.execute(query.where(_feeds.revoked_at.is_(None)))
        return max((row.made_at for row in rows), default=None)

    def add(self, feed: Feed) -> None:
        """Keep a new link."""
        self._rows.insert(feed.workspace, [asdict(feed)])

    def revoke(
        self, *, workspace: str, at: datetime, person: str = "", run_id: str = ""
    ) -> None:  # fmt: skip
        """Let the link of a person or a run work no more."""
        update = self._rows.update(workspace, person=person, run_id=run_id)
        self._connection.execute(update.where(_feeds.revoked_at.is_(None)).values(revoked_at=at))
