"""The company's own days, calendar links, and what else than a decision waits for somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "company_days",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "day", name="pk_company_days"),
    )
    op.create_table(
        "feeds",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("workspace", "digest", name="pk_feeds"),
    )
    _widen_turns()
    op.create_index("ix_feeds_digest", "feeds", ["digest"])
    op.create_index("ix_feeds_of", "feeds", ["workspace", "person", "run_id"])


def _widen_turns() -> None:
    """Whose turn it is to decide becomes whom a run waits for, whatever it is for."""
    op.create_table(
        "waits",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("stands_for", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "run_id"], ["runs.workspace", "runs.id"], name="fk_waits_runs"
        ),
        sa.PrimaryKeyConstraint(
            "workspace", "run_id", "kind", "subject", "person", name="pk_waits"
        ),
    )
    op.execute(
        "INSERT INTO waits (workspace, run_id, kind, subject, person, stands_for)"
        " SELECT workspace, run_id, 'decide', step, person, stands_for FROM turns"
    )
    op.create_index("ix_waits_person", "waits", ["workspace", "person"])
    op.drop_table("turns")
