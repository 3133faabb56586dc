"""What keeps a command from starting is told in one line that names what to mend."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database import Database
from tests.bot.command_line import assert_one_line, in_a_shell, sopbot

NOBODY = 65534


@pytest.fixture(autouse=True)
def environment(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens of the right form; a Slack that nobody can reach."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("SOPBOT_PORT", "0")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@contextmanager
def without_rights() -> Iterator[None]:
    """Not be root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


STARTS = ["run", "demo --no-browser --port 0"]
READERS = ["playbook list", "playbook show event", "playbook check", "rehearse event"]


@pytest.mark.parametrize("line", STARTS + READERS)
@pytest.mark.parametrize(
    ("folders", "told"),
    [
        ("none", "'none' cannot be read (No such file or directory)"),
        (".:none", "'none' cannot be read (No such file or directory)"),
        ("file", "'file' cannot be read (Not a directory)"),
        ("loop", "'loop' cannot be read (Too many levels of symbolic links)"),
    ],
)
def test_a_playbook_folder_that_cannot_be_read_stops_the_start(
    bare: Path, monkeypatch: pytest.MonkeyPatch, line: str, folders: str, told: str
) -> None:
    (bare / "file").touch()
    (bare / "loop").symlink_to("loop")
    monkeypatch.setenv("SOPBOT_PLAYBOOKS", folders)
    assert_one_line(sopbot(*line.split()), 2, f"SOPBOT_PLAYBOOKS: the folder {told}: make it")


def test_a_playbook_folder_we_may_not_read_stops_the_start(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = bare / "closed"
    closed.mkdir(mode=0)
    monkeypatch.setenv("SOPBOT_PLAYBOOKS", str(closed))
    monkeypatch.chdir("/")
    with without_rights():
        result = sopbot("run")
    told = f"SOPBOT_PLAYBOOKS: the folder {str(closed)!r} cannot be read (Permission denied)"
    assert_one_line(result, 2, told)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("SLACK_BOT_TOKEN", "", "SLACK_BOT_TOKEN is missing: set it"),
        ("SOPBOT_PORT", "eighty", "SOPBOT_PORT: must be a whole number"),
        ("SOPBOT_MODE", "pigeon", "SOPBOT_MODE: "),
        ("DATABASE_URL", "mysql://here", "DATABASE_URL: must be sqlite:///path"),
        ("DATABASE_URL", "postgresql://host:port/name", "DATABASE_URL must be sqlite:///path"),
        ("DATABASE_URL", "sqlite:////dev/null/a.db", "DATABASE_URL: the folder '/dev/null'"),
    ],
)
def test_a_variable_that_is_wrong_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    assert_one_line(sopbot("run"), 2, told)


def test_an_env_file_that_is_no_text_stops_the_start(bare: Path) -> None:
    (bare / ".env").write_bytes(b"SOPBOT_LOG_LEVEL=\xff\n")
    assert_one_line(sopbot("run"), 2, ".env is no UTF-8 text: save it as UTF-8")


def test_a_port_in_use_stops_the_bot(taken: int) -> None:
    told = f"cannot listen on 127.0.0.1:{taken} (Address already in use): choose another SOPBOT_"
    assert_one_line(in_a_shell("run", SOPBOT_PORT=str(taken)), 1, told)


def test_an_address_that_is_not_ours_stops_the_bot() -> None:
    result = in_a_shell("run", SOPBOT_HOST="192.0.2.1")
    assert_one_line(result, 1, "cannot listen on 192.0.2.1:0 (", "choose another SOPBOT_PORT or")


def test_a_port_in_use_stops_the_demo(taken: int) -> None:
    told = f"port {taken} cannot be used (Address already in use): choose another with --port"
    assert_one_line(sopbot("demo", "--no-browser", "--port", str(taken)), 1, told)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("file", "--data 'file' cannot be used (File exists): choose another folder"),
        ("file/inner", "--data 'file/inner' cannot be used (Not a directory)"),
        ("broken", "'broken/workspace.json' holds no workspace of the demo: remove it"),
        ("other", "'other/workspace.json' holds no workspace of the demo: remove it"),
    ],
)
def test_a_folder_that_cannot_keep_the_demo_stops_it(bare: Path, data: str, told: str) -> None:
    (bare / "file").touch()
    for name, text in (("broken", "{"), ("other", "[]")):
        (bare / name).mkdir()
        (bare / name / "workspace.json").write_text(text)
    assert_one_line(sopbot("demo", "--no-browser", "--port", "0", "--data", data), 1, told)


@pytest.mark.parametrize("line", ["run", "db upgrade", "db current", "db check"])
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///notes.txt", "(file is not a database)"),
        ("sqlite:///folder", "(unable to open database file)"),
        ("postgresql://127.0.0.1:1/name", "Connection refused)"),
        ("postgresql://me:secret@/name?host=/nowhere", "No such file or directory)"),
        ("postgresql://127.0.0.1/name?colour=red", '(invalid connection option "colour")'),
    ],
)
def test_a_database_that_cannot_be_used(
    bare: Path, monkeypatch: pytest.MonkeyPatch, line: str, url: str, told: str
) -> None:
    (bare / "notes.txt").write_text("no database at all")
    (bare / "folder").mkdir()
    monkeypatch.setenv("DATABASE_URL", url)
    result = sopbot(*line.split())
    assert_one_line(result, 1, "the database cannot be used", told, ": check DATABASE_URL")
    assert "secret" not in result.stderr


def test_a_database_that_is_not_on_the_server(
    empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_url(empty_postgres_url).set(database="nowhere")
    monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))
    assert_one_line(sopbot("db", "check"), 1, 'database "nowhere" does not exist')


def test_db_check_tells_absent_empty_older_and_newer_apart(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "the folder 'data' of the database is missing: sopbot run makes it"
    assert_one_line(sopbot("db", "check"), 1, told)
    assert sopbot("db", "current").stdout == "none: the folder 'data' is missing\n"
    assert not (bare / "data").exists()  # looking makes nothing
    (bare / "data").mkdir()
    assert_one_line(sopbot("db", "check"), 1, "data/sopbot.db is empty: sopbot run makes it")
    assert sopbot("db", "current").stdout == "empty\n"
    assert sopbot("db", "upgrade").exit_code == 0
    assert sopbot("db", "check").stdout == "the database is up to date\n"
    monkeypatch.setattr("storage.schema.head", lambda: "9999")
    assert_one_line(sopbot("db", "check"), 1, "older than this version: run sopbot db upgrade")
    monkeypatch.setattr("storage.schema.knows", lambda _: False)
    assert_one_line(sopbot("db", "check"), 1, "newer than this version: install the newer")
    assert_one_line(sopbot("db", "upgrade"), 1, "which this version does not know: install")


def test_looking_at_an_absent_database_makes_none(bare: Path) -> None:
    database = Database(f"sqlite:///{bare}/new/bot.db")
    assert (database.current(), database.shape(), database.is_current()) == (None, "empty", False)
    database.close()
    assert list(bare.iterdir()) == []
