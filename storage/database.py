"""The database: work goes in as a function and runs as one transaction."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from copy import copy
from typing import Any, NamedTuple, Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from storage import schema
from storage.blobs import BlobRepository
from storage.company_days import CompanyDayRepository
from storage.counters import CounterRepository
from storage.desk import DeskRepository
from storage.documents import DocumentRepository
from storage.engine import (
    WrongUrl,
    driver_reason,
    is_absent,
    is_conflict,
    missing_folder,
    open_engine,
)
from storage.events import EventRepository
from storage.feeds import FeedRepository
from storage.leaves import LeaveRepository
from storage.links import LinkRepository
from storage.mails import MailRepository
from storage.messages import MessageRepository
from storage.nudges import NudgeRepository
from storage.people import PeopleRepository
from storage.playbooks import ParsedPlaybooks, PlaybookRepository
from storage.queues import QueueRepository
from storage.receipts import ReceiptRepository
from storage.runs import RunRepository
from storage.schedules import ScheduleRepository
from storage.waits import WaitRepository
from storage.watch import Unreachable, Watch

__all__ = ["Database", "DatabaseError", "Transaction", "WrongUrl", "driver_reason"]

T = TypeVar("T")
DatabaseError = SQLAlchemyError  # whatever the database itself complains of

_THREADS = 10  # of PostgreSQL; SQLite has one writer, so one thread
_ATTEMPTS = 4
_PATIENCE = 10.0  # seconds for a piece of work on a server, from the request to the result


class Transaction:
    """One transaction, and everything that can be read and changed within it."""

    def __init__(self, connection: Connection, parsed: ParsedPlaybooks) -> None:
        self.playbooks = PlaybookRepository(connection, parsed)
        self.events = EventRepository(connection)
        self.waits = WaitRepository(connection)
        self.company_days = CompanyDayRepository(connection)
        self.runs = RunRepository(
            connection, playbooks=self.playbooks, events=self.events, waits=self.waits,
            days=self.company_days,
        )  # fmt: skip
        self.schedules = ScheduleRepository(connection)
        self.documents = DocumentRepository(connection)
        self.links = LinkRepository(connection)
        self.mails = MailRepository(connection)
        self.counters = CounterRepository(connection)
        self.messages = MessageRepository(connection)
        self.leaves = LeaveRepository(connection, events=self.events)
        self.people = PeopleRepository(connection, leaves=self.leaves)
        self.nudges = NudgeRepository(connection)
        self.queues = QueueRepository(connection)
        self.receipts = ReceiptRepository(connection)
        self.blobs = BlobRepository(connection)
        self.desk = DeskRepository(connection, runs=self.runs)
        self.feeds = FeedRepository(connection)


class Job(NamedTuple):
    """A piece of work that a thread has been given."""

    future: Future[Any]
    watch: Watch


class Database:
    """A SQLite or PostgreSQL database, and its threads; work raises Unreachable where it is not."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, threads=_THREADS)
        is_file = self._engine.dialect.name == "sqlite"
        threads = 1 if is_file else _THREADS
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="database")
        self._parsed = ParsedPlaybooks()
        self._jobs: set[Job] = set()
        self._patience = None if is_file else _PATIENCE  # there is no server that could hang

    def hurried(self, patience: float) -> Self:
        """The same database for whoever waits: a piece of work ends within so many seconds."""
        hurried = copy(self)
        hurried._patience = self._patience and patience
        return hurried

    @property
    def place(self) -> str:
        """Where the database is, for people; without a password."""
        url = self._engine.url.set(drivername=self._engine.dialect.name, query={})
        return url.render_as_string(hide_password=True)

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` as one transaction; it may run again, so it changes nothing else."""
        job = self._submit(self._within(work))
        found = asyncio.wrap_future(job.future)
        try:
            await asyncio.wait({found}, timeout=self._patience)
            _end_late(job)
            return await found  # type: ignore[no-any-return]
        finally:
            found.cancel()  # who asked has been told, or is gone

    def run_now(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` as one transaction and wait for it here; never within `work` itself."""
        return self._wait(self._within(work))

    def upgrade(self) -> None:
        """Bring an empty or older database up to date; raise TooNew for a newer one."""
        self._submit(schema.bring_up_to_date).future.result()

    def current(self) -> str | None:
        """The revision the database is at; None when it is empty, or not even there."""
        return None if is_absent(self._engine) else self._wait(schema.revision)

    def shape(self) -> schema.Shape:
        """How the database stands to this program; one that is not there is empty."""
        return "empty" if is_absent(self._engine) else self._wait(schema.shape)

    def missing_folder(self) -> str:
        """The folder the database would be in, where nobody has made that yet; else empty."""
        return missing_folder(self._engine)

    def is_current(self) -> bool:
        """Whether the database has the shape this program works with."""
        return self.current() == schema.head()

    def close(self) -> None:
        """Finish the work begun and close every connection."""
        jobs = list(self._jobs)
        wait([job.future for job in jobs], timeout=self._patience)
        for job in jobs:
            job.watch.cut()  # which ends nothing that is done
        self._executor.shutdown()
        self._engine.dispose()

    def _within(self, work: Callable[[Transaction], T]) -> Callable[[Connection], T]:
        return lambda connection: work(Transaction(connection, self._parsed))

    def _wait(self, work: Callable[[Connection], T]) -> T:
        job = self._submit(work)
        wait([job.future], timeout=self._patience)
        _end_late(job)
        return job.future.result()  # type: ignore[no-any-return]

    def _submit(self, work: Callable[[Connection], Any]) -> Job:
        watch = Watch()
        job = Job(self._executor.submit(self._persist, work, watch), watch)
        self._jobs.add(job)
        job.future.add_done_callback(lambda _: self._jobs.discard(job))
        return job

    def _persist(self, work: Callable[[Connection], T], watch: Watch) -> T:
        left = _ATTEMPTS
        while True:
            left -= 1
            try:
                return self._attempt(work, watch)
            except Unreachable:
                raise
            except DBAPIError as error:
                may_help = is_conflict(error) or error.connection_invalidated
                if may_help and left and not watch.is_over:
                    continue
                if isinstance(error, OperationalError):
                    raise Unreachable(error.orig) from error.orig
                raise

    def _attempt(self, work: Callable[[Connection], T], watch: Watch) -> T:
        is_committing = is_committed = False
        with self._engine.connect() as connection:
            watch.begin(connection)
            try:
                with connection.begin():
                    result = work(connection)
                    is_committing = True
                is_committed = True
            except DBAPIError as error:
                if is_committing and error.connection_invalidated:
                    raise Unreachable(error.orig, in_doubt=True) from error.orig
                raise
            finally:
                watch.end(committed=is_committed)
        return result


def _end_late(job: Job) -> None:
    """End what is not done in time; raise Unreachable where it had not begun."""
    if not job.future.done() and not job.watch.cut():
        raise Unreachable
