"""The table of what the clock has said to people."""

from sqlalchemy import Boolean, Date, Index, Table

from storage.columns import column, key, metadata
from storage.moments import Moment

nudges = Table(
    "nudges",
    metadata,
    key("workspace"),
    key("person"),
    key("said_at", Moment),
    key("run_id"),
    key("step"),
    column("said_on", Date),  # in the person's zone
    column("how"),
    column("about"),
    column("late", Boolean),
    Index("ix_nudges_run", "workspace", "run_id"),
)
