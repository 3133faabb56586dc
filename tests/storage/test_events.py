"""Events wait to be announced, run by run."""

from datetime import datetime, timedelta

from playbooks.run import Change, EventKind
from storage.database import Database, Transaction
from tests.storage.factories import (
    AT,
    ELSEWHERE,
    HERE,
    LATER,
    add,
    add_change,
    make_event,
    make_run,
)


def start(database: Database, id_: str, *, minutes: int = 0, **values: str) -> None:
    run = make_run(id_, **values)
    event = make_event(at=AT + timedelta(minutes=minutes))
    add_change(database, Change(run, (event,)))


def waiting(database: Database, limit: int = 9) -> list[tuple[str, str, str]]:
    return database.run_now(lambda tx: tx.events.unannounced_runs(at=LATER, limit=limit))


def test_history_tells_every_event_as_it_was(database: Database) -> None:
    told = (
        make_event(EventKind.RUN_STARTED, facts={"late": 2, "who": ["U1", None]}),
        make_event(EventKind.STEP_OPENED, step="brief", by="clock", at=LATER),
    )
    add_change(database, Change(make_run(), told))
    assert database.run_now(lambda tx: tx.events.history("r1", workspace=HERE)) == list(told)


def test_an_announced_event_is_history_but_waits_no_more(database: Database) -> None:
    events = tuple(make_event(facts={"n": n}) for n in (1, 2, 3))
    add_change(database, Change(make_run(), events))
    database.run_now(lambda tx: tx.events.mark_announced("r1", [1, 3], workspace=HERE, at=LATER))
    left = database.run_now(lambda tx: tx.events.unannounced("r1", workspace=HERE))
    assert left == [(2, events[1])]
    assert len(database.run_now(lambda tx: tx.events.history("r1", workspace=HERE))) == 3


def test_the_run_that_waits_longest_is_announced_first(database: Database) -> None:
    start(database, "late", minutes=2)
    start(database, "first", minutes=0, workspace="T9", channel="C9")
    start(database, "second", minutes=1)
    assert waiting(database) == [
        ("T9", "first", "C9"),
        (HERE, "second", "C1"),
        (HERE, "late", "C1"),
    ]
    assert len(waiting(database, limit=2)) == 2


def test_a_run_with_many_events_is_named_once(database: Database) -> None:
    events = (make_event(), make_event(), make_event())
    add_change(database, Change(make_run(), events))
    assert waiting(database) == [(HERE, "r1", "C1")]


def test_a_run_that_is_all_announced_is_not_named(database: Database) -> None:
    add(database, make_run())
    database.run_now(lambda tx: tx.events.mark_announced("r1", [1], workspace=HERE, at=AT))
    assert waiting(database) == []


def test_a_channel_that_rests_is_left_alone_until_its_time(database: Database) -> None:
    start(database, "r1")
    start(database, "r2", channel="C2")
    rest(database, until=LATER + timedelta(seconds=1))
    assert waiting(database) == [(HERE, "r2", "C2")]
    rest(database, until=LATER)
    assert waiting(database) == [(HERE, "r1", "C1"), (HERE, "r2", "C2")]


def test_runs_and_channels_of_the_same_name_in_two_workspaces_are_told_apart(
    database: Database,
) -> None:
    start(database, "r1")
    start(database, "r1", minutes=1, workspace=ELSEWHERE)
    assert waiting(database) == [(HERE, "r1", "C1"), (ELSEWHERE, "r1", "C1")]
    rest(database, until=LATER + timedelta(seconds=1))
    assert waiting(database) == [(ELSEWHERE, "r1", "C1")]


def rest(database: Database, until: datetime) -> None:
    def work(tx: Transaction) -> None:
        tx.queues.lease("C1", workspace=HERE, holder="me", at=AT, until=LATER)
        tx.queues.release("C1", workspace=HERE, holder="me", next_at=until)

    database.run_now(work)
