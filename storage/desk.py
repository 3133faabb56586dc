"""What a person has to do with runs, whether these are over or not."""

from datetime import datetime

from sqlalchemy import Connection

from playbooks.run import Run, Step
from storage import tables
from storage.rows import Rows
from storage.runs import RunRepository

_steps = tables.steps.c


class DeskRepository:
    """Runs and steps of one person."""

    def __init__(self, connection: Connection, *, runs: RunRepository) -> None:
        self._connection = connection
        self._runs = runs
        self._run_rows = Rows(connection, tables.runs)
        self._step_rows = Rows(connection, tables.steps)

    def leads(self, person: str, *, workspace: str) -> bool:
        """Whether a person leads a run, or has led one."""
        query = self._run_rows.select(workspace, lead=person).limit(1)
        return self._connection.execute(query).first() is not None

    def steps_of(
        self, person: str, *, workspace: str, since: datetime, limit: int
    ) -> list[tuple[Run, Step]]:
        """The steps a person owns that are due from `since` on, the latest due first."""
        query = self._step_rows.select(workspace, owner=person).where(_steps.due_at >= since)
        query = query.order_by(_steps.due_at.desc(), _steps.run_id, _steps.position).limit(limit)
        found = [(row.run_id, row.key) for row in self._connection.execute(query)]
        runs = self._runs.several({run_id for run_id, _ in found}, workspace=workspace)
        steps = {(run.id, step.key): step for run in runs.values() for step in run.steps}
        return [(runs[run_id], steps[run_id, key]) for run_id, key in found]
