"""The database: work goes in as a function and runs as one transaction."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage import schema
from storage.blobs import BlobRepository
from storage.engine import is_conflict, open_engine
from storage.events import EventRepository
from storage.messages import MessageRepository
from storage.people import PeopleRepository
from storage.playbooks import ParsedPlaybooks, PlaybookRepository
from storage.queues import QueueRepository
from storage.receipts import ReceiptRepository
from storage.runs import RunRepository

T = TypeVar("T")
DatabaseError = SQLAlchemyError  # whatever the database itself complains of

_THREADS = 10  # of PostgreSQL; SQLite has one writer, so one thread
_ATTEMPTS = 4


class TooNew(RuntimeError):
    """The database was made by a newer version of the program."""


class Transaction:
    """One transaction, and everything that can be read and changed within it."""

    def __init__(self, connection: Connection, parsed: ParsedPlaybooks) -> None:
        self.playbooks = PlaybookRepository(connection, parsed)
        self.events = EventRepository(connection)
        self.runs = RunRepository(connection, playbooks=self.playbooks, events=self.events)
        self.messages = MessageRepository(connection)
        self.people = PeopleRepository(connection)
        self.queues = QueueRepository(connection)
        self.receipts = ReceiptRepository(connection)
        self.blobs = BlobRepository(connection)


class Database:
    """A SQLite or PostgreSQL database, and the threads that talk to it."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, threads=_THREADS)
        threads = 1 if self._engine.dialect.name == "sqlite" else _THREADS
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="database")
        self._parsed = ParsedPlaybooks()

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` as one transaction; it may run again, so it changes nothing else."""
        return await asyncio.wrap_future(self._submit(self._within(work)))

    def run_now(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` as one transaction and wait for it here; never within `work` itself."""
        return self._submit(self._within(work)).result()

    def upgrade(self) -> None:
        """Bring an empty or older database up to date; raise TooNew for a newer one."""
        self._submit(_upgrade).result()

    def current(self) -> str | None:
        """The revision the database is at; None when it is empty."""
        return self._submit(schema.revision).result()

    def is_current(self) -> bool:
        """Whether the database has the shape this program works with."""
        return self.current() == schema.head()

    def close(self) -> None:
        """Finish the work begun and close every connection."""
        self._executor.shutdown()
        self._engine.dispose()

    def _within(self, work: Callable[[Transaction], T]) -> Callable[[Connection], T]:
        return lambda connection: work(Transaction(connection, self._parsed))

    def _submit(self, work: Callable[[Connection], T]) -> Future[T]:
        return self._executor.submit(self._persist, work)

    def _persist(self, work: Callable[[Connection], T]) -> T:
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._attempt(work)
            except DBAPIError as error:
                if not is_conflict(error):
                    raise
        return self._attempt(work)

    def _attempt(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)


def _upgrade(connection: Connection) -> None:
    schema.lock(connection)
    now_at = schema.revision(connection)
    if now_at is not None and not schema.knows(now_at):
        raise TooNew(
            f"the database is at revision {now_at}, which this version does not know:"
            " install the newer version, or restore a backup"
        )
    if now_at != schema.head():
        schema.upgrade(connection)
