from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from playbooks.calendars import Facts
from playbooks.people import Person
from playbooks.reminders import next_reminder, remind_step
from playbooks.run import EventKind, Run, Step
from tests.playbooks.engine import (
    FACTS,
    LEAD,
    MONDAY,
    facts_of,
    found,
    kinds,
    started,
    step,
    utc,
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
        ({"due": "no", "again": "2 weeks"}, ["03-30 02:00"]),
        ({"due": "no", "again": "0 workdays"}, ["03-17 02:00", "03-18 02:00"]),
    ],
)
def test_a_playbook_chooses_its_reminders(profile: Any, first: list[str]) -> None:
    assert rung(active("start + 10 workdays", remind=profile))[: max(len(first), 1)] == first


def test_who_asks_for_a_longer_rhythm_keeps_it() -> None:
    slow = {"due": "no", "again": "2 weeks"}
    assert rung(active(remind=slow), until="2026-06-20 00:00") == [
        "03-23 02:00", "04-07 02:00", "04-21 02:00", "05-08 02:00", "05-21 02:00", "06-04 02:00",
        "06-18 02:00",
    ]  # fmt: skip


def test_nothing_is_said_at_the_due_moment_itself() -> None:
    exact = {"before": ["0 workdays"], "due": "no"}
    assert rung(active("start + 5 workdays at 10:00", remind=exact)) == []
    assert rung(active("start + 5 workdays at 10:01", remind=exact)) == ["03-09 02:00"]


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


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("begins", [6, 9, 11])
def test_reminders_of_any_due_moment_fall_in_working_hours(zone: str, begins: int) -> None:
    odd = Person(LEAD, "Lei", zone=zone, from_hour=time(begins), to_hour=time(begins + 5))
    facts = facts_of("CN", lei=odd)
    rule = {"before": ["5 hours", "1 workday", "2 days"], "again": "1 workday"}
    run = started(step("work", due="start + 9 workdays", remind=rule), facts=facts)
    for hours in range(0, 24 * 30, 7):
        moved: Step = replace(found(run, "work"), due_at=MONDAY + timedelta(hours=hours))
        last = MONDAY
        for _ in range(6):
            slot = next_reminder(run, moved, facts, after=last)
            assert slot is not None
            assert facts.is_working(LEAD, slot)
            assert slot > last
            last = slot
