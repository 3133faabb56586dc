"""The tables; migrations bring a database to this shape."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Time,
    text,
)

from storage.columns import column, key, maybe, metadata
from storage.moments import Moment

_JSON = JSON(none_as_null=True)
_ACTIVE = text("status = 'active'")
_UNDER_WAY = text("status IN ('active', 'deciding')")
_TO_TELL = text("tell_at IS NOT NULL")
_TO_READ = text("ack_at IS NOT NULL")
_STOOD_FOR = text("stands_for <> ''")
_UNANNOUNCED = text("announced_at IS NULL")
_TO_FREEZE = text("freeze_at IS NOT NULL")


playbooks = Table(
    "playbooks",
    metadata,
    key("workspace"),
    key("version"),
    column("id"),
    column("content", _JSON),
    column("saved_at", Moment),
)

runs = Table(
    "runs",
    metadata,
    key("workspace"),
    key("id"),
    Column("client", String, nullable=False, default=""),
    column("playbook_id"),
    column("version"),
    column("name"),
    column("channel"),
    column("language"),
    column("calendar"),
    column("zone"),
    column("start_on", Date),
    maybe("anchor_on", Date),
    column("lead"),
    column("people", _JSON),
    column("outsiders", _JSON),
    column("params", _JSON),
    column("tier"),
    Column("stand_in", String, nullable=False, default=""),
    column("code"),
    maybe("established_at", Moment),
    maybe("redraw_at", Moment),
    Column("gates", _JSON, nullable=False, default=[]),
    maybe("gate_at", Moment),
    column("started_by"),
    column("started_at", Moment),
    Column("pauses", _JSON, nullable=False, default=[]),
    column("status"),
    maybe("ended_at", Moment),
    column("ended_by"),
    column("reason"),
    column("last_event", Integer),
    ForeignKeyConstraint(["workspace", "version"], ["playbooks.workspace", "playbooks.version"]),
    Index("ix_runs_channel", "workspace", "channel"),
    Index("ix_runs_lead", "workspace", "lead"),
    Index("ix_runs_redraw_at", "redraw_at", postgresql_where=_ACTIVE, sqlite_where=_ACTIVE),
    Index("ix_runs_gate_at", "gate_at", postgresql_where=_ACTIVE, sqlite_where=_ACTIVE),
)

steps = Table(
    "steps",
    metadata,
    key("workspace"),
    key("run_id"),
    key("key"),
    column("position", Integer),
    column("id"),
    column("occurrence", Integer),
    column("role"),
    column("owner"),
    column("owner_from"),
    Column("stands_for", String, nullable=False, default=""),
    maybe("stands_until", Date),
    column("reach"),
    column("status"),
    maybe("due_at", Moment),
    column("due_planned", Boolean),
    Column("due_by_hand", Boolean, nullable=False, default=False),
    column("compressed", Boolean),
    maybe("remind_at", Moment),
    maybe("ack_at", Moment),
    column("reminded", Integer),
    column("snoozes", Integer),
    maybe("held_at", Moment),
    column("escalated", Integer),
    column("tell_to"),
    maybe("tell_at", Moment),
    maybe("active_at", Moment),
    maybe("closed_at", Moment),
    column("closed_by"),
    column("reason"),
    column("help_by"),
    column("rounds", Integer),
    maybe("freeze_at", Moment),
    Column("freeze_tries", Integer, nullable=False, default=0),
    column("body", _JSON),  # ticks, evidence, comments, answers, versions, moves
    ForeignKeyConstraint(["workspace", "run_id"], ["runs.workspace", "runs.id"]),
    Index("ix_steps_owner", "workspace", "owner"),
    Index(
        "ix_steps_stands_for",
        "workspace",
        "stands_for",
        postgresql_where=_STOOD_FOR,
        sqlite_where=_STOOD_FOR,
    ),
    Index(
        "ix_steps_remind_at",
        "remind_at",
        postgresql_where=_UNDER_WAY,
        sqlite_where=_UNDER_WAY,
    ),
    Index("ix_steps_freeze_at", "freeze_at", postgresql_where=_TO_FREEZE, sqlite_where=_TO_FREEZE),
    Index("ix_steps_ack_at", "ack_at", postgresql_where=_TO_READ, sqlite_where=_TO_READ),
    Index("ix_steps_tell_at", "tell_at", postgresql_where=_TO_TELL, sqlite_where=_TO_TELL),
)

waits = Table(
    "waits",  # whom a run waits for, and what for
    metadata,
    key("workspace"),
    key("run_id"),
    key("kind"),
    key("subject"),  # the step's key, or the phase
    key("person"),
    Column("stands_for", String, nullable=False, default=""),
    ForeignKeyConstraint(["workspace", "run_id"], ["runs.workspace", "runs.id"]),
    Index("ix_waits_person", "workspace", "person"),
)

events = Table(
    "events",
    metadata,
    key("workspace"),
    key("subject"),
    key("subject_id"),
    key("number", Integer),
    column("kind"),
    column("at", Moment),
    column("by"),
    column("step"),
    column("facts", _JSON),
    maybe("announced_at", Moment),
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
    key("workspace"),
    key("key"),
    column("run_id"),
    column("kind"),
    column("subject"),
    column("channel"),
    maybe("thread_key", String),
    maybe("ts", String),
    column("state"),
    column("drawn"),
    column("sending_at", Moment),
    maybe("shown_at", Moment),
    Index("ix_messages_ts", "workspace", "channel", "ts"),
    Index("ix_messages_run", "workspace", "run_id"),
)

people = Table(
    "people",
    metadata,
    key("workspace"),
    key("id"),
    column("name"),
    column("handle"),
    column("zone"),
    column("language"),
    column("language_chosen", Boolean),
    column("from_hour", Time),
    column("to_hour", Time),
    column("is_bot", Boolean),
    column("is_external", Boolean),
    column("calendar"),
    column("digest_at", Time),
    column("digest_daily", Boolean),
    maybe("seen_at", Moment),
)

queues = Table(
    "queues",
    metadata,
    key("workspace"),
    key("channel"),
    column("holder"),
    maybe("leased_until", Moment),
    maybe("next_at", Moment),
)

receipts = Table(
    "receipts",
    metadata,
    key("workspace"),
    key("key"),
    column("at", Moment),
)
