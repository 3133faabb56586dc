"""What the rules need to know besides a run."""

from playbooks.calendars import Facts
from playbooks.deliveries import with_requests
from playbooks.people import Person
from playbooks.run import Change, Run
from playbooks.standing_in import with_stand_ins
from storage.database import Transaction


def facts_of(tx: Transaction, run: Run, others: tuple[str, ...] = ()) -> Facts:
    """The calendar of a run and the people who play a part in it."""
    named = {step.owner for step in run.steps} | {run.lead, run.started_by, run.stand_in, *others}
    named.update(person for people in run.people.values() for person in people)
    moves = [move for step in run.steps for move in step.moves]
    named.update(p for move in moves for p in (move.by, move.of, move.to, *move.people))
    named.update(step.stands_for for step in run.steps)
    named.update(person for move in run.gates for person in (move.by, move.to))
    return Facts(run.work_calendar, known_people(tx, named, workspace=run.workspace))


def known_people(tx: Transaction, ids: set[str], *, workspace: str) -> dict[str, Person]:
    """These people, and who stands in for those away, and for them in turn."""
    known: dict[str, Person] = {}
    asked: set[str] = set()
    while wanted := ids - asked:
        found = tx.people.many(wanted, workspace=workspace)
        asked |= wanted
        known |= found
        ids = {leave.deputy for person in found.values() for leave in person.leaves}
    return known


def with_consequences(before: Run, change: Change, facts: Facts) -> Change:
    """The change in which whoever is away is stood for, and each request stays on record."""
    if not change.events:
        return change
    change = with_stand_ins(change, facts, at=change.events[-1].at)
    return with_requests(before, change)
