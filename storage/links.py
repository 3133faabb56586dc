"""The links that outsiders open: known by the hash of their token alone."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from storage import document_tables
from storage.rows import Rows

_links = document_tables.document_links.c

Purpose = Literal["sign", "form", "comment", "read"]


@dataclass(frozen=True, slots=True)
class Link:
    """What one link lets one named person do; `token` is the hash of the real one."""

    workspace: str
    token: str
    run_id: str
    step: str
    purpose: Purpose
    version: int
    role: str
    name: str
    email: str
    made_by: str
    expires_at: datetime
    used_at: datetime | None = None
    code: str = ""  # the hash of the code that was sent last
    code_until: datetime | None = None
    codes_sent: int = 0
    code_tries: int = 0


_FIELDS = tuple(each.name for each in fields(Link))


class LinkRepository:
    """Links, by the hash of their token."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, document_tables.document_links)

    def find(self, token: str, *, at: datetime, lock: bool = False) -> Link | None:
        """The link of this hash, whichever workspace it belongs to, while it can be used."""
        query = select(document_tables.document_links).where(
            _links.token == token, _links.used_at.is_(None), _links.expires_at > at
        )
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        return None if row is None else Link(**{name: row._mapping[name] for name in _FIELDS})

    def add(self, link: Link) -> None:
        """Keep a new link."""
        self._rows.insert(link.workspace, [asdict(link)])

    def save(self, link: Link) -> None:
        """Keep what has become of a link: its use, its code, the attempts at it."""
        update = self._rows.update(link.workspace, token=link.token)
        changed = ("used_at", "code", "code_until", "codes_sent", "code_tries")
        self._connection.execute(update, {name: getattr(link, name) for name in changed})

    def revoke(
        self, run_id: str, step: str, *, workspace: str, at: datetime, **only: Any
    ) -> None:  # fmt: skip
        """Let the links of a document work no more; `only` those that hold these values."""
        update = self._rows.update(workspace, run_id=run_id, step=step, **only)
        self._connection.execute(update.where(_links.used_at.is_(None)).values(used_at=at))

    def pending(self, run_id: str, *, workspace: str) -> int:
        """How many links of a run have not been used."""
        query = self._rows.select(workspace, run_id=run_id).where(_links.used_at.is_(None))
        return len(self._connection.execute(query).all())
