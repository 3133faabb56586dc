"""Two workers at once lose nothing and do nothing twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier
from typing import TypeVar

from playbooks.run import Change, Comment
from storage.database import Database, Transaction
from storage.messages import Message
from storage.runs import AlreadyThere
from tests.storage.factories import AT, HERE, LATER, add, changed, load, make_event, make_run

T = TypeVar("T")

ROUNDS = 15
SECONDS = 60


def side_by_side(url: str, work: Callable[[Database, str], T]) -> list[T]:
    databases = [Database(url), Database(url)]
    start = Barrier(2, timeout=SECONDS)

    def go(database: Database, name: str) -> T:
        start.wait()
        return work(database, name)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(go, databases, ("a", "b"), timeout=SECONDS))
    for database in databases:
        database.close()
    return done


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def comment(tx: Transaction, by: str) -> None:
    run = tx.runs.get("r1", workspace=HERE, lock=True)
    assert run is not None
    comments = (*run.steps[0].comments, Comment("Hello", by, AT))
    tx.runs.save(changed(run, "brief", make_event(by=by), comments=comments))


def test_two_who_change_a_run_at_once_lose_nothing(url: str) -> None:
    with opened(url) as database:
        add(database, make_run())

    def comment_often(database: Database, name: str) -> None:
        for _ in range(ROUNDS):
            database.run_now(lambda tx: comment(tx, name))

    side_by_side(url, comment_often)
    with opened(url) as database:
        run = load(database)
        events = database.run_now(lambda tx: tx.events.unannounced("r1", workspace=HERE))
    assert run is not None
    assert sorted(c.by for c in run.steps[0].comments) == ["a"] * ROUNDS + ["b"] * ROUNDS
    assert [number for number, _ in events] == list(range(1, 2 * ROUNDS + 2))


def test_two_who_start_the_same_run_start_it_once(url: str) -> None:
    def start(database: Database, name: str) -> bool:
        try:
            add(database, make_run(name=name))
        except AlreadyThere:
            return False
        return True

    assert sorted(side_by_side(url, start)) == [False, True]


def test_two_announcers_share_no_lease(url: str) -> None:
    def lease(database: Database, name: str) -> bool:
        return database.run_now(
            lambda tx: tx.queues.lease("C1", workspace=HERE, holder=name, at=AT, until=LATER)
        )

    assert sorted(side_by_side(url, lease)) == [False, True]


def test_two_who_claim_a_message_get_the_same_one(url: str) -> None:
    def claim(database: Database, name: str) -> str:
        def work(tx: Transaction) -> Message:
            return tx.messages.claim(
                "k", workspace=HERE, run_id="r1", kind=name, subject="", channel="C1", at=AT
            )

        return database.run_now(work).kind

    first, second = side_by_side(url, claim)
    assert first == second


def test_two_who_upgrade_at_once_both_succeed(empty_url: str) -> None:
    def upgrade(database: Database, _name: str) -> bool:
        database.upgrade()
        return database.is_current()

    assert side_by_side(empty_url, upgrade) == [True, True]


def test_a_deadlock_is_resolved_by_trying_again(postgres_url: str) -> None:
    with opened(postgres_url) as database:
        add(database, make_run("r1"), make_run("r2"))
    both_hold_one = Barrier(2, timeout=SECONDS)

    def rename_both(database: Database, name: str) -> int:
        attempts = 0
        first, second = ("r1", "r2") if name == "a" else ("r2", "r1")

        def work(tx: Transaction) -> None:
            nonlocal attempts
            attempts += 1
            rename(tx, first, name)
            if attempts == 1:
                both_hold_one.wait()
            rename(tx, second, name)

        database.run_now(work)
        return attempts

    assert sorted(side_by_side(postgres_url, rename_both)) == [1, 2]
    with opened(postgres_url) as database:
        runs = [load(database, "r1"), load(database, "r2")]
    assert [sorted(run.name[-2:]) for run in runs if run] == [["a", "b"]] * 2


def rename(tx: Transaction, id_: str, more: str) -> None:
    run = tx.runs.get(id_, workspace=HERE, lock=True)
    assert run is not None
    tx.runs.save(Change(replace(run, name=run.name + more), ()))
