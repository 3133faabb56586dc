"""What waits for a person's decision is found, and only as long as it waits."""

from dataclasses import replace

from playbooks.records import Move
from playbooks.run import Run, RunStatus, StepStatus
from storage.database import Database
from tests.storage.factories import AT, HERE, LATER, add, changed, load, make_run, save, submitted


def waiting(database: Database, person: str = "UHEAD") -> list[tuple[str, str]]:
    found = database.run_now(lambda tx: tx.runs.to_decide(person, workspace=HERE))
    return [(run.id, step.key) for run, step in found]


def asked(database: Database, id_: str = "r1") -> Run:
    run = make_run(id_)
    add(database, run)
    save(database, submitted(run))
    now = load(database, id_)
    assert now
    return now


def test_a_step_handed_in_waits_for_those_who_decide_and_nobody_else(database: Database) -> None:
    run = asked(database)
    assert waiting(database) == [("r1", "brief")]
    assert waiting(database, "ULEAD") == []
    found = database.run_now(lambda tx: tx.runs.to_decide("UHEAD", workspace=HERE))
    assert found == [(run, run.steps[0])]


def test_a_step_that_is_decided_or_taken_back_waits_no_longer(database: Database) -> None:
    for number, move in enumerate(
        (
            Move("approve", "UHEAD", LATER, 1, "head"), Move("changes", "UHEAD", LATER, 1, "head"),
            Move("withdraw", "ULEAD", LATER, 1),
        )
    ):  # fmt: skip
        run = asked(database, f"r{number}")
        status = StepStatus.DONE if move.kind == "approve" else StepStatus.ACTIVE
        save(database, changed(run, "brief", status=status, moves=(move,)))
        assert waiting(database) == []


def test_a_decision_handed_over_or_undone_is_found_where_it_is_now(database: Database) -> None:
    run = asked(database)
    over = Move("delegate", "UHEAD", AT, 1, "head", of="UHEAD", to="UOTHER")
    save(database, changed(run, "brief", moves=(over,)))
    assert (waiting(database), waiting(database, "UOTHER")) == ([], [("r1", "brief")])
    approved = (over, Move("approve", "UOTHER", LATER, 1, "head"))
    save(database, changed(run, "brief", moves=approved, status=StepStatus.DONE))
    assert waiting(database, "UOTHER") == []
    undone = (over, replace(approved[1], undone=True))
    save(database, changed(run, "brief", moves=undone))
    assert waiting(database, "UOTHER") == [("r1", "brief")]


def test_roles_filled_anew_move_the_turn(database: Database) -> None:
    run = asked(database)
    people = {**run.people, "head": ("UNEW",)}
    save(database, changed(replace(run, people=people), "brief"))
    assert (waiting(database), waiting(database, "UNEW")) == ([], [("r1", "brief")])


def test_an_ended_run_waits_for_nobody(database: Database) -> None:
    run = asked(database)
    save(database, changed(replace(run, status=RunStatus.CANCELLED), "brief"))
    assert waiting(database) == []


def test_the_turns_of_many_runs_are_bounded(database: Database) -> None:
    for number in range(3):
        asked(database, f"r{number}")
    assert len(waiting(database)) == 3
    found = database.run_now(lambda tx: tx.runs.to_decide("UHEAD", workspace=HERE, limit=2))
    assert [run.id for run, _ in found] == ["r0", "r1"]


def test_an_open_decision_is_found_by_the_clock(database: Database) -> None:
    run = asked(database)
    save(database, changed(run, "brief", remind_at=AT))
    due = database.run_now(lambda tx: tx.runs.due_reminders(at=AT, limit=9))
    assert due == [(HERE, "r1", "brief")]
