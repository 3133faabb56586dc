"""Runs and steps are found by channel, person and status."""

from dataclasses import replace
from datetime import timedelta

from playbooks.run import RunStatus, StepStatus
from storage.database import Database
from tests.storage.factories import (
    AT,
    ELSEWHERE,
    HERE,
    LATER,
    add,
    changed,
    make_run,
    make_step,
    save,
)


def test_the_active_runs_of_a_channel_are_found_the_latest_first(database: Database) -> None:
    new, old = make_run("new", started_at=LATER), make_run("old")
    ended = make_run("ended", status=RunStatus.FINISHED, started_at=LATER)
    add(database, ended, old, new, make_run("away", channel="C2"))
    found = database.run_now(lambda tx: tx.runs.active_in("C1", workspace=HERE))
    assert found == [new, old]
    first = database.run_now(lambda tx: tx.runs.active_in("C1", workspace=HERE, limit=1))
    assert first == [new]


def test_of_all_runs_the_active_ones_come_first_then_the_latest(database: Database) -> None:
    add(
        database,
        make_run("ended", status=RunStatus.CANCELLED, started_at=AT + timedelta(days=9)),
        make_run("old"),
        make_run("new", started_at=LATER),
    )
    found = database.run_now(lambda tx: tx.runs.all(workspace=HERE))
    assert [run.id for run in found] == ["new", "old", "ended"]


def test_the_runs_of_a_person_are_those_they_lead_or_own_a_step_of(database: Database) -> None:
    add(
        database,
        make_run("led", lead="UME", steps=()),
        make_run("owned", steps=(make_step(owner="UME"),), started_at=LATER),
        make_run("other"),
        make_run("ended", lead="UME", status=RunStatus.FINISHED),
    )
    found = database.run_now(lambda tx: tx.runs.led_or_owned("UME", workspace=HERE))
    assert [run.id for run in found] == ["owned", "led"]


def test_the_open_steps_of_a_person_come_in_the_order_they_are_due(database: Database) -> None:
    mine = make_step(owner="UME")
    steps = (
        replace(mine, key="someday"),
        replace(mine, key="late", due_at=AT),
        replace(mine, key="done", due_at=AT, status=StepStatus.DONE),
        replace(mine, key="soon", due_at=LATER, status=StepStatus.WAITING),
        replace(mine, key="other", due_at=AT, owner="UX"),
    )
    run = make_run(steps=steps)
    add(database, run, make_run("ended", steps=steps, status=RunStatus.CANCELLED))
    found = database.run_now(lambda tx: tx.runs.open_steps("UME", workspace=HERE))
    assert found == [(run, steps[1]), (run, steps[3]), (run, steps[0])]
    first = database.run_now(lambda tx: tx.runs.open_steps("UME", workspace=HERE, limit=1))
    assert first == [(run, steps[1])]


def test_somebody_without_work_has_no_open_steps(database: Database) -> None:
    add(database, make_run())
    assert database.run_now(lambda tx: tx.runs.open_steps("UNEW", workspace=HERE)) == []


def test_runs_of_several_playbook_versions_load_with_their_own(database: Database) -> None:
    newer = make_run().playbook.model_copy(update={"calendar": "CN"})
    add(database, make_run("a"), make_run("b", playbook=newer, version="v2"))
    found = database.run_now(lambda tx: tx.runs.open_steps("ULEAD", workspace=HERE))
    assert {run.id: run.playbook for run, _ in found} == {"a": make_run().playbook, "b": newer}


def test_a_step_given_away_leaves_the_list(database: Database) -> None:
    add(database, make_run())
    save(database, changed(make_run(), "brief", owner="UNEW"))
    assert database.run_now(lambda tx: tx.runs.open_steps("ULEAD", workspace=HERE)) == []


def test_an_operator_finds_a_run_of_any_workspace_by_its_id(database: Database) -> None:
    later = make_run("late", workspace=ELSEWHERE, started_at=LATER, name="Other")
    add(database, make_run("early"), later)
    homes = database.run_now(lambda tx: [tx.runs.home_of(id_) for id_ in ("early", "late", "no")])
    assert homes == [HERE, ELSEWHERE, None]
    newest = database.run_now(lambda tx: tx.runs.newest())
    assert newest == [("late", "Other"), ("early", make_run().name)]
    assert database.run_now(lambda tx: tx.runs.newest(limit=1)) == newest[:1]
