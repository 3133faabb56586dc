"""What is due is found in every workspace, by its index."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from playbooks.run import RunStatus, StepStatus
from storage.database import Database, Transaction
from storage.engine import open_engine
from tests.storage.factories import AT, HERE, LATER, add, add_change, changed, make_run
from tests.storage.statements import executed


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


def test_a_decision_nobody_has_acknowledged_is_due_though_its_step_is_closed(
    database: Database,
) -> None:
    closed = {"status": StepStatus.DONE, "remind_at": None}
    add_change(database, changed(make_run("r1"), "brief", **closed, ack_at=AT))
    add_change(database, changed(make_run("r2"), "brief", **closed, ack_at=LATER))
    due = database.run_now(lambda tx: tx.runs.due_acknowledgements(at=AT, limit=9))
    assert due == [(HERE, "r1", "brief")]


def test_nothing_is_due_in_a_run_that_has_ended(database: Database) -> None:
    add(database, make_run(status=RunStatus.CANCELLED))
    assert database.run_now(lambda tx: tx.runs.due_reminders(at=AT, limit=9)) == []


def test_active_runs_whose_day_is_over_are_to_be_drawn_anew(database: Database) -> None:
    add(
        database,
        make_run("soon", redraw_at=LATER),
        make_run("late", redraw_at=AT - timedelta(hours=1), workspace="T9"),
        make_run("now", redraw_at=AT),
        make_run("never"),
        make_run("ended", redraw_at=AT, status=RunStatus.FINISHED),
    )
    due = database.run_now(lambda tx: tx.runs.due_redraws(at=AT, limit=9))
    assert due == [("T9", "late"), (HERE, "now")]
    assert database.run_now(lambda tx: tx.runs.due_redraws(at=AT, limit=1)) == due[:1]


def test_nothing_is_due_in_a_run_that_is_paused(database: Database) -> None:
    still = make_run("still", status=RunStatus.PAUSED, redraw_at=AT, gate_at=AT)
    add_change(database, changed(still, "brief", remind_at=AT, ack_at=AT))
    asks: tuple[Callable[[Transaction], Any], ...] = (
        lambda tx: tx.runs.due_reminders(at=LATER, limit=9),
        lambda tx: tx.runs.due_acknowledgements(at=LATER, limit=9),
        lambda tx: tx.runs.due_redraws(at=LATER, limit=9),
        lambda tx: tx.runs.due_gates(at=LATER, limit=9),
    )
    assert [database.run_now(ask) for ask in asks] == [[]] * 4


def test_active_runs_with_an_open_gate_to_speak_of_are_found(database: Database) -> None:
    add(
        database,
        make_run("soon", gate_at=LATER),
        make_run("late", gate_at=AT - timedelta(hours=1), workspace="T9"),
        make_run("now", gate_at=AT),
        make_run("never"),
        make_run("ended", gate_at=AT, status=RunStatus.FINISHED),
    )
    due = database.run_now(lambda tx: tx.runs.due_gates(at=AT, limit=9))
    assert due == [("T9", "late"), (HERE, "now")]


DUE: list[tuple[str, Callable[[Transaction], object]]] = [
    ("ix_steps_remind_at", lambda tx: tx.runs.due_reminders(at=AT, limit=9)),
    ("ix_steps_ack_at", lambda tx: tx.runs.due_acknowledgements(at=AT, limit=9)),
    ("ix_runs_redraw_at", lambda tx: tx.runs.due_redraws(at=AT, limit=9)),
    ("ix_runs_gate_at", lambda tx: tx.runs.due_gates(at=AT, limit=9)),
    ("ix_events_unannounced", lambda tx: tx.events.unannounced_runs(at=AT, limit=9)),
]


@pytest.mark.parametrize(("index", "ask"), DUE, ids=[index for index, _ in DUE])
def test_what_is_due_is_found_by_its_index(
    url: str, index: str, ask: Callable[[Transaction], object]
) -> None:
    database = Database(url)
    with executed() as sent:
        database.run_now(ask)
    database.close()
    query, values = next(one for one in sent if one[0].startswith("SELECT"))
    assert index in plan(url, query, values)


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
