"""The table of schedules: what starts the runs of a playbook one after the other."""

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, Table, text

from storage.columns import column, key, maybe, metadata
from storage.moments import Moment

_ACTIVE = text("state = 'active'")

schedules = Table(
    "schedules",
    metadata,
    key("workspace"),
    key("id"),
    column("playbook_id"),
    column("run_id"),
    column("name"),
    column("cycle", Integer),
    column("next_at", Moment),
    column("period", Date),
    column("state"),
    maybe("skip", JSON(none_as_null=True)),
    ForeignKeyConstraint(["workspace", "run_id"], ["runs.workspace", "runs.id"]),
    Index("ix_schedules_next_at", "next_at", postgresql_where=_ACTIVE, sqlite_where=_ACTIVE),
)
