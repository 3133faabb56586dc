"""Documents: one record a step, loaded and saved whole."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from playbooks.documents import Document
from playbooks.run import RunStatus
from playbooks.signatures import Asked, Need, Note, Revision, Signature, Version
from storage import document_tables, tables
from storage.rows import Rows

_documents = document_tables.documents.c
_runs = tables.runs.c
_run_of_document = and_(_documents.workspace == _runs.workspace, _documents.run_id == _runs.id)
_PARTS: Mapping[str, type[Any]] = {
    "needs": Need, "versions": Version, "signatures": Signature, "asked": Asked, "notes": Note,
    "revisions": Revision,
}  # fmt: skip
_MOMENTS = {"at", "settled_at"}


class DocumentRepository:
    """Documents by their run and step."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, document_tables.documents)

    def get(self, run_id: str, step: str, *, workspace: str) -> Document | None:
        """The document of a step, once something has been filled in."""
        row = self._rows.find(workspace, run_id=run_id, step=step)
        return None if row is None else _document(row)

    def of_run(self, run_id: str, *, workspace: str) -> dict[str, Document]:
        """The documents of a run by their steps."""
        query = self._rows.select(workspace, run_id=run_id)
        return {row.step: _document(row) for row in self._connection.execute(query)}

    def save(self, document: Document) -> None:
        """Save a document; its run's lock is held."""
        at = {"run_id": document.run, "step": document.step}
        held = {"chase_at": document.chase_at, "body": _body(document)}
        if not self._rows.insert_once(document.workspace, **at, **held):
            self._connection.execute(self._rows.update(document.workspace, **at), held)

    def due_chasers(self, *, at: datetime, limit: int) -> list[tuple[str, str, str]]:
        """Workspace, run and step of documents whose client is to be reminded, in any workspace."""
        query = (
            select(_documents.workspace, _documents.run_id, _documents.step)
            .join(tables.runs, _run_of_document)
            .where(_documents.chase_at <= at, _runs.status != RunStatus.PAUSED.value)
            .order_by(_documents.chase_at)
            .limit(limit)
        )
        return [(row.workspace, row.run_id, row.step) for row in self._connection.execute(query)]


def _body(document: Document) -> dict[str, Any]:
    body: dict[str, Any] = {
        name: [_written(asdict(part)) for part in getattr(document, name)] for name in _PARTS
    }
    answers = {question: list(values) for question, values in document.answers.items()}
    return body | {"answers": answers, "chased": document.chased}


def _written(part: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
        for name, value in part.items()
    }


def _document(row: Row[Any]) -> Document:
    body = row.body
    blank = Document(row.workspace, row.run_id, row.step, chase_at=row.chase_at)
    answers = {question: tuple(values) for question, values in body["answers"].items()}
    parts: dict[str, Any] = {
        name: tuple(_read(kind, p) for p in body[name]) for name, kind in _PARTS.items()
    }
    return replace(blank, answers=answers, chased=body["chased"], **parts)


def _read(kind: type[Any], part: dict[str, Any]) -> Any:
    names = {each.name for each in fields(kind)}
    return kind(
        **{
            name: datetime.fromisoformat(value) if name in _MOMENTS and value else value
            for name, value in part.items()
            if name in names
        }
    )
