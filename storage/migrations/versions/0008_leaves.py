"""Who is away when, who stands in for them, and for whom somebody owns or decides meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_MOMENT = sa.DateTime(timezone=True)
_STOOD_FOR = sa.text("stands_for <> ''")
_TO_TURN = sa.text("turn_at IS NOT NULL")
_OPEN = sa.text("state IN ('asked', 'accepted', 'declined')")


def upgrade() -> None:
    """Keep leaves; nobody stands in for anybody yet."""
    for table in ("steps", "turns"):
        whom = sa.Column("stands_for", sa.String(), nullable=False, server_default="")
        op.add_column(table, whom)
    op.add_column("steps", sa.Column("stands_until", sa.Date(), nullable=True))
    op.create_index(
        "ix_steps_stands_for", "steps", ["workspace", "stands_for"],
        postgresql_where=_STOOD_FOR, sqlite_where=_STOOD_FOR,
    )  # fmt: skip
    texts = ("person", "deputy", "state", "set_by", "comment")
    op.create_table(
        "leaves",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("set_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("asks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("turn_at", _MOMENT, nullable=True),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_leaves"),
    )
    op.create_index("ix_leaves_person", "leaves", ["workspace", "person"])
    op.create_index(
        "ix_leaves_deputy", "leaves", ["workspace", "deputy"],
        postgresql_where=_OPEN, sqlite_where=_OPEN,
    )  # fmt: skip
    op.create_index(
        "ix_leaves_turn_at", "leaves", ["turn_at"], postgresql_where=_TO_TURN,
        sqlite_where=_TO_TURN,
    )  # fmt: skip
