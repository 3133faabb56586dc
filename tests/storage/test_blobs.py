"""What was handed in lies in the database, byte by byte, and is found again."""

from dataclasses import replace

from storage.blobs import Blob
from storage.database import Database
from tests.storage.factories import (
    AT,
    ELSEWHERE,
    HERE,
    LATER,
    add,
    changed,
    load,
    make_run,
    save,
)

EVERY_BYTE = bytes(range(256)) * 5000
BLOB = Blob("a" * 64, len(EVERY_BYTE), "主视觉.pdf", "application/pdf", EVERY_BYTE)


def keep(database: Database, blob: Blob, workspace: str = HERE) -> None:
    database.run_now(lambda tx: tx.blobs.keep(blob, workspace=workspace, at=AT))


def get(database: Database, digest: str = BLOB.digest, workspace: str = HERE) -> Blob | None:
    return database.run_now(lambda tx: tx.blobs.get(digest, workspace=workspace))


def hold(database: Database, file: str, run: str, step: str) -> None:
    database.run_now(lambda tx: tx.blobs.hold(file, workspace=HERE, run_id=run, step=step))


def test_bytes_come_back_as_they_went(database: Database) -> None:
    keep(database, BLOB)
    assert get(database) == BLOB
    assert get(database, workspace=ELSEWHERE) is None
    assert get(database, "b" * 64) is None


def test_the_same_content_is_kept_once_under_its_first_name(database: Database) -> None:
    keep(database, BLOB)
    keep(database, replace(BLOB, name="copy.pdf"))
    assert get(database) == BLOB


def test_of_what_is_too_large_the_hash_and_size_are_kept_until_the_bytes_come(
    database: Database,
) -> None:
    large = replace(BLOB, content=None, size=2**33)
    keep(database, large)
    assert get(database) == large
    keep(database, replace(large, content=b"now"))
    assert get(database) == replace(large, content=b"now")
    keep(database, large)
    assert get(database) == replace(large, content=b"now")


def test_news_of_a_file_finds_the_steps_that_hold_it(database: Database) -> None:
    add(database, make_run(), make_run("r2"), make_run(workspace=ELSEWHERE))
    for run, step in (("r2", "brief"), ("r1", "post.1"), ("r1", "brief"), ("r1", "brief")):
        hold(database, "F1", run, step)
    hold(database, "F2", "r1", "brief")
    found = database.run_now(lambda tx: tx.blobs.holders("F1", workspace=HERE))
    assert found == [("r1", "brief"), ("r1", "post.1"), ("r2", "brief")]
    assert database.run_now(lambda tx: tx.blobs.holders("F1", workspace=ELSEWHERE)) == []


def test_what_is_to_be_fetched_is_found_when_it_is_due_the_longest_first(
    database: Database,
) -> None:
    add(database, make_run(), make_run("r2"), make_run("r3", workspace=ELSEWHERE))
    for run_id, workspace, at in (("r1", HERE, LATER), ("r2", HERE, AT), ("r3", ELSEWHERE, AT)):
        run = load(database, run_id, workspace)
        assert run
        save(database, changed(run, "brief", freeze_at=at, freeze_tries=2))
    due = database.run_now(lambda tx: tx.runs.due_freezes(at=AT, limit=9))
    assert sorted(due) == [(HERE, "r2", "brief"), (ELSEWHERE, "r3", "brief")]
    due = database.run_now(lambda tx: tx.runs.due_freezes(at=LATER, limit=9))
    assert due[-1] == (HERE, "r1", "brief")
    assert len(database.run_now(lambda tx: tx.runs.due_freezes(at=LATER, limit=2))) == 2
    run = load(database)
    assert run
    assert (run.steps[0].freeze_at, run.steps[0].freeze_tries) == (LATER, 2)
