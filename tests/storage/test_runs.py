"""Runs are saved and loaded whole."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import NoResultFound

from playbooks.run import Change, EventKind, RunStatus, StepStatus
from storage.database import Database, Transaction
from storage.runs import AlreadyThere
from tests.storage.factories import (
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
from tests.storage.statements import executed


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
