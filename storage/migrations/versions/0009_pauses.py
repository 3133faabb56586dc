"""When a run stood still, and which dates of its steps were given by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# What is known of former dates given by hand is that somebody gave them.
_BY_HAND = """
UPDATE steps SET due_by_hand = true WHERE compressed = false AND due_planned = false AND EXISTS (
  SELECT 1 FROM events WHERE events.workspace = steps.workspace AND events.subject = 'run'
  AND events.subject_id = steps.run_id AND events.step = steps.key
  AND events.kind = 'step_rescheduled'
)
"""


def upgrade() -> None:
    """Let every run go on as it does, its dates by hand known as such."""
    op.add_column("runs", sa.Column("pauses", sa.JSON(), nullable=False, server_default="[]"))
    no = sa.false()
    op.add_column(
        "steps", sa.Column("due_by_hand", sa.Boolean(), nullable=False, server_default=no)
    )
    op.execute(_BY_HAND)
