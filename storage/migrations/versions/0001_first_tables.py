"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)
_ACTIVE = sa.text("status = 'active'")
_UNANNOUNCED = sa.text("announced_at IS NULL")


def upgrade() -> None:
    """Make every table."""
    _create_events()
    _create_messages()
    _create_people()
    _create_playbooks()
    _create_queues()
    _create_receipts()
    _create_runs()
    _create_steps()


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("announced_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("workspace", "subject", "subject_id", "number", name="pk_events"),
    )
    op.create_index(
        "ix_events_unannounced",
        "events",
        ["workspace", "subject_id"],
        sqlite_where=_UNANNOUNCED,
        postgresql_where=_UNANNOUNCED,
    )


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread_key", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("drawn", sa.String(), nullable=False),
        sa.Column("sending_at", _MOMENT, nullable=False),
        sa.Column("shown_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_messages"),
    )
    op.create_index("ix_messages_run", "messages", ["workspace", "run_id"])
    op.create_index("ix_messages_ts", "messages", ["workspace", "channel", "ts"])


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("from_hour", sa.Time(), nullable=False),
        sa.Column("to_hour", sa.Time(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_external", sa.Boolean(), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_people"),
    )


def _create_playbooks() -> None:
    op.create_table(
        "playbooks",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "version", name="pk_playbooks"),
    )


def _create_queues() -> None:
    op.create_table(
        "queues",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("leased_until", _MOMENT, nullable=True),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("workspace", "channel", name="pk_queues"),
    )


def _create_receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_receipts"),
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("playbook_id", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=True),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("outsiders", sa.JSON(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("redraw_at", _MOMENT, nullable=True),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "version"],
            ["playbooks.workspace", "playbooks.version"],
            name="fk_runs_playbooks",
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name="pk_runs"),
    )
    op.create_index("ix_runs_channel", "runs", ["workspace", "channel"])
    op.create_index("ix_runs_lead", "runs", ["workspace", "lead"])
    op.create_index(
        "ix_runs_redraw_at", "runs", ["redraw_at"], sqlite_where=_ACTIVE, postgresql_where=_ACTIVE
    )


def _create_steps() -> None:
    op.create_table(
        "steps",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_from", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.Column("due_planned", sa.Boolean(), nullable=False),
        sa.Column("compressed", sa.Boolean(), nullable=False),
        sa.Column("remind_at", _MOMENT, nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("active_at", _MOMENT, nullable=True),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("help_by", sa.String(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "run_id"], ["runs.workspace", "runs.id"], name="fk_steps_runs"
        ),
        sa.PrimaryKeyConstraint("workspace", "run_id", "key", name="pk_steps"),
    )
    op.create_index("ix_steps_owner", "steps", ["workspace", "owner"])
    op.create_index(
        "ix_steps_remind_at", "steps", ["remind_at"], sqlite_where=_ACTIVE, postgresql_where=_ACTIVE
    )
