"""Company days, calendar links, and the waits that are no decisions."""

from dataclasses import replace
from datetime import date, timedelta

from playbooks.company_days import CompanyDay
from playbooks.records import Move
from playbooks.run import Change, RunStatus
from storage.database import Database
from storage.feeds import Feed
from tests.storage.factories import AT, HERE, LATER, add, changed, load, make_run, save

CLOSED = CompanyDay(date(2026, 12, 24), works=False, name="Closed")


def put(database: Database, day: CompanyDay) -> None:
    database.run_now(lambda tx: tx.company_days.put(day, workspace=HERE))


def test_a_company_day_is_kept_changed_and_taken_back(database: Database) -> None:
    worked = CompanyDay(CLOSED.day - timedelta(days=5), works=True)
    put(database, CLOSED)
    put(database, worked)
    since = database.run_now(lambda tx: tx.company_days.since(worked.day, workspace=HERE))
    assert since == [worked, CLOSED]
    later = database.run_now(lambda tx: tx.company_days.since(CLOSED.day, workspace=HERE))
    assert later == [CLOSED]
    put(database, replace(CLOSED, works=True, name=""))
    held = database.run_now(lambda tx: tx.company_days.worked(workspace=HERE))
    assert held == {CLOSED.day: True, worked.day: True}
    database.run_now(lambda tx: tx.company_days.remove(CLOSED.day, workspace=HERE))
    assert database.run_now(lambda tx: tx.company_days.worked(workspace=HERE)) == {worked.day: True}


def test_a_run_is_loaded_with_the_days_of_its_company(database: Database) -> None:
    add(database, make_run())
    put(database, CLOSED)
    run = load(database)
    assert run
    assert not run.work_calendar.is_workday(CLOSED.day)
    save(database, Change(replace(run, name="Other"), ()))
    again = load(database)
    assert again
    assert again.own_days == {CLOSED.day: False}


def test_a_link_is_found_by_its_hash_until_it_is_revoked(database: Database) -> None:
    own, run = Feed(HERE, "f1", "ULI", "", AT), Feed(HERE, "f2", "", "r1", LATER)
    database.run_now(lambda tx: tx.feeds.add(own))
    database.run_now(lambda tx: tx.feeds.add(run))
    assert database.run_now(lambda tx: tx.feeds.find("f1")) == own
    assert database.run_now(lambda tx: tx.feeds.find("f2")) == run
    assert database.run_now(lambda tx: tx.feeds.find("f3")) is None
    made = database.run_now(lambda tx: tx.feeds.made_at(workspace=HERE, run_id="r1"))
    assert made == LATER
    database.run_now(lambda tx: tx.feeds.revoke(workspace=HERE, run_id="r1", at=LATER))
    assert database.run_now(lambda tx: tx.feeds.find("f2")) is None
    assert database.run_now(lambda tx: tx.feeds.find("f1")) == own
    assert database.run_now(lambda tx: tx.feeds.made_at(workspace=HERE, run_id="r1")) is None


def reads(database: Database, person: str) -> list[str]:
    found = database.run_now(lambda tx: tx.waits.of(person, "ack", workspace=HERE, limit=9))
    return [run_id for run_id, _ in found]


def test_a_decision_waits_to_be_read_even_when_its_run_is_over(database: Database) -> None:
    run = make_run()
    add(database, run)
    told = Move("decide", "ULEAD", AT, 1, "decision", verdict="accept", people=("ULI", "UHEAD"))
    change = changed(run, "brief", moves=(told,))
    ended = replace(change.run, status=RunStatus.FINISHED, ended_at=LATER)
    save(database, Change(ended, ()))
    assert (reads(database, "ULI"), reads(database, "UHEAD")) == (["r1"], ["r1"])
    read = Move("ack", "ULI", LATER, 1, "ack")
    save(database, changed(ended, "brief", moves=(told, read)))
    assert (reads(database, "ULI"), reads(database, "UHEAD")) == ([], ["r1"])


def test_the_steps_of_a_person_are_found_from_a_day_on(database: Database) -> None:
    run = make_run()
    add(database, run)
    owner = next(step.owner for step in run.steps if step.due_at)
    due = sorted(step.due_at for step in run.steps if step.owner == owner and step.due_at)

    def steps(since: timedelta, limit: int = 9) -> int:
        found = database.run_now(
            lambda tx: tx.desk.steps_of(owner, workspace=HERE, since=due[-1] + since, limit=limit)
        )
        return len(found)

    assert steps(-timedelta(days=999)) == len(due)
    assert steps(timedelta(0)) >= 1
    assert steps(timedelta(seconds=1)) == 0
    assert steps(-timedelta(days=999), limit=1) == 1
