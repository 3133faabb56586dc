"""What people set about their days and hours: calendar, and when and how the digest comes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NEW: tuple[sa.Column[Any], ...] = (
    sa.Column("calendar", sa.String(), nullable=False, server_default=""),
    sa.Column("digest_at", sa.Time(), nullable=False, server_default="10:00:00.000000"),
    sa.Column("digest_daily", sa.Boolean(), nullable=False, server_default=sa.false()),
)


def upgrade() -> None:
    """Let everybody who is known keep what has been so far."""
    for new in _NEW:
        op.add_column("people", new)
