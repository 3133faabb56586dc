"""The tables of documents, of the links outsiders open, and of the mails that carry them."""

from sqlalchemy import JSON, ForeignKeyConstraint, Index, Integer, Table, text

from storage.columns import column, key, maybe, metadata
from storage.moments import Moment

_JSON = JSON(none_as_null=True)
_UNSENT = text("sent_at IS NULL")

documents = Table(
    "documents",
    metadata,
    key("workspace"),
    key("run_id"),
    key("step"),
    maybe("chase_at", Moment),
    column("body", _JSON),  # answers, versions, signatures and all the rest
    ForeignKeyConstraint(["workspace", "run_id"], ["runs.workspace", "runs.id"]),
    Index("ix_documents_chase_at", "chase_at"),
)

document_links = Table(
    "document_links",
    metadata,
    key("workspace"),
    key("token"),  # its hash; the token itself is kept nowhere
    column("run_id"),
    column("step"),
    column("purpose"),
    column("version", Integer),
    column("role"),
    column("name"),
    column("email"),
    column("made_by"),
    column("expires_at", Moment),
    maybe("used_at", Moment),
    column("code"),  # the hash of the code sent last
    maybe("code_until", Moment),
    column("codes_sent", Integer),
    column("code_tries", Integer),
    Index("ix_document_links_token", "token"),
    Index("ix_document_links_document", "workspace", "run_id", "step"),
)

mails = Table(
    "mails",
    metadata,
    key("workspace"),
    key("key"),
    column("to"),
    column("subject"),
    column("text"),
    column("html"),
    column("attachments", _JSON),
    column("state"),
    column("attempts", Integer),
    maybe("next_at", Moment),
    maybe("sent_at", Moment),
    Index("ix_mails_next_at", "next_at", postgresql_where=_UNSENT, sqlite_where=_UNSENT),
)

counters = Table(
    "counters",
    metadata,
    key("workspace"),
    key("name"),
    column("value", Integer),
)
