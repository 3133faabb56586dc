"""When those are asked again who have not acknowledged a decision about a hand-over."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_TO_READ = sa.text("ack_at IS NOT NULL")


def upgrade() -> None:
    """Find what is due by an index of its own: such steps may be closed."""
    op.add_column("steps", sa.Column("ack_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_steps_ack_at", "steps", ["ack_at"], postgresql_where=_TO_READ, sqlite_where=_TO_READ
    )
