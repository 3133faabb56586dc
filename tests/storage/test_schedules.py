"""Schedules are kept whole, found when they are due, and opened once by any number of workers."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.services.schedules import ScheduleService
from playbooks.calendars import Facts
from playbooks.definition import Playbook
from playbooks.library import Library
from playbooks.openings import Every
from playbooks.run import Change, Run
from playbooks.schedules import Schedule, Skip
from storage.database import Database, Transaction
from tests.storage.factories import AT, HERE, LATER, PLAYBOOK, add, make_run
from tests.storage.test_concurrency import side_by_side

RECURRING = PLAYBOOK.model_copy(
    update={
        "schedule": Playbook.model_validate(
            PLAYBOOK.model_dump(by_alias=True, exclude_none=True)
            | {"schedule": {"every": "month", "on": "workday 1 at 09:30"}}
        ).schedule
    }
)


def a_schedule(id_: str = "s1", **facts: Any) -> Schedule:
    known = Schedule(HERE, id_, "launch", "r1", "Spring launch", 2, AT, date(2026, 3, 1))
    return replace(known, **facts)


def keep(database: Database, *schedules: Schedule) -> None:
    def work(tx: Transaction) -> None:
        for schedule in schedules:
            tx.schedules.add(schedule)

    add(database, make_run(playbook=RECURRING))
    database.run_now(work)


def test_a_schedule_is_kept_whole(database: Database) -> None:
    keep(database, a_schedule())
    changed = a_schedule(state="stopped", cycle=5, next_at=LATER, skip=Skip("Fair", "U1", "U2"))
    database.run_now(lambda tx: tx.schedules.save(changed))
    assert database.run_now(lambda tx: tx.schedules.get("s1", workspace=HERE)) == changed
    database.run_now(lambda tx: tx.schedules.add(a_schedule()))  # it stays as it is
    assert database.run_now(lambda tx: tx.schedules.all(workspace=HERE)) == [changed]


def test_what_is_due_comes_first_due_first_without_what_is_stopped(database: Database) -> None:
    ahead = AT + timedelta(days=1)
    keep(
        database, a_schedule("later", next_at=LATER), a_schedule("now"),
        a_schedule("stopped", state="stopped"), a_schedule("ahead", next_at=ahead),
    )  # fmt: skip
    due = database.run_now(lambda tx: tx.schedules.due(at=LATER, limit=9))
    assert due == [(HERE, "now"), (HERE, "later")]
    assert database.run_now(lambda tx: tx.schedules.due(at=LATER, limit=1)) == [(HERE, "now")]


def label(every: Every, period: date, language: str) -> str:
    return f"{period:%B %Y}"


def follow(tx: Transaction, before: Run, change: Change, facts: Facts) -> Change:
    return change


def service(database: Database) -> ScheduleService:
    library = Library((), {RECURRING.id: RECURRING}, {}, ())
    return ScheduleService(
        database, told=lambda: None, follow=follow, library=lambda: library, labels=label
    )


def test_two_processes_start_one_run(url: str) -> None:
    database = Database(url)
    keep(database, *(a_schedule(f"s{n}") for n in range(6)))
    database.close()

    def open_all(database: Database, name: str) -> int:
        return asyncio.run(service(database).open_due(at=LATER))

    opened = side_by_side(url, open_all)
    database = Database(url)
    runs = database.run_now(lambda tx: tx.runs.all(workspace=HERE))
    schedules = database.run_now(lambda tx: tx.schedules.all(workspace=HERE))
    database.close()
    assert sum(opened) == 6
    assert len(runs) == 7  # the first, and one for each schedule
    assert {schedule.cycle for schedule in schedules} == {3}
    assert {schedule.run_id for schedule in schedules} == {run.id for run in runs} - {"r1"}
    assert min(schedule.next_at for schedule in schedules) > datetime(2026, 3, 31, tzinfo=AT.tzinfo)
