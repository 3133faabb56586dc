"""The gates of phases: what has been said at them, and when the clock speaks of an open one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INDEX = "ix_runs_gate_at"
_ACTIVE = sa.text("status = 'active'")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Keep with a run what was said at its gates."""
    op.add_column("runs", sa.Column("gates", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("runs", sa.Column("gate_at", _MOMENT, nullable=True))
    op.create_index(_INDEX, "runs", ["gate_at"], sqlite_where=_ACTIVE, postgresql_where=_ACTIVE)
