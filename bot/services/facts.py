"""What the rules need to know besides a run."""

from playbooks.calendars import Facts
from playbooks.run import Run
from storage.database import Transaction


def facts_of(tx: Transaction, run: Run, others: tuple[str, ...] = ()) -> Facts:
    """The calendar of a run and the people who play a part in it."""
    named = {step.owner for step in run.steps} | {run.lead, run.started_by, run.stand_in, *others}
    named.update(person for people in run.people.values() for person in people)
    moves = [move for step in run.steps for move in step.moves]
    named.update(p for move in moves for p in (move.by, move.to, *move.people))
    named.update(person for move in run.gates for person in (move.by, move.to))
    return Facts(run.work_calendar, tx.people.many(named, workspace=run.workspace))
