"""Mails waiting to be sent, each sent once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from storage import document_tables
from storage.rows import Rows

_mails = document_tables.mails.c

State = Literal["waiting", "sending", "sent", "failed", "unsure"]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail; its key says what occasion it is for."""

    workspace: str
    key: str
    to: str
    subject: str
    text: str
    html: str
    attachments: Sequence[Mapping[str, str]] = ()  # name, type, content in base64
    attempts: int = 0


class MailRepository:
    """The outbox of mails."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, document_tables.mails)

    def add(self, mail: Mail, *, at: datetime) -> bool:
        """Put a mail into the outbox, unless one of its key is there; tell whether it was put."""
        return self._rows.insert_once(
            mail.workspace, key=mail.key, to=mail.to, subject=mail.subject, text=mail.text,
            html=mail.html, attachments=list(mail.attachments), state="waiting", attempts=0,
            next_at=at,
        )  # fmt: skip

    def claim(self, *, at: datetime, until: datetime) -> Mail | None:
        """Take the mail that has waited longest, in any workspace; nobody else gets it."""
        query = (
            select(document_tables.mails)
            .where(_mails.sent_at.is_(None), _mails.state == "waiting", _mails.next_at <= at)
            .order_by(_mails.next_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        mail = Mail(**{name: row._mapping[name] for name in Mail.__dataclass_fields__})
        taken = {"state": "sending", "attempts": mail.attempts + 1, "next_at": until}
        self._connection.execute(self._rows.update(mail.workspace, key=mail.key), taken)
        return replace(mail, attempts=mail.attempts + 1)

    def given_up(self, *, at: datetime) -> int:
        """Mark what a killed sender left behind: it may have gone out, so it is not sent again."""
        update = (
            document_tables.mails.update()
            .where(_mails.sent_at.is_(None), _mails.state == "sending", _mails.next_at <= at)
            .values(state="unsure", next_at=None, text="", html="", attachments=[])
        )
        return int(self._connection.execute(update).rowcount)

    def sent(self, key: str, *, workspace: str, at: datetime) -> None:
        """Note that a mail went out, and forget the links and codes it carried."""
        self._settle(key, workspace, state="sent", sent_at=at)

    def failed(self, key: str, *, workspace: str) -> None:
        """Note that a mail cannot be sent."""
        self._settle(key, workspace, state="failed")

    def again(self, key: str, *, workspace: str, at: datetime) -> None:
        """Let a mail that certainly did not go out be tried once more, not before `at`."""
        self._connection.execute(
            self._rows.update(workspace, key=key), {"state": "waiting", "next_at": at}
        )

    def state(self, key: str, *, workspace: str) -> State | None:
        """Where a mail is."""
        row = self._rows.find(workspace, key=key)
        return None if row is None else row.state

    def _settle(self, key: str, workspace: str, **values: Any) -> None:
        empty: dict[str, Any] = {"next_at": None, "text": "", "html": "", "attachments": []}
        self._connection.execute(self._rows.update(workspace, key=key), values | empty)
