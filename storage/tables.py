"""The tables; migrations bring a database to this shape."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Time,
    text,
)

from storage.columns import JSON_VALUE as _JSON
from storage.columns import column as _column
from storage.columns import key as _key
from storage.columns import maybe as _maybe
from storage.moments import Moment

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)
_ACTIVE = text("status = 'active'")
_UNANNOUNCED = text("announced_at IS NULL")


playbooks = Table(
    "playbooks",
    metadata,
    _key("workspace"),
    _key("version"),
    _column("id"),
    _column("content", _JSON),
    _column("saved_at", Moment),
)

runs = Table(
    "runs",
    metadata,
    _key("workspace"),
    _key("id"),
    Column("client", String, nullable=False, default=""),
    _column("playbook_id"),
    _column("version"),
    _column("name"),
    _column("channel"),
    _column("language"),
    _column("calendar"),
    _column("zone"),
    _column("start_on", Date),
    _maybe("anchor_on", Date),
    _column("lead"),
    _column("people", _JSON),
    _column("outsiders", _JSON),
    _column("params", _JSON),
    _column("tier"),
    _column("code"),
    _maybe("established_at", Moment),
    _maybe("redraw_at", Moment),
    _column("started_by"),
    _column("started_at", Moment),
    _column("status"),
    _maybe("ended_at", Moment),
    _column("ended_by"),
    _column("reason"),
    _column("last_event", Integer),
    ForeignKeyConstraint(["workspace", "version"], ["playbooks.workspace", "playbooks.version"]),
    Index("ix_runs_channel", "workspace", "channel"),
    Index("ix_runs_lead", "workspace", "lead"),
    Index("ix_runs_redraw_at", "redraw_at", postgresql_where=_ACTIVE, sqlite_where=_ACTIVE),
)

steps = Table(
    "steps",
    metadata,
    _key("workspace"),
    _key("run_id"),
    _key("key"),
    _column("position", Integer),
    _column("id"),
    _column("occurrence", Integer),
    _column("role"),
    _column("owner"),
    _column("owner_from"),
    _column("reach"),
    _column("status"),
    _maybe("due_at", Moment),
    _column("due_planned", Boolean),
    _column("compressed", Boolean),
    _maybe("remind_at", Moment),
    _column("reminded", Integer),
    _maybe("active_at", Moment),
    _maybe("closed_at", Moment),
    _column("closed_by"),
    _column("reason"),
    _column("help_by"),
    _column("rounds", Integer),
    _column("body", _JSON),  # ticks, evidence, comments
    ForeignKeyConstraint(["workspace", "run_id"], ["runs.workspace", "runs.id"]),
    Index("ix_steps_owner", "workspace", "owner"),
    Index(
        "ix_steps_remind_at",
        "remind_at",
        postgresql_where=_ACTIVE,
        sqlite_where=_ACTIVE,
    ),
)

events = Table(
    "events",
    metadata,
    _key("workspace"),
    _key("subject"),
    _key("subject_id"),
    _key("number", Integer),
    _column("kind"),
    _column("at", Moment),
    _column("by"),
    _column("step"),
    _column("facts", _JSON),
    _maybe("announced_at", Moment),
    Index(
        "ix_events_unannounced",
        "workspace",
        "subject_id",
        postgresql_where=_UNANNOUNCED,
        sqlite_where=_UNANNOUNCED,
    ),
)

messages = Table(
    "messages",
    metadata,
    _key("workspace"),
    _key("key"),
    _column("run_id"),
    _column("kind"),
    _column("subject"),
    _column("channel"),
    _maybe("thread_key", String),
    _maybe("ts", String),
    _column("state"),
    _column("drawn"),
    _column("sending_at", Moment),
    _maybe("shown_at", Moment),
    Index("ix_messages_ts", "workspace", "channel", "ts"),
    Index("ix_messages_run", "workspace", "run_id"),
)

people = Table(
    "people",
    metadata,
    _key("workspace"),
    _key("id"),
    _column("name"),
    _column("handle"),
    _column("zone"),
    _column("language"),
    _column("language_chosen", Boolean),
    _column("from_hour", Time),
    _column("to_hour", Time),
    _column("is_bot", Boolean),
    _column("is_external", Boolean),
    _maybe("seen_at", Moment),
)

queues = Table(
    "queues",
    metadata,
    _key("workspace"),
    _key("channel"),
    _column("holder"),
    _maybe("leased_until", Moment),
    _maybe("next_at", Moment),
)

receipts = Table(
    "receipts",
    metadata,
    _key("workspace"),
    _key("key"),
    _column("at", Moment),
)
