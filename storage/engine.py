"""Engines for the two databases we support: SQLite and PostgreSQL."""

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

_BUSY_MS = 5000
_CONNECT_WITHIN = 2  # seconds, the least that PostgreSQL's library knows
# The values of a failed statement hold what people wrote, and the failure goes to the log.
_create_engine = partial(create_engine, hide_parameters=True)
_CONFLICTS = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock


class WrongUrl(RuntimeError):
    """The address names no database we can open; the text names DATABASE_URL."""


def open_engine(url: str, *, threads: int) -> Engine:
    """Make an engine for a plain `sqlite:///path`, `sqlite://` or `postgresql://…` URL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = URL.create("unreadable")
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _open_sqlite(parsed)
    if backend in {"postgres", "postgresql"}:
        return _open_postgres(parsed.set(drivername="postgresql+psycopg"), threads)
    # The URL may hold a password, so it is not quoted.
    raise WrongUrl("DATABASE_URL must be sqlite:///path or postgresql://user@host/name")


def driver_reason(error: SQLAlchemyError) -> str:
    """What the database's driver says, in a line; statements and their values are left out."""
    lines = str(error.__cause__ or error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def is_absent(engine: Engine) -> bool:
    """Whether it is a SQLite file that nobody has made yet."""
    return _in_file(engine.url) and not Path(str(engine.url.database)).exists()


def missing_folder(engine: Engine) -> str:
    """The folder of a SQLite file, where that is not there yet; else empty."""
    folder = Path(str(engine.url.database)).parent
    return str(folder) if _in_file(engine.url) and not folder.exists() else ""


def is_conflict(error: DBAPIError) -> bool:
    """Whether another transaction was in the way, so that trying again may help."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return getattr(error.orig, "sqlstate", None) in _CONFLICTS


def _open_postgres(url: URL, threads: int) -> Engine:
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": str(_CONNECT_WITHIN)})
    # Connecting asks for nothing: a question could wait for ever. What broke is tried anew.
    return _create_engine(url, pool_size=threads, max_overflow=0, use_native_hstore=False)


def _open_sqlite(url: URL) -> Engine:
    if _in_file(url):
        engine = _create_engine(url, pool_size=1, max_overflow=0)
        event.listen(engine, "do_connect", partial(_make_folder, Path(str(url.database)).parent))
    else:
        unshared = {"check_same_thread": False}
        engine = _create_engine(url, poolclass=StaticPool, connect_args=unshared)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _in_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}


def _make_folder(folder: Path, *_: Any) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUrl(
            f"DATABASE_URL: the folder {str(folder)!r} cannot be made ({error.strerror}):"
            " choose another path"
        ) from None


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own BEGIN is a deferred one, and comes only before the first write.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads first and writes later could otherwise find itself locked out.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
