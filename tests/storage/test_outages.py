"""A database that refuses, or hangs: whoever waits is told soon, and it is used again after."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import pytest

from storage.database import Database, Transaction
from storage.watch import Unreachable
from tests.postgres_server import PostgresServer
from tests.storage.factories import AT, HERE

PATIENCE = 0.3  # seconds
SOON = 2.9  # seconds, on a machine that does much else


@pytest.fixture
def database(failing_postgres: PostgresServer) -> Iterator[Database]:
    """A database on a server of the test's own, for somebody in a hurry."""
    database = Database(failing_postgres.url).hurried(PATIENCE)
    yield database
    failing_postgres.thaw()
    database.close()


@pytest.fixture
def key() -> str:
    """What no other test has noted."""
    return uuid4().hex


async def note(database: Database, key: str) -> bool:
    """Change something; whether it was not there yet."""
    return await database.run(lambda tx: tx.receipts.first_time(key, workspace=HERE, at=AT))


async def test_a_server_that_hangs_is_given_up_and_used_again(
    failing_postgres: PostgresServer, database: Database, key: str
) -> None:
    await note(database, key)
    failing_postgres.freeze()
    for _ in range(2):  # on the connection there is, then on a new one
        async with asyncio.timeout(SOON):
            with pytest.raises(Unreachable) as failed:
                await note(database, key + "new")
        assert not failed.value.in_doubt
    failing_postgres.thaw()
    assert not await note(database, key)
    assert await note(database, key + "new")


async def test_work_that_a_hanging_server_cuts_short_changes_nothing(
    failing_postgres: PostgresServer, database: Database, key: str
) -> None:
    def work(tx: Transaction) -> None:
        tx.receipts.first_time(key, workspace=HERE, at=AT)
        failing_postgres.freeze()
        tx.receipts.first_time(key + "more", workspace=HERE, at=AT)

    with pytest.raises(Unreachable) as failed:
        await database.run(work)
    assert not failed.value.in_doubt
    failing_postgres.thaw()
    assert await note(database, key)


async def test_a_commit_that_is_not_confirmed_is_in_doubt(
    failing_postgres: PostgresServer, database: Database, key: str
) -> None:
    def work(tx: Transaction) -> None:
        tx.receipts.first_time(key, workspace=HERE, at=AT)
        failing_postgres.freeze()

    with pytest.raises(Unreachable) as failed:
        await database.run(work)
    assert failed.value.in_doubt


async def test_a_crowd_that_asks_a_hanging_server_is_told_all_at_once(
    failing_postgres: PostgresServer, database: Database, key: str
) -> None:
    await asyncio.gather(*(note(database, f"{key}{n}") for n in range(10)))
    failing_postgres.freeze()
    async with asyncio.timeout(SOON):
        notes = (note(database, f"{key}{n}") for n in range(40))
        told = await asyncio.gather(*notes, return_exceptions=True)
    assert [type(one) for one in told] == [Unreachable] * 40
    failing_postgres.thaw()
    assert not await note(database, f"{key}0")
    assert await note(database, f"{key}39")


async def test_a_server_that_is_down_is_told_at_once_and_used_when_it_is_back(
    failing_postgres: PostgresServer, database: Database, key: str
) -> None:
    await note(database, key)
    failing_postgres.stop()
    for _ in range(2):
        with pytest.raises(Unreachable) as failed:
            await note(database, key + "new")
        assert not failed.value.in_doubt
    failing_postgres.start()
    assert not await note(database, key)
    assert await note(database, key + "new")


async def test_connections_that_broke_while_nobody_looked_are_not_noticed(
    failing_postgres: PostgresServer, database: Database, key: str
) -> None:
    await asyncio.gather(*(note(database, f"{key}{n}") for n in range(10)))
    failing_postgres.stop()
    failing_postgres.start()
    again = await asyncio.gather(*(note(database, f"{key}{n}") for n in range(10)))
    assert again == [False] * 10


async def test_whether_the_database_is_well_is_answered_though_it_hangs(
    failing_postgres: PostgresServer, database: Database
) -> None:
    assert await asyncio.to_thread(database.is_current)
    failing_postgres.freeze()
    async with asyncio.timeout(SOON):
        with pytest.raises(Unreachable):
            await asyncio.to_thread(database.is_current)


async def test_a_database_is_closed_though_it_hangs(
    failing_postgres: PostgresServer, database: Database, key: str
) -> None:
    def work(tx: Transaction) -> None:
        failing_postgres.freeze()
        tx.receipts.first_time(key, workspace=HERE, at=AT)

    patient = asyncio.create_task(Database.run(database.hurried(60), work))
    await asyncio.sleep(0)
    async with asyncio.timeout(2 * SOON):
        await asyncio.to_thread(database.close)
    with pytest.raises(Unreachable):
        await patient
