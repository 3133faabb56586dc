from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from playbooks.calendars import Facts
from playbooks.reminders import moment_of, next_reminder, remind_step
from playbooks.run import Change, Run
from playbooks.run_actions import cancel_run
from playbooks.step_actions import (
    ask_help,
    assign_step,
    reopen_step,
    reschedule_step,
)  # fmt: skip
from playbooks.submission import complete_step
from tests.playbooks.engine import (
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    NINA,
    WEI,
    found,
    started,
    step,
    utc,
)  # fmt: skip


def active(due: str = "start + 5 workdays", owner: str = "lead", **more: Any) -> Run:
    """A run whose only step is under way since Monday, nine o'clock in Shanghai."""
    return started(step("work", owner, due, **more))


def ring(run: Run, at: datetime, facts: Facts = FACTS) -> Change:
    return remind_step(run, "work", facts, at=at)


def test_before_its_time_nothing_is_said() -> None:
    run = active()
    assert ring(run, utc("2026-03-05 01:59")) == Change(run, ())


def test_a_clock_that_comes_late_reminds_once_and_looks_at_the_present_moment() -> None:
    change = ring(active(), utc("2026-03-11 03:00"))
    assert [event.facts for event in change.events] == [
        {
            "moment": "overdue",
            "nth": 1,
            "nudged": False,
            "meant": "2026-03-05T02:00:00+00:00",
        }
    ]
    assert found(change.run, "work").remind_at == utc("2026-03-12 02:00")
    assert ring(change.run, utc("2026-03-11 03:00")).events == ()


def test_off_hours_a_reminder_moves_to_when_work_begins() -> None:
    change = ring(active(), utc("2026-03-06 12:00"))
    assert change.events == ()
    assert found(change.run, "work").remind_at == utc("2026-03-09 01:00")
    assert found(change.run, "work").reminded == 0


def test_reminders_count_and_know_of_earlier_ones() -> None:
    run, said = active(), []
    for at in ("2026-03-05 02:00", "2026-03-09 02:00", "2026-03-10 02:00"):
        change = ring(run, utc(at))
        run = change.run
        said += [event.facts for event in change.events]
    assert said == [
        {"moment": "before", "nth": 1, "nudged": False},
        {"moment": "due", "nth": 2, "nudged": True},
        {"moment": "overdue", "nth": 3, "nudged": True},
    ]


def test_nobody_is_reminded_of_what_is_not_under_way() -> None:
    run, at = active(), utc("2026-03-09 02:00")
    closed = complete_step(run, "work", FACTS, by=LEAD, at=MONDAY).run
    cancelled = cancel_run(run, reason="budget", by=LEAD, at=MONDAY).run
    waiting = started(step("first"), step("work", needs=["first"]))
    for quiet in (closed, cancelled, waiting):
        assert found(quiet, "work").remind_at is None
        assert ring(quiet, at) == Change(quiet, ())
    assert remind_step(run, "nowhere", FACTS, at=at) == Change(run, ())


def test_who_asked_for_help_is_left_alone_until_something_moves() -> None:
    run = ask_help(active(), "work", by=LEAD, at=MONDAY).run
    assert ring(run, utc("2026-03-09 02:00")).events == ()
    moved = reschedule_step(run, "work", FACTS, due_at=utc("2026-03-13 10:00"), by=LEAD, at=MONDAY)
    assert found(moved.run, "work").remind_at == utc("2026-03-11 02:00")


def test_a_step_without_a_date_is_not_reminded() -> None:
    run = active("param.missing")
    assert found(run, "work").remind_at is None
    assert next_reminder(run, found(run, "work"), FACTS, after=MONDAY) is None
    assert ring(run, utc("2026-03-09 02:00")).events == ()
    dateless = run.with_step(replace(found(run, "work"), remind_at=MONDAY))
    assert ring(dateless, utc("2026-03-09 02:00")) == Change(dateless, ())


HOURLY = {"before": ["3 hours"], "again": "1 workday"}


def reminded_at_ten() -> Run:
    run = active(remind=HOURLY)
    return ring(run, utc("2026-03-09 02:00")).run


def test_after_a_reminder_a_new_date_says_nothing_more_that_day() -> None:
    run = reschedule_step(
        reminded_at_ten(), "work", FACTS, due_at=utc("2026-03-09 09:00"), by=LEAD,
        at=utc("2026-03-09 03:00"),
    ).run  # fmt: skip
    assert found(run, "work").remind_at == utc("2026-03-10 02:00")


def test_after_a_reminder_taking_a_step_up_again_says_nothing_more_that_day() -> None:
    run = active("start + 5 workdays at 17:59", remind=HOURLY)
    other = started(step("work", due="start + 5 workdays", remind=HOURLY), step("rest"))
    run = ring(other, utc("2026-03-09 02:00")).run
    run = complete_step(run, "work", FACTS, by=LEAD, at=utc("2026-03-09 02:10")).run
    run = reopen_step(run, "work", FACTS, by=LEAD, at=utc("2026-03-09 02:20")).run
    assert found(run, "work").remind_at == utc("2026-03-10 02:00")
    assert found(run, "work").reminded == 0


def test_handing_a_step_to_and_fro_reminds_nobody_twice_a_day() -> None:
    run, at = reminded_at_ten(), utc("2026-03-09 03:00")
    away = assign_step(run, "work", FACTS, person=WEI, by=LEAD, at=at).run
    back = assign_step(away, "work", FACTS, person=LEAD, by=LEAD, at=at + timedelta(hours=1)).run
    assert found(back, "work").remind_at == utc("2026-03-10 02:00")


def test_the_new_owner_is_reminded_in_their_own_morning() -> None:
    run = assign_step(active(), "work", FACTS, person=NINA, by=LEAD, at=MONDAY).run
    assert found(run, "work").remind_at == utc("2026-03-05 15:00")
    dora = assign_step(run, "work", FACTS, person=DORA, by=LEAD, at=MONDAY).run
    assert found(dora, "work").remind_at == utc("2026-03-05 09:00")


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("2026-03-08 15:59", "before"), ("2026-03-08 16:00", "due"), ("2026-03-09 10:00", "due"),
        ("2026-03-09 10:01", "overdue"),
    ],
)  # fmt: skip
def test_a_reminder_knows_where_it_stands(at: str, moment: str) -> None:
    assert moment_of(utc("2026-03-09 10:00"), utc(at), "Asia/Shanghai") == moment


def test_a_planned_date_that_moves_does_not_disturb_who_waits_for_help() -> None:
    run = started(step("first"), step("work", due="after(first) + 4 workdays"))
    run = ask_help(run, "work", by=LEAD, at=MONDAY).run
    run = complete_step(run, "first", FACTS, by=LEAD, at=MONDAY).run
    assert found(run, "work").due_at == utc("2026-03-06 10:00")
    assert found(run, "work").remind_at is None
