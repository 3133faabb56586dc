"""Documents, the links outsiders open, the mails that carry them, and running numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOMENT = sa.DateTime(timezone=True)
_UNSENT = sa.text("sent_at IS NULL")


def upgrade() -> None:
    """Make the tables, and give runs their project's code."""
    op.add_column("runs", sa.Column("code", sa.String(), nullable=False, server_default=""))
    op.add_column("runs", sa.Column("established_at", _MOMENT, nullable=True))
    _create_documents()
    _create_links()
    _create_mails()
    op.create_table(
        "counters",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "name", name="pk_counters"),
    )


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("chase_at", _MOMENT, nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "run_id", "step", name="pk_documents"),
        sa.ForeignKeyConstraint(
            ["workspace", "run_id"], ["runs.workspace", "runs.id"], name="fk_documents_runs"
        ),
    )
    op.create_index("ix_documents_chase_at", "documents", ["chase_at"])


def _create_links() -> None:
    op.create_table(
        "document_links",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("code_until", _MOMENT, nullable=True),
        sa.Column("codes_sent", sa.Integer(), nullable=False),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "token", name="pk_document_links"),
    )
    op.create_index("ix_document_links_token", "document_links", ["token"])
    op.create_index("ix_document_links_document", "document_links", ["workspace", "run_id", "step"])


def _create_mails() -> None:
    op.create_table(
        "mails",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_mails"),
    )
    op.create_index(
        "ix_mails_next_at",
        "mails",
        ["next_at"],
        postgresql_where=_UNSENT,
        sqlite_where=_UNSENT,
    )
