"""Leaves are kept with their events, found when due, and read with the people they are of."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from playbooks.leave import Leave, LeaveChange
from playbooks.people import Person
from playbooks.run import Change, Event, EventKind
from storage.database import Database, Transaction
from tests.storage.factories import AT, HERE, LATER, add, make_run
from tests.storage.test_isolation import a_leave

ASKED = Event(EventKind.LEAVE_ASKED, AT, "ULEAD", facts={"to": "UHEAD"})
OVER = Event(EventKind.LEAVE_OVER, LATER, "clock")


def _save(leave: Leave, tx: Transaction) -> None:
    tx.leaves.save(LeaveChange(leave))


def _concerned(person: str, tx: Transaction) -> list[str]:
    return tx.leaves.concerned(person, workspace=HERE)


def test_a_leave_comes_back_as_it_was_saved(database: Database) -> None:
    leave = replace(a_leave(HERE), comment="Reachable by mail", asks=("UHEAD", "UOTHER"))
    database.run_now(lambda tx: tx.leaves.save(LeaveChange(leave, (ASKED,))))
    assert database.run_now(lambda tx: tx.leaves.get("l1", workspace=HERE, lock=True)) == leave


def test_its_events_are_numbered_on_and_announced_once(database: Database) -> None:
    leave = a_leave(HERE)
    database.run_now(lambda tx: tx.leaves.save(LeaveChange(leave, (ASKED,))))
    database.run_now(lambda tx: tx.leaves.save(LeaveChange(leave, (OVER,))))
    database.run_now(lambda tx: tx.leaves.save(LeaveChange(leave)))
    said = database.run_now(lambda tx: tx.events.unannounced("l1", workspace=HERE, subject="leave"))
    assert said == [(1, ASKED), (2, OVER)]
    waiting = database.run_now(lambda tx: tx.events.unannounced_leaves(at=LATER, limit=9))
    assert waiting == [(HERE, "l1", "ULEAD")]
    database.run_now(
        lambda tx: tx.events.mark_announced("l1", [1, 2], workspace=HERE, at=AT, subject="leave")
    )
    assert database.run_now(lambda tx: tx.events.unannounced_leaves(at=LATER, limit=9)) == []


def test_only_what_is_due_is_found_the_longest_due_first(database: Database) -> None:
    for id_, turn_at in (("later", LATER), ("now", AT), ("never", None)):
        leave = replace(a_leave(HERE), id=id_, turn_at=turn_at)
        database.run_now(partial(_save, leave))
    due = database.run_now(lambda tx: tx.leaves.due(at=LATER, limit=9))
    assert [id_ for _, id_ in due] == ["now", "later"]
    soon = LATER - timedelta(seconds=1)
    assert database.run_now(lambda tx: tx.leaves.due(at=soon, limit=9)) == [(HERE, "now")]


def test_people_are_read_with_the_leaves_that_hold(database: Database) -> None:
    leave, over = a_leave(HERE), replace(a_leave(HERE), id="l2", state="ended")
    database.run_now(lambda tx: tx.people.save(Person("ULEAD", "Li"), workspace=HERE, at=AT))
    for one in (leave, over):
        database.run_now(partial(_save, one))
    known = database.run_now(lambda tx: tx.people.many(["ULEAD"], workspace=HERE))
    assert known["ULEAD"].leaves == (leave,)
    database.run_now(lambda tx: tx.people.save(known["ULEAD"], workspace=HERE, at=LATER))
    database.run_now(lambda tx: tx.people.set(known["ULEAD"], workspace=HERE))


def test_a_stand_in_is_found_by_whom_they_stand_for(database: Database) -> None:
    run = make_run()
    step = replace(run.steps[0], owner="UDEPUTY", stands_for="UAWAY", stands_until=LATER.date())
    add(database, run)
    database.run_now(lambda tx: tx.runs.save(Change(run.with_step(step), ())))
    found = database.run_now(lambda tx: tx.runs.get("r1", workspace=HERE))
    assert found
    assert found.step(step.key) == step
    for person in ("UAWAY", "UDEPUTY"):
        concerned = database.run_now(partial(_concerned, person))
        assert concerned == ["r1"]
