"""Whose decision a step waits for, so that one person's are found without reading every run."""

from sqlalchemy import Connection, String, and_, literal_column

from playbooks.levels import waiting_for
from playbooks.run import Run
from storage import tables
from storage.rows import Rows

_runs = tables.runs.c
_turns = tables.turns.c
_ACTIVE = literal_column("'active'", String)


class TurnRepository:
    """Turns, kept level with the run they belong to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, tables.turns)

    def save(self, run: Run) -> None:
        """Note who may decide what in a run now."""
        wanted = {(step.key, person) for step in run.steps for person in waiting_for(run, step)}
        rows = self._connection.execute(self._rows.select(run.workspace, run_id=run.id))
        known = {(row.step, row.person) for row in rows}
        for step, person in known - wanted:
            gone = self._rows.delete(run.workspace, run_id=run.id, step=step, person=person)
            self._connection.execute(gone)
        self._rows.insert(
            run.workspace,
            ({"run_id": run.id, "step": s, "person": p} for s, p in sorted(wanted - known)),
        )

    def of(self, person: str, *, workspace: str, limit: int) -> list[tuple[str, str]]:
        """Run and step key of what waits for a person in active runs."""
        query = (
            self._rows.select(workspace, person=person)
            .join(tables.runs, and_(_runs.workspace == _turns.workspace, _runs.id == _turns.run_id))
            .where(_runs.status == _ACTIVE)
            .order_by(_turns.run_id, _turns.step)
            .limit(limit)
        )
        return [(row.run_id, row.step) for row in self._connection.execute(query)]
