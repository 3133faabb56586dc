"""`sopbot export` where there is nothing to export, or no way to."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from bot.exports.formats import FORMATS
from bot.exports.record import Record
from playbooks.run import Change
from storage.database import Database
from tests.bot.command_line import SCRIPT, assert_one_line, sopbot
from tests.bot.exports.records import a_record

pytestmark = pytest.mark.usefixtures("bare")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("export", "missing argument 'RUN': run sopbot export --help"),
        ("export r1", "--format is missing: write one of md, json, csv, xlsx, docx, ics"),
        ("export r1 --out record.pdf", "--format is missing: write one of md, json, csv"),
        ("export r1 --out record", "--format is missing: write one of md, json, csv"),
        ("export r1 --format pdf", "'pdf' is not one of 'md', 'json', 'csv', 'xlsx', 'docx'"),
        ("export r1 --format md --list a", "--list goes with --format csv: the other formats"),
    ],
)
def test_what_is_missing_or_wrong(line: str, told: str) -> None:
    assert_one_line(sopbot(*line.split()), 2, told)


def test_a_database_without_tables_holds_no_runs(bare: Path) -> None:
    told = "the folder 'data' of the database is missing: sopbot run makes it, or sopbot db"
    assert_one_line(sopbot("export", "r1", "--format", "md"), 1, told)
    assert not (bare / "data").exists()
    sopbot("db", "upgrade")
    told = "there is no run 'r1': no run was ever started here"
    assert_one_line(sopbot("export", "r1", "--format", "md"), 2, told)


def test_a_newer_database_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sopbot("db", "upgrade")
    monkeypatch.setattr("storage.schema.knows", lambda _: False)
    told = "is newer than this version: install the newer version, or restore a backup"
    assert_one_line(sopbot("export", "r1", "--format", "md"), 1, told)


@pytest.fixture
def stored(bare: Path) -> Record:
    """A run in the database of the working folder."""
    record = a_record()
    database = Database("sqlite:///data/sopbot.db")
    database.upgrade()
    database.run_now(lambda tx: tx.runs.add(Change(record.run, record.events)))
    database.close()
    return record


def test_a_record_is_printed_where_no_file_is_named(stored: Record) -> None:
    result = sopbot("export", "r1", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(json.loads(result.stdout)["steps"]) == len(stored.run.steps)
    assert sopbot("export", "r1", "--format", "xlsx").stdout_bytes.startswith(b"PK")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_gets_the_format_asked_for_or_that_of_its_name(
    stored: Record, bare: Path, form: str
) -> None:
    asked = sopbot("export", "r1", "--format", form, "--out", "asked.bin")
    assert (asked.exit_code, asked.stdout, asked.stderr) == (0, "wrote asked.bin\n", "")
    name = f"named.{form.upper()}"
    assert sopbot("export", "r1", "--out", name).stdout == f"wrote {name}\n"
    for file in ("asked.bin", name):
        assert (bare / file).read_bytes()[:2] in {b"# ", b"{\n", b"\xef\xbb", b"PK", b"BE"}


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("export r11 --format md", 2, "there is no run 'r11': did you mean 'r1'?"),
        ("export x --format md", 2, "there is no run 'x': the newest are r1 (Dealer day Shanghai)"),
        ("export r1 --format csv --list rundown", 2, "--list: r1 holds no list 'rundown' yet"),
        ("export r1 --out none/a.md", 1, "none/a.md cannot be written (No such file or directory)"),
        ("export r1 --format md --out data", 1, "data cannot be written (Is a directory): choose"),
    ],
)
def test_what_cannot_be_exported_is_told_with_what_can(
    stored: Record, line: str, code: int, told: str
) -> None:
    assert_one_line(sopbot(*line.split()), code, told)


def test_what_nobody_can_read_is_not_poured_onto_a_terminal() -> None:
    ours, theirs = os.openpty()
    try:
        done = subprocess.run(
            [SCRIPT, "export", "r1", "--format", "xlsx"], stdout=theirs, stderr=subprocess.PIPE,
            text=True, check=False, timeout=60,
        )  # fmt: skip
    finally:
        os.close(ours)
        os.close(theirs)
    told = "sopbot: xlsx is nothing to look at here: name a file with --out\n"
    assert (done.returncode, done.stderr) == (2, told)
