"""The table of who is away when."""

from sqlalchemy import JSON, Date, Index, Integer, Table, text

from storage.columns import column, key, maybe, metadata
from storage.moments import Moment

_TO_TURN = text("turn_at IS NOT NULL")
_OPEN = text("state IN ('asked', 'accepted', 'declined')")

leaves = Table(
    "leaves",
    metadata,
    key("workspace"),
    key("id"),
    column("person"),
    column("from_on", Date),
    column("until_on", Date),
    column("deputy"),
    column("state"),
    column("set_by"),
    column("set_at", Moment),
    maybe("answered_at", Moment),
    column("comment"),
    column("asks", JSON(none_as_null=True)),
    column("told", JSON(none_as_null=True)),
    maybe("turn_at", Moment),
    column("last_event", Integer),
    Index("ix_leaves_person", "workspace", "person"),
    Index("ix_leaves_deputy", "workspace", "deputy", postgresql_where=_OPEN, sqlite_where=_OPEN),
    Index("ix_leaves_turn_at", "turn_at", postgresql_where=_TO_TURN, sqlite_where=_TO_TURN),
)
