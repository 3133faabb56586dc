"""Whom runs wait for, so that one person's desk is found without reading every run."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, String, and_, literal_column, or_

from playbooks.run import Run
from playbooks.waits import Wait, waits_of
from storage import tables
from storage.rows import Rows

_runs = tables.runs.c
_waits = tables.waits.c
_ACTIVE = literal_column("'active'", String)


class WaitRepository:
    """Waits, kept level with the run they belong to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, tables.waits)

    def save(self, run: Run) -> None:
        """Note whom a run waits for now."""
        wanted = waits_of(run)
        rows = self._connection.execute(self._rows.select(run.workspace, run_id=run.id))
        known = {_wait(row) for row in rows}
        for wait in known - wanted:
            gone = self._rows.delete(run.workspace, run_id=run.id, **_columns(wait))
            self._connection.execute(gone)
        added = ({"run_id": run.id, **_columns(wait)} for wait in sorted(wanted - known))
        self._rows.insert(run.workspace, added)

    def of(
        self, person: str, *kinds: str, workspace: str, limit: int
    ) -> list[tuple[str, Wait]]:  # fmt: skip
        """Run and wait of what waits for a person; of runs that are over, what is to be read."""
        query = (
            self._rows.select(workspace, person=person)
            .join(tables.runs, and_(_runs.workspace == _waits.workspace, _runs.id == _waits.run_id))
            .where(or_(_runs.status == _ACTIVE, _waits.kind == "ack"), _waits.kind.in_(kinds))
            .order_by(_waits.run_id, _waits.subject)
            .limit(limit)
        )
        return [(row.run_id, _wait(row)) for row in self._connection.execute(query)]


def _wait(row: Row[Any]) -> Wait:
    return Wait(row.kind, row.subject, row.person, row.stands_for)


def _columns(wait: Wait) -> dict[str, str]:
    return asdict(wait)
