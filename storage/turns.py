"""Whose decision a step waits for, so that one person's are found without reading every run."""

from sqlalchemy import Connection, String, and_, literal_column

from playbooks.deciding_for import stood_for
from playbooks.levels import standing, waiting_for
from playbooks.run import Run, Step
from storage import part_tables, tables
from storage.rows import Rows

_runs = tables.runs.c
_turns = part_tables.turns.c
_ACTIVE = literal_column("'active'", String)


class TurnRepository:
    """Turns, kept level with the run they belong to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, part_tables.turns)

    def save(self, run: Run) -> None:
        """Note who may decide what in a run now."""
        wanted = {turn for step in run.steps for turn in _turns_of(run, step)}
        rows = self._connection.execute(self._rows.select(run.workspace, run_id=run.id))
        known = {(row.step, row.person, row.stands_for) for row in rows}
        for step, person, _ in known - wanted:
            gone = self._rows.delete(run.workspace, run_id=run.id, step=step, person=person)
            self._connection.execute(gone)
        self._rows.insert(
            run.workspace,
            (
                {"run_id": run.id, "step": step, "person": person, "stands_for": other}
                for step, person, other in sorted(wanted - known)
            ),
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


def _turns_of(run: Run, step: Step) -> set[tuple[str, str, str]]:
    """Step, who decides, and for whom, where they stand in for somebody."""
    people = waiting_for(run, step)
    now = standing(run, step) if people else None
    held: dict[str, str] = {}
    for level in now.open if now else ():
        held |= stood_for(run, step, level)
    return {(step.key, person, held.get(person, "")) for person in people}
