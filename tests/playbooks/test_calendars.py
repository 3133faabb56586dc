import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playbooks.calendars import CALENDARS, Facts, WorkCalendar, local_day, local_moment
from playbooks.people import Person
from tests.playbooks.engine import utc

CN, DE, US, PLAIN = (WorkCalendar(code) for code in ("CN", "DE", "US", "none"))
# What the State Council announced: work on these weekend days …
MADE_UP = {
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}
# … and these stretches off, first and last day.
OFF = [
    ("2024-02-10", "2024-02-17"), ("2024-05-01", "2024-05-05"), ("2024-10-01", "2024-10-07"),
    ("2025-01-28", "2025-02-04"), ("2025-05-01", "2025-05-05"), ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]  # fmt: skip


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("year", sorted(MADE_UP))
def test_china_works_on_exactly_the_announced_weekend_days(year: int) -> None:
    worked = [
        f"{day:%m-%d}"
        for day in days(date(year, 1, 1), date(year, 12, 31))
        if day.weekday() >= 5 and CN.is_workday(day)
    ]
    assert worked == MADE_UP[year]


@pytest.mark.parametrize(("first", "last"), OFF)
def test_china_rests_through_its_holidays(first: str, last: str) -> None:
    resting = days(date.fromisoformat(first), date.fromisoformat(last))
    assert not [day for day in resting if CN.is_workday(day)]


@pytest.mark.parametrize("code", sorted(CALENDARS))
def test_every_calendar_knows_its_zone_and_has_about_250_workdays(code: str) -> None:
    calendar = WorkCalendar(code)
    assert ZoneInfo(calendar.zone)
    assert sum(calendar.is_workday(d) for d in days(date(2026, 1, 1), date(2026, 12, 31))) >= 235


def test_without_a_country_monday_to_friday_are_worked() -> None:
    week = days(date(2026, 12, 21), date(2026, 12, 27))
    assert [PLAIN.is_workday(day) for day in week] == [True] * 5 + [False] * 2


def test_counting_passes_over_holidays_and_takes_make_up_days_along() -> None:
    assert CN.shift(date(2026, 2, 13), 1) == date(2026, 2, 14)  # a Saturday worked
    assert CN.shift(date(2026, 2, 14), 1) == date(2026, 2, 24)  # after nine days off
    assert CN.shift(date(2026, 2, 24), -2) == date(2026, 2, 13)
    assert DE.shift(date(2026, 12, 23), 2) == date(2026, 12, 28)


def test_counting_nothing_keeps_even_a_day_off() -> None:
    assert CN.shift(date(2026, 10, 3), 0) == date(2026, 10, 3)


def test_counting_from_a_day_off_counts_worked_days_only() -> None:
    assert CN.shift(date(2026, 10, 4), 1) == date(2026, 10, 8)
    assert CN.shift(date(2026, 10, 4), -1) == date(2026, 9, 30)


