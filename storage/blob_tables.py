"""The tables of frozen contents."""

from sqlalchemy import BigInteger, ForeignKeyConstraint, LargeBinary, Table

from storage.columns import column, key, maybe, metadata
from storage.moments import Moment

blobs = Table(
    "blobs",  # what was handed in, by its SHA-256
    metadata,
    key("workspace"),
    key("digest"),
    column("size", BigInteger),
    column("name"),
    column("mime"),
    maybe("content", LargeBinary),  # empty where it was too large
    column("kept_at", Moment),
)

holdings = Table(
    "holdings",  # which steps hold a file of Slack's
    metadata,
    key("workspace"),
    key("file"),
    key("run_id"),
    key("step"),
    ForeignKeyConstraint(["workspace", "run_id"], ["runs.workspace", "runs.id"]),
)
