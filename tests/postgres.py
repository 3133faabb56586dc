"""A real PostgreSQL for the tests: one cluster a session, one database a test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from storage.database import Database
from tests.postgres_server import PostgresServer, running_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server where databases can be made."""
    if url := os.environ.get("SOPBOT_TEST_PG_URL"):
        yield url
        return
    with running_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated, empty database to copy."""
    with _database(postgres_server) as url:
        _upgrade(url)
        yield str(make_url(url).database)


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a database without tables."""
    with _database(postgres_server) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """The URL of a migrated, empty database."""
    with _database(postgres_server, template=postgres_template) as url:
        yield url


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[PostgresServer]:
    """A server that tests of one file may do anything to."""
    with running_server() as server:
        yield server


@pytest.fixture
def failing_postgres(own_postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server that a test may freeze and stop; its database is migrated."""
    own_postgres.start()
    _upgrade(own_postgres.url)
    yield own_postgres
    own_postgres.thaw()


@pytest.fixture
def failing_postgres_url(failing_postgres: PostgresServer) -> str:
    """The URL of a migrated, empty database on that server."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(failing_postgres.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    made = make_url(failing_postgres.url).set(database=name)
    url = made.render_as_string(hide_password=False)
    _upgrade(url)
    return url


def _upgrade(url: str) -> None:
    database = Database(url)
    database.upgrade()
    database.close()


@contextmanager
def _database(server: str, template: str = "template0") -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(drop)
