"""What starts the runs of a playbook one after the other."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "schedules",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("playbook_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("skip", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_schedules"),
        sa.ForeignKeyConstraint(
            ["workspace", "run_id"], ["runs.workspace", "runs.id"], name="fk_schedules_runs"
        ),
    )
    active = sa.text("state = 'active'")
    op.create_index(
        "ix_schedules_next_at", "schedules", ["next_at"],
        postgresql_where=active, sqlite_where=active,
    )  # fmt: skip
