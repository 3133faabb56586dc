"""What the clock has said to whom, and what it has put off or held back."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_MOMENT = sa.DateTime(timezone=True)
_TO_TELL = sa.text("tell_at IS NOT NULL")
_NEW: tuple[sa.Column[Any], ...] = (
    sa.Column("snoozes", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("held_at", _MOMENT, nullable=True),
    sa.Column("escalated", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("tell_to", sa.String(), nullable=False, server_default=""),
    sa.Column("tell_at", _MOMENT, nullable=True),
)


def upgrade() -> None:
    """Remember for each person and day what they heard."""
    for new in _NEW:
        op.add_column("steps", new)
    op.create_index(
        "ix_steps_tell_at", "steps", ["tell_at"], postgresql_where=_TO_TELL, sqlite_where=_TO_TELL
    )
    op.create_table(
        "nudges",
        sa.Column("workspace", sa.String(), primary_key=True),
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("said_at", _MOMENT, primary_key=True),
        sa.Column("run_id", sa.String(), primary_key=True),
        sa.Column("step", sa.String(), primary_key=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_nudges_run", "nudges", ["workspace", "run_id"])
