"""The tables of the company's own days, and of the calendar links that people keep."""

from sqlalchemy import Boolean, Date, Index, Table

from storage.columns import column, key, maybe, metadata
from storage.moments import Moment

company_days = Table(
    "company_days",
    metadata,
    key("workspace"),
    key("day", Date),
    column("works", Boolean),
    column("name"),
)

feeds = Table(
    "feeds",
    metadata,
    key("workspace"),
    key("digest"),  # the token's hash; the token itself is kept nowhere
    column("person"),  # whose steps; empty where it is a run's
    column("run_id"),
    column("made_at", Moment),
    maybe("revoked_at", Moment),
    Index("ix_feeds_digest", "digest"),
    Index("ix_feeds_of", "workspace", "person", "run_id"),
)