def test_counting_crosses_month_ends_years_and_leap_days() -> None:
    assert PLAIN.shift(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert PLAIN.shift(date(2027, 2, 26), 1) == date(2027, 3, 1)
    assert DE.shift(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert PLAIN.shift(date(2026, 1, 1), -1) == date(2025, 12, 31)


@pytest.mark.parametrize("calendar", [CN, DE, US, PLAIN], ids=lambda c: str(c.code))
def test_shift_and_between_undo_each_other(calendar: WorkCalendar) -> None:
    for start in days(date(2026, 1, 20), date(2026, 3, 10)):
        for count in (-30, -3, 0, 1, 4, 25):
            there = calendar.shift(start, count)
            if calendar.is_workday(start):
                assert calendar.between(start, there) == count
            assert (there > start) == (count > 0)


def test_the_first_and_last_workday_around_a_day_off() -> None:
    assert CN.first_workday(date(2026, 10, 3)) == date(2026, 10, 8)
    assert CN.last_workday(date(2026, 10, 3)) == date(2026, 9, 30)
    assert CN.first_workday(date(2026, 10, 10)) == date(2026, 10, 10)
    assert CN.last_workday(date(2026, 10, 10)) == date(2026, 10, 10)


@pytest.fixture
def _hasty_threads() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_hasty_threads")
def test_threads_that_meet_a_year_for_the_first_time_agree_on_its_holidays() -> None:
    for year in range(1960, 1980):
        gate, answers = Barrier(4), list[bool]()

        def ask(day: date, gate: Barrier = gate, answers: list[bool] = answers) -> None:
            gate.wait(timeout=10)
            answers.append(WorkCalendar("AU").is_workday(day))

        threads = [Thread(target=ask, args=[date(year, 1, 26)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=10)
        assert len(answers) == 4
        assert len(set(answers)) == 1


def test_a_stranger_lives_in_the_zone_of_the_calendar() -> None:
    assert Facts(CN).person("U7") == Person("U7", "U7", zone="Asia/Shanghai")


def facts(zone: str, calendar: WorkCalendar = PLAIN, **hours: Any) -> Facts:
    return Facts(calendar, {"U1": Person("U1", "A", zone=zone, **hours)})


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-03-02 08:00", "2026-03-02 08:00"),  # in hours
        ("2026-03-02 07:59", "2026-03-02 08:00"),  # before them, and Berlin is an hour ahead
        ("2026-03-02 17:00", "2026-03-03 08:00"),  # six o'clock is over
        ("2026-03-06 20:00", "2026-03-09 08:00"),  # Friday evening
        ("2026-03-07 03:00", "2026-03-09 08:00"),  # Saturday night
        ("2026-03-27 20:00", "2026-03-30 07:00"),  # the clocks go forward on Sunday
        ("2026-10-23 20:00", "2026-10-26 08:00"),  # and back
        ("2026-04-02 20:00", "2026-04-07 07:00"),  # Easter
    ],
)
def test_work_in_berlin_goes_on_at_nine(at: str, then: str) -> None:
    assert facts("Europe/Berlin", DE).next_working("U1", utc(at)) == utc(then)


def test_work_in_new_york_goes_on_at_nine_whatever_the_clocks_do() -> None:
    team = facts("America/New_York", US)
    assert team.next_working("U1", utc("2026-03-06 23:30")) == utc("2026-03-09 13:00")
    assert team.next_working("U1", utc("2026-10-30 23:30")) == utc("2026-11-02 14:00")


def test_work_goes_on_on_a_made_up_saturday() -> None:
    team = facts("Asia/Shanghai", CN)
    assert team.next_working("U1", utc("2026-02-13 20:00")) == utc("2026-02-14 01:00")
    assert team.next_working("U1", utc("2026-02-14 10:00")) == utc("2026-02-24 01:00")


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC"])
def test_the_next_working_moment_is_always_worked_and_never_earlier(zone: str) -> None:
    team = facts(zone, US, from_hour=time(8, 30), to_hour=time(16, 15))
    for hours in range(0, 24 * 400, 5):
        at = utc("2026-01-01 00:07") + timedelta(hours=hours)
        then = team.next_working("U1", at)
        assert then >= at
        assert team.is_working("U1", then)
        assert (then == at) == team.is_working("U1", at)


def test_a_wall_clock_names_a_moment_in_its_zone() -> None:
    assert local_moment(date(2026, 3, 28), time(18), "Europe/Berlin") == utc("2026-03-28 17:00")
    assert local_moment(date(2026, 3, 29), time(18), "Europe/Berlin") == utc("2026-03-29 16:00")
    assert local_moment(date(2026, 3, 29), time(2, 30), "Europe/Berlin") == utc("2026-03-29 01:30")
    assert local_moment(date(2028, 2, 29), time(9), "Asia/Shanghai") == utc("2028-02-29 01:00")
    assert local_moment(date(2026, 3, 2), time(9), "UTC").utcoffset() == timedelta(0)


def test_a_moment_belongs_to_the_day_of_its_zone() -> None:
    at = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert local_day(at, "Asia/Shanghai") == date(2026, 3, 2)
    assert local_day(at, "America/New_York") == date(2026, 3, 1)
