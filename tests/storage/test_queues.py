"""One announcer at a time speaks in a channel, and a delivery is taken once."""

from datetime import datetime, timedelta

from storage.database import Database
from tests.storage.factories import AT, HERE, LATER

SECOND = timedelta(seconds=1)


def lease(database: Database, holder: str, *, at: datetime = AT, until: datetime = LATER) -> bool:
    return database.run_now(
        lambda tx: tx.queues.lease("C1", workspace=HERE, holder=holder, at=at, until=until)
    )


def release(database: Database, holder: str) -> None:
    database.run_now(lambda tx: tx.queues.release("C1", workspace=HERE, holder=holder))


def test_a_channel_is_leased_to_one_holder(database: Database) -> None:
    assert lease(database, "a")
    assert not lease(database, "b")
    assert not lease(database, "b", at=LATER)


def test_the_holder_may_prolong_its_lease(database: Database) -> None:
    assert lease(database, "a")
    assert lease(database, "a", until=LATER + SECOND)
    assert not lease(database, "b", at=LATER + SECOND)


def test_an_expired_lease_is_taken_over(database: Database) -> None:
    lease(database, "a")
    assert lease(database, "b", at=LATER + SECOND, until=LATER + 9 * SECOND)
    assert not lease(database, "a", at=LATER + SECOND)


def test_a_released_channel_is_free_at_once(database: Database) -> None:
    lease(database, "a")
    release(database, "a")
    assert lease(database, "b")


def test_only_the_holder_can_release(database: Database) -> None:
    lease(database, "a")
    release(database, "b")
    assert not lease(database, "b")


def test_channels_are_leased_apart(database: Database) -> None:
    lease(database, "a")
    assert database.run_now(
        lambda tx: tx.queues.lease("C2", workspace=HERE, holder="b", at=AT, until=LATER)
    )


def test_only_the_first_delivery_of_a_key_is_new(database: Database) -> None:
    def deliver(key: str) -> bool:
        return database.run_now(lambda tx: tx.receipts.first_time(key, workspace=HERE, at=AT))

    assert [deliver("a"), deliver("a"), deliver("b")] == [True, False, True]
