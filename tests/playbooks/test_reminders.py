from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from playbooks.calendars import Facts
from playbooks.people import Person
from playbooks.reminders import moment_of, next_reminder, remind_step
from playbooks.run import Change, EventKind, Run, Step
from playbooks.run_actions import cancel_run
from playbooks.step_actions import (
    ask_help, assign_step, complete_step, reopen_step, reschedule_step,
)  # fmt: skip
from tests.playbooks.engine import (
    DORA, FACTS, LEAD, MONDAY, NINA, WEI, facts_of, found, kinds, started, step, utc,
)  # fmt: skip


def active(due: str = "start + 5 workdays", owner: str = "lead", **more: Any) -> Run:
    """A run whose only step is under way since Monday, nine o'clock in Shanghai."""
    return started(step("work", owner, due, **more))


def rung(run: Run, facts: Facts = FACTS, until: str = "2026-04-01 00:00") -> list[str]:
    """When the owner is reminded, by a clock that is always on time."""
    said = []
    while (at := found(run, "work").remind_at) and at < utc(until):
        change = remind_step(run, "work", facts, at=at)
        assert kinds(change.events) == [(EventKind.REMINDED, "work")]
        said.append(f"{at:%m-%d %H:%M}")
        run = change.run
    return said


def test_the_standard_is_two_workdays_before_and_on_the_day_and_then_daily_and_weekly() -> None:
    assert rung(active(), until="2026-03-28 00:00") == [
        "03-05 02:00", "03-09 02:00", "03-10 02:00", "03-11 02:00", "03-12 02:00", "03-19 02:00",
        "03-26 02:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "first"),
    [
        ("close", ["03-09 02:00", "03-13 02:00", "03-16 02:00", "03-17 02:00"]),
        ("quiet", ["03-16 02:00", "03-18 02:00", "03-20 02:00", "03-24 02:00"]),
        ("none", []),
        ({"before": ["1 week"], "due": "no"}, ["03-09 02:00"]),
        ({"before": ["3 days"], "due": "no"}, ["03-13 02:00"]),  # Friday 13th
        ({"before": ["1 day"], "due": "no"}, ["03-13 02:00"]),  # a Sunday goes to Friday
        ({"before": ["4 hours"], "due": "no"}, ["03-16 06:00"]),
        ({"before": ["12 hours"], "due": "no"}, ["03-16 01:00"]),  # at night: when work begins
        ({"due": "no", "again": "1 week"}, ["03-23 02:00", "03-30 02:00"]),
        ({"due": "no", "again": "3 days"}, ["03-19 02:00", "03-24 02:00", "03-27 02:00"]),
        ({"due": "no", "again": "5 hours"}, ["03-17 02:00", "03-18 02:00", "03-19 02:00"]),
        ({"due": "no", "again": "0 workdays"}, ["03-17 02:00", "03-18 02:00"]),
    ],
)
def test_a_playbook_chooses_its_reminders(profile: Any, first: list[str]) -> None:
    assert rung(active("start + 10 workdays", remind=profile))[: max(len(first), 1)] == first


def test_two_reminders_of_one_day_become_one() -> None:
    run = active(remind={"before": ["4 hours", "2 hours"]})
    assert rung(run) == ["03-09 02:00"]


def test_a_step_just_posted_is_not_reminded_at_once() -> None:
    assert rung(active("start", remind={"due": "yes"})) == []
    assert rung(active("start at 15:00", remind={"before": ["1 hour"], "due": "no"})) == [
        "03-02 06:00"
    ]


def test_a_step_posted_late_is_reminded_the_next_day_at_the_earliest() -> None:
    run = started(step("work", due="anchor - 40 workdays"), late="start")
    step_ = found(run, "work")
    assert step_.due_at is not None
    assert step_.due_at < MONDAY
    assert f"{step_.remind_at:%m-%d %H:%M}" == "03-03 02:00"


def test_reminders_come_at_ten_where_the_owner_is() -> None:
    assert rung(active(owner="designer"))[:2] == ["03-05 09:00", "03-09 09:00"]


def test_who_begins_after_ten_is_reminded_when_work_begins() -> None:
    assert rung(active(owner="writer"))[:2] == ["03-05 02:30", "03-09 02:30"]


def test_summer_time_does_not_move_the_hour() -> None:
    said = rung(active("start + 21 workdays", "designer", remind={"before": ["2 workdays"]}))
    assert said == ["03-27 09:00", "03-31 08:00"]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("start + 5 workdays at 11:00", "03-09 02:00"),  # an hour ahead is notice enough
        ("start + 5 workdays at 10:30", "03-09 01:30"),
        ("start + 5 workdays at 09:15", "03-09 01:00"),
        ("start + 5 workdays at 09:00", "03-06 02:00"),  # before work: the workday before
        ("start + 5 days", "03-06 02:00"),  # Saturday
    ],
)
def test_the_reminder_of_the_day_comes_before_the_due_moment(due: str, said: str) -> None:
    assert rung(active(due, remind={"due": "yes"})) == [said]


def test_holidays_are_kept_and_made_up_saturdays_are_worked() -> None:
    at = utc("2026-02-11 01:00")
    run = started(step("work", due="start + 3 workdays"), start_on=date(2026, 2, 11), at=at)
    assert rung(run, until="2026-02-28 00:00") == [  # due on a made-up Saturday, then nine days off
        "02-12 02:00", "02-14 02:00", "02-24 02:00", "02-25 02:00", "02-26 02:00",
    ]  # fmt: skip


def ring(run: Run, at: datetime, facts: Facts = FACTS) -> Change:
    return remind_step(run, "work", facts, at=at)


def test_before_its_time_nothing_is_said() -> None:
    run = active()
    assert ring(run, utc("2026-03-05 01:59")) == Change(run, ())


def test_a_clock_that_comes_late_reminds_once_and_looks_at_the_present_moment() -> None:
    change = ring(active(), utc("2026-03-11 03:00"))
    assert [event.facts for event in change.events] == [
        {"moment": "overdue", "nth": 1, "nudged": False}
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


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("begins", [6, 9, 11])
def test_reminders_of_any_due_moment_fall_in_working_hours(zone: str, begins: int) -> None:
    odd = Person(LEAD, "Lei", zone=zone, from_hour=time(begins), to_hour=time(begins + 5))
    facts = facts_of("CN", lei=odd)
    rule = {"before": ["5 hours", "1 workday", "2 days"], "again": "1 workday"}
    run = started(step("work", due="start + 9 workdays", remind=rule), facts=facts)
    for hours in range(0, 24 * 30, 7):
        moved: Step = replace(found(run, "work"), due_at=MONDAY + timedelta(hours=hours))
        slot, last = next_reminder(run, moved, facts, after=MONDAY), MONDAY
        for _ in range(6):
            assert slot is not None
            assert facts.is_working(LEAD, slot)
            assert slot > last
            slot, last = next_reminder(run, moved, facts, after=slot), slot
