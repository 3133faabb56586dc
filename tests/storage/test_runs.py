"""Runs are saved and loaded whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import NoResultFound

from playbooks.run import Change, EventKind, RunStatus, StepStatus
from storage.database import Database, Transaction
from storage.engine import open_engine
from storage.runs import AlreadyThere
from tests.storage.factories import (
    AT,
    HERE,
    LATER,
    add,
    add_change,
    changed,
    load,
    make_event,
    make_run,
    save,
)


@contextmanager
def executed() -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements sent to any database, and their values."""
    sent: list[tuple[str, Any]] = []

    def note(*details: Any) -> None:
        sent.append((details[2], details[3]))

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def test_a_run_is_loaded_as_it_was_added(database: Database) -> None:
    run = make_run()
    add(database, run)
    assert load(database) == run


def test_an_unknown_run_is_none(database: Database) -> None:
    assert database.run_now(lambda tx: tx.runs.get("r1", workspace=HERE, lock=True)) is None


def test_a_run_without_steps_and_events_can_be_kept(database: Database) -> None:
    run = make_run(steps=())
    add_change(database, Change(run, ()))
    assert load(database) == run


def test_adding_an_id_twice_is_refused_and_changes_nothing(database: Database) -> None:
    add(database, make_run())
    with pytest.raises(AlreadyThere):
        add(database, make_run(name="Other"))
    run = load(database)
    assert run == make_run()


def test_the_same_id_may_be_used_in_another_workspace(database: Database) -> None:
    add(database, make_run())
    other = make_run(workspace="T9", name="Other")
    add(database, other)
    assert load(database, workspace="T9") == other
    assert load(database) == make_run()


def test_a_saved_change_keeps_the_run_its_steps_and_its_events(database: Database) -> None:
    add(database, make_run())
    change = changed(
        make_run(), "brief", make_event(EventKind.STEP_DONE, step="brief"),
        make_event(EventKind.STEP_OPENED, step="post.1"), status=StepStatus.DONE, closed_at=LATER,
    )  # fmt: skip
    ended = replace(change.run, status=RunStatus.CANCELLED, ended_by="ULEAD", reason="Rain")
    save(database, Change(ended, change.events))
    assert load(database) == ended
    kinds = [e.kind for e in database.run_now(lambda tx: tx.events.history("r1", workspace=HERE))]
    assert kinds == [EventKind.RUN_STARTED, EventKind.STEP_DONE, EventKind.STEP_OPENED]


def test_events_are_numbered_on_within_the_run(database: Database) -> None:
    add(database, make_run())
    for _ in range(2):
        change = Change(make_run(), (make_event(), make_event()))
        save(database, change)
    waiting = database.run_now(lambda tx: tx.events.unannounced("r1", workspace=HERE))
    assert [number for number, _ in waiting] == [1, 2, 3, 4, 5]


def test_only_the_changed_step_is_written(database: Database) -> None:
    add(database, make_run())
    with executed() as sent:
        save(database, changed(make_run(), "post.1", owner="UNEW"))
    assert len([sql for sql, _ in sent if sql.startswith("UPDATE steps")]) == 1


def test_two_saves_in_one_transaction_both_count(database: Database) -> None:
    add(database, make_run())
    first = changed(make_run(), "brief", owner="UNEW")
    second = changed(first.run, "brief", owner="ULEAD")

    def save_both(tx: Transaction) -> None:
        tx.runs.save(first)
        tx.runs.save(second)

    database.run_now(save_both)
    assert load(database) == make_run()


def test_a_step_can_be_put_between_others(database: Database) -> None:
    run = make_run()
    add(database, run)
    new = replace(run.steps[1], key="post.3", occurrence=3)
    longer = replace(run, steps=(run.steps[0], new, *run.steps[1:]))
    save(database, Change(longer, ()))
    assert load(database) == longer


def test_saving_a_run_that_was_never_added_fails(database: Database) -> None:
    with pytest.raises(NoResultFound):
        save(database, Change(make_run(), ()))


def test_the_steps_due_longest_come_first_and_bounded(database: Database) -> None:
    for number in range(3):
        run = make_run(f"r{number}", workspace=f"T{number}")
        change = changed(run, "brief", remind_at=AT - timedelta(minutes=number))
        add_change(database, change)
    due = database.run_now(lambda tx: tx.runs.due_reminders(at=AT, limit=2))
    assert due == [("T2", "r2", "brief"), ("T1", "r1", "brief")]


@pytest.mark.parametrize(
    "values",
    [
        {"remind_at": AT + timedelta(microseconds=1)},
        {"remind_at": None},
        {"status": StepStatus.DONE},
        {"status": StepStatus.WAITING},
    ],
)
def test_a_step_that_is_closed_or_not_due_is_left_alone(
    database: Database, values: dict[str, Any]
) -> None:
    add_change(database, changed(make_run(), "brief", **values))
    assert database.run_now(lambda tx: tx.runs.due_reminders(at=AT, limit=9)) == []


def test_nothing_is_due_in_a_run_that_has_ended(database: Database) -> None:
    add(database, make_run(status=RunStatus.CANCELLED))
    assert database.run_now(lambda tx: tx.runs.due_reminders(at=AT, limit=9)) == []


def test_what_is_due_is_found_by_its_index(url: str) -> None:
    database = Database(url)
    with executed() as sent:
        database.run_now(lambda tx: tx.runs.due_reminders(at=AT, limit=9))
    database.close()
    query, values = next(one for one in sent if one[0].startswith("SELECT steps"))
    assert "ix_steps_remind_at" in plan(url, query, values)


def plan(url: str, query: str, values: Any) -> str:
    engine = open_engine(url, threads=1)
    with engine.begin() as connection:
        explain = "EXPLAIN QUERY PLAN "
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # it is small
            explain = "EXPLAIN "
        lines = connection.exec_driver_sql(explain + query, values).all()
    engine.dispose()
    return str(lines)
