"""Days of a person's own country, and days of the company."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.calendars import CALENDARS, Facts, WorkCalendar, local_day, local_moment
from playbooks.due_rules import Span, Unit
from playbooks.people import Person
from playbooks.reminders import next_reminder
from playbooks.working_time import working_after
from tests.playbooks.engine import (
    ANCHORED,
    PEOPLE,
    facts_of,
    found,
    playbook_of,
    start,
    step,
    utc,
)

WHO = "U1"
CODES = st.sampled_from(sorted(CALENDARS))
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: utc("2024-01-01 00:00") + timedelta(minutes=minutes)
)


def facts(run: str, own: str, zone: str = "Asia/Shanghai", **hours: Any) -> Facts:
    person = Person(WHO, "A", zone=zone, calendar=own, **hours)
    return Facts(WorkCalendar(run), {WHO: person})


@pytest.mark.parametrize(
    ("own", "then"),
    [
        ("", "2026-10-08 01:00"),  # the run's: China rests until the 7th
        ("DE", "2026-10-05 01:00"),  # a Monday after German Unity
        ("TW", "2026-10-05 01:00"),
        ("nowhere", "2026-10-08 01:00"),  # what is no calendar does not count
    ],
)
def test_work_goes_on_on_the_days_of_ones_own_country(own: str, then: str) -> None:
    assert facts("CN", own).next_working(WHO, utc("2026-10-02 12:00")) == utc(then)


def test_a_working_day_of_the_run_is_none_for_who_rests_then() -> None:
    saturday = utc("2026-10-10 02:00")  # made up in China
    assert facts("DE", "CN").is_working(WHO, saturday)
    assert not facts("CN", "DE").is_working(WHO, saturday)


def test_reminders_come_on_the_owner_s_days_and_due_dates_stay_the_run_s() -> None:
    dora = Person("U2DORA", "Dora", zone="Asia/Shanghai", calendar="DE")
    team = facts_of("CN", DORA=dora)
    rule = "start + 27 workdays"  # Tuesday 7 April; Easter Monday is the 6th, as is Qingming
    run = start(playbook_of(step("work", "designer", rule), **ANCHORED), facts=team).run
    work = found(run, "work")
    assert work.due_at
    assert local_day(work.due_at, run.zone) == WorkCalendar("CN").shift(date(2026, 3, 2), 27)
    after, said = utc("2026-03-02 01:00"), []
    while (slot := next_reminder(run, work, team, after=after)) and slot < utc("2026-05-10 00:00"):
        said.append(local_day(slot, dora.zone))
        after = slot
    assert said
    assert all(WorkCalendar("DE").is_workday(day) for day in said)
    assert date(2026, 5, 1) not in said


@given(run=CODES, own=CODES, at=MOMENTS, zone=st.sampled_from(sorted(set(CALENDARS.values()))))
def test_the_next_working_moment_is_worked_in_ones_own_country(
    run: str, own: str, at: datetime, zone: str
) -> None:
    team = facts(run, own, zone, from_hour=time(8, 30), to_hour=time(17))
    then = team.next_working(WHO, at)
    assert then >= at
    assert WorkCalendar(own).is_workday(local_day(then, zone))
    assert team.is_working(WHO, then)


@given(
    own=CODES, at=MOMENTS, count=st.integers(1, 30),
    unit=st.sampled_from(["workdays", "days", "weeks", "hours", "minutes"]),
)  # fmt: skip
def test_a_span_of_working_time_ends_when_somebody_works(
    own: str, at: datetime, count: int, unit: Unit
) -> None:
    team = facts("CN", own, CALENDARS[own])
    then = working_after(team, WHO, at, Span(count, unit))
    assert then > at
    assert team.is_working(WHO, then)


@pytest.mark.parametrize(
    ("zone", "code", "friday", "monday"),
    [
        ("Europe/Berlin", "DE", "2026-03-27 16:30", "2026-03-30 08:30"),  # forward on Sunday
        ("Europe/Berlin", "DE", "2026-10-23 15:30", "2026-10-26 09:30"),  # and back
        ("America/New_York", "US", "2026-03-06 22:30", "2026-03-09 14:30"),
        ("America/New_York", "US", "2026-10-30 21:30", "2026-11-02 15:30"),
    ],
)
def test_two_working_hours_over_a_change_of_the_clocks_are_two_hours(
    zone: str, code: str, friday: str, monday: str
) -> None:
    """Half an hour on Friday, then an hour and a half from nine o'clock on Monday."""
    team = facts("CN", code, zone)
    assert working_after(team, WHO, utc(friday), Span(2, "hours")) == utc(monday)


