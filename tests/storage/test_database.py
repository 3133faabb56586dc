"""Work runs as one transaction, and is tried again when others are in the way."""

import asyncio
import sqlite3
import threading
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from storage.database import Database, Transaction
from storage.engine import WrongUrl
from tests.storage.factories import AT, HERE, add, load, make_run, started


def busy(code: int = sqlite3.SQLITE_BUSY) -> OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = code
    return OperationalError("", {}, error)


CONFLICTS = [
    busy(),
    busy(sqlite3.SQLITE_BUSY | 2 << 8),  # busy, with the reason in the upper bits
    OperationalError("", {}, psycopg.errors.SerializationFailure()),
    OperationalError("", {}, psycopg.errors.DeadlockDetected()),
]


async def test_work_returns_its_result(database: Database) -> None:
    await database.run(lambda tx: tx.runs.add(started(make_run())))
    assert await database.run(lambda tx: tx.runs.get("r1", workspace=HERE)) == make_run()


async def test_many_pieces_of_work_at_once_all_count(database: Database) -> None:
    def receive(tx: Transaction) -> bool:
        return tx.receipts.first_time("k", workspace=HERE, at=AT)

    first = await asyncio.gather(*(database.run(receive) for _ in range(20)))
    assert sorted(first) == [False] * 19 + [True]


async def test_work_that_fails_leaves_nothing(database: Database) -> None:
    def fail(tx: Transaction) -> None:
        tx.runs.add(started(make_run()))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.run(fail)
    assert load(database) is None


def test_a_playbook_read_in_failed_work_is_still_saved_later(database: Database) -> None:
    def fail(tx: Transaction) -> None:
        tx.runs.add(started(make_run()))
        tx.runs.get("r1", workspace=HERE)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.run_now(fail)
    add(database, make_run())
    assert load(database) == make_run()


async def test_the_loop_goes_on_while_work_runs(database: Database) -> None:
    loop_went_on = threading.Event()
    work = asyncio.ensure_future(database.run(lambda _: loop_went_on.wait(timeout=30)))
    loop_went_on.set()
    assert await work


@pytest.mark.parametrize("conflict", CONFLICTS)
def test_work_is_tried_again_when_another_was_in_the_way(conflict: OperationalError) -> None:
    database = Database("sqlite://")
    attempts = []

    def work(_: Transaction) -> str:
        attempts.append(1)
        if len(attempts) < 4:
            raise conflict
        return "done"

    assert database.run_now(work) == "done"
    database.close()


def test_work_is_given_up_after_some_attempts() -> None:
    database = Database("sqlite://")
    attempts = []

    def work(_: Transaction) -> None:
        attempts.append(1)
        raise busy()

    with pytest.raises(OperationalError):
        database.run_now(work)
    assert len(attempts) == 4
    database.close()


def test_other_failures_are_not_tried_again(database: Database) -> None:
    attempts = []

    def work(tx: Transaction) -> None:
        attempts.append(1)
        run = make_run(steps=(make_run().steps[0],) * 2)
        tx.runs.add(started(run))

    with pytest.raises(IntegrityError):
        database.run_now(work)
    assert attempts == [1]


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "nonsense", "", "sqlite+aiosqlit:/x", "postgresql://host:port/db"]
)
def test_another_database_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(WrongUrl, match=r"^DATABASE_URL must be sqlite:///path or postgresql"):
        Database(url)


def test_the_password_of_a_refused_url_is_not_repeated() -> None:
    with pytest.raises(WrongUrl, match="DATABASE_URL") as refused:
        Database("mysql://me:secret@host/db")
    assert "secret" not in str(refused.value)


def test_what_people_wrote_is_not_repeated_by_a_failure(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tx.messages.claim(
            "key", workspace="T1", run_id="r", kind="step", subject="private words", channel="C1",
            at=datetime(2025, 1, 1),  # noqa: DTZ001 - which the database refuses
        )  # fmt: skip

    with pytest.raises(StatementError) as failed:
        database.run_now(work)
    assert "private words" not in str(failed.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_form_of_a_postgresql_url_is_understood(postgres_url: str, scheme: str) -> None:
    database = Database(postgres_url.replace("postgresql", scheme, 1))
    assert database.is_current()
    database.close()


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'down' / 'bot.db'}")
    database.upgrade()
    database.close()
    assert (tmp_path / "deep" / "down" / "bot.db").exists()


def test_sqlite_is_set_up_for_a_server(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    database.upgrade()
    files = {path.name for path in tmp_path.iterdir()}
    database.close()
    assert "bot.db-wal" in files
