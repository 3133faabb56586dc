"""Steps that are being decided, and who stands in for an approver."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_INDEX = "ix_steps_remind_at"
_ACTIVE = sa.text("status = 'active'")
_UNDER_WAY = sa.text("status IN ('active', 'deciding')")


def upgrade() -> None:
    """Remind approvers too, keep a run's stand-in, and whose turn it is."""
    stand_in = sa.Column("stand_in", sa.String(), nullable=False, server_default="")
    op.add_column("runs", stand_in)
    op.drop_index(_INDEX, "steps")
    op.create_index(
        _INDEX, "steps", ["remind_at"], postgresql_where=_UNDER_WAY, sqlite_where=_UNDER_WAY
    )
    op.create_table(
        "turns",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "run_id"], ["runs.workspace", "runs.id"], name="fk_turns_runs"
        ),
        sa.PrimaryKeyConstraint("workspace", "run_id", "step", "person", name="pk_turns"),
    )
    op.create_index("ix_turns_person", "turns", ["workspace", "person"])
