"""The files of submissions: their bytes, who holds them, and when they are to be fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TO_FREEZE = sa.text("freeze_at IS NOT NULL")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Keep contents by their hash, and fetch what was handed in."""
    op.add_column("steps", sa.Column("freeze_at", _MOMENT, nullable=True))
    tries = sa.Column("freeze_tries", sa.Integer(), nullable=False, server_default="0")
    op.add_column("steps", tries)
    op.create_index(
        "ix_steps_freeze_at", "steps", ["freeze_at"],
        postgresql_where=_TO_FREEZE, sqlite_where=_TO_FREEZE,
    )  # fmt: skip
    op.create_table(
        "blobs",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("kept_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "digest", name="pk_blobs"),
    )
    op.create_table(
        "holdings",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "run_id"], ["runs.workspace", "runs.id"], name="fk_holdings_runs"
        ),
        sa.PrimaryKeyConstraint("workspace", "file", "run_id", "step", name="pk_holdings"),
    )