# the company


def test_a_company_s_own_days_count_before_the_country_s() -> None:
    own = {date(2026, 12, 24): False, date(2026, 12, 26): True}
    calendar = WorkCalendar("DE", own)
    assert not calendar.is_workday(date(2026, 12, 24))
    assert calendar.is_workday(date(2026, 12, 26))
    assert calendar.shift(date(2026, 12, 23), 1) == date(2026, 12, 26)
    assert WorkCalendar("none", own).is_workday(date(2026, 12, 26))


def test_a_company_s_days_hold_in_everybody_s_calendar() -> None:
    own = {date(2026, 10, 5): False}
    team = Facts(WorkCalendar("CN", own), {WHO: Person(WHO, "A", zone="UTC", calendar="DE")})
    assert team.next_working(WHO, utc("2026-10-04 12:00")) == utc("2026-10-06 09:00")


@given(
    code=CODES, day=DAYS, count=st.integers(-60, 60).filter(bool),
    own=st.dictionaries(DAYS, st.booleans(), max_size=30),
)  # fmt: skip
def test_counting_ends_on_a_working_day_whatever_the_company_says(
    code: str, day: date, count: int, own: dict[date, bool]
) -> None:
    calendar = WorkCalendar(code, own)
    there = calendar.shift(day, count)
    assert calendar.is_workday(there)
    assert (there > day) == (count > 0)
    if calendar.is_workday(day):
        assert calendar.between(day, there) == count


# due dates


@given(
    code=CODES.filter(lambda code: code != "none"), base=st.sampled_from(["start", "anchor"]),
    count=st.integers(1, 60), sign=st.sampled_from("+-"), start_on=DAYS,
    ahead=st.integers(100, 200), own=st.dictionaries(DAYS, st.booleans(), max_size=20),
)  # fmt: skip
def test_a_due_date_counted_in_workdays_is_a_working_day(
    code: str, base: str, count: int, sign: str, start_on: date, ahead: int, own: dict[date, bool]
) -> None:
    rule = f"{base} {'+' if base == 'start' else sign} {count} workdays"
    team = Facts(WorkCalendar(code, own), {
        id_: Person(id_, person.name, zone=CALENDARS[code]) for id_, person in PEOPLE.items()
    })  # fmt: skip
    at = local_moment(start_on, time(9), CALENDARS[code])
    anchor = start_on + timedelta(days=ahead)
    run = start(
        playbook_of(step("work", due=rule), **ANCHORED), facts=team, at=at, start_on=start_on,
        anchor_on=anchor, calendar=code, late="start",
    ).run  # fmt: skip
    due_at = found(run, "work").due_at
    assert due_at
    assert WorkCalendar(code, own).is_workday(local_day(due_at, run.zone))
    assert run.anchor_on == anchor  # never moved, whatever day it falls on


@pytest.mark.parametrize(
    ("rule", "then"),
    [
        ("anchor", "2026-10-03"),  # the day itself, in the middle of the holiday
        ("anchor - 1 day", "2026-10-02"),  # calendar days do not look
        ("anchor - 1 week", "2026-09-26"),
        ("anchor - 1 workday", "2026-09-30"),
        ("anchor + 1 workday", "2026-10-08"),
    ],
)
def test_a_deadline_on_a_day_off_follows_its_rule(rule: str, then: str) -> None:
    run = start(
        playbook_of(step("work", due=rule), **ANCHORED), anchor_on=date(2026, 10, 3)
    ).run  # fmt: skip
    due_at = found(run, "work").due_at
    assert due_at
    assert local_day(due_at, run.zone) == date.fromisoformat(then)
    assert run.anchor_on == date(2026, 10, 3)
