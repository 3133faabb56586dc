"""When something comes round again: real holidays, and rules that hold on every calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.calendars import WorkCalendar, local_moment
from playbooks.openings import (
    EVERY,
    Every,
    next_opening,
    openings,
    parse_day_rule,
    period_after,
    period_of,
)

SHANGHAI = "Asia/Shanghai"
NOON = time(12)
START = datetime(2023, 1, 1, tzinfo=UTC)

RULES = ["workday 1 at 09:30", "workday 3", "workday -1", "last workday at 16:00", "day 1", "day 7"]
WEEKDAY_RULES = ["monday", "friday at 16:00", "sunday"]


@pytest.mark.parametrize(
    ("every", "on", "after", "opens"),
    [
        # National Day 2025: 1 to 8 October off, so that the ninth is the first working day.
        ("month", "workday 1 at 09:30", "2025-09-20", "2025-10-09 09:30"),
        ("month", "workday 2", "2025-09-20", "2025-10-10 09:00"),
        ("month", "day 1", "2025-09-20", "2025-10-09 09:00"),
        ("month", "last workday at 16:00", "2025-10-10", "2025-10-31 16:00"),
        ("month", "workday -2", "2025-10-10", "2025-10-30 09:00"),
        # 31 January 2026 is a Saturday; there is no 31 February: the last day of it counts.
        ("month", "day 31", "2026-01-20", "2026-02-02 09:00"),
        ("month", "day 31", "2026-02-02", "2026-02-28 09:00"),  # a make-up work day, a Saturday
        # The week from 6 October 2025 has three working days, one of them a Saturday.
        ("week", "monday at 10:00", "2025-10-01", "2025-10-09 10:00"),
        ("week", "workday 5", "2025-10-06", "2025-10-11 09:00"),  # the last of the three
        # A week that is all holiday has no opening of its own: Chinese New Year 2026.
        ("week", "workday 1", "2026-02-14", "2026-02-24 09:00"),
        ("quarter", "workday 1 at 09:30", "2025-10-10", "2026-01-04 09:30"),  # a make-up Sunday
        ("half-year", "day 15", "2025-10-10", "2026-01-15 09:00"),
        ("year", "workday 1", "2025-10-10", "2026-01-04 09:00"),
        ("month", "friday", "2025-10-10", "2025-11-07 09:00"),
        ("day", "workday 1 at 08:00", "2025-10-10", "2025-10-11 08:00"),
        ("day", "workday 1 at 18:00", "2025-10-10", "2025-10-10 18:00"),
    ],
)
def test_the_next_opening_in_china(every: Every, on: str, after: str, opens: str) -> None:
    moment = local_moment(date.fromisoformat(after), NOON, SHANGHAI)
    found = next_opening(
        every, parse_day_rule(on, every), WorkCalendar("CN"), SHANGHAI, after=moment
    )
    assert f"{found.at.astimezone(ZoneInfo(SHANGHAI)):%Y-%m-%d %H:%M}" == opens


def test_an_opening_knows_its_period_though_its_day_was_put_off() -> None:
    after = datetime(2026, 1, 20, tzinfo=UTC)
    found = next_opening("month", parse_day_rule("day 31", "month"), WorkCalendar("CN"), SHANGHAI,
                         after=after)  # fmt: skip
    assert (found.on, found.period) == (date(2026, 2, 2), date(2026, 1, 1))


def test_a_clock_that_is_put_forward_keeps_the_wall_time() -> None:
    found = next_opening("week", parse_day_rule("monday at 09:30", "week"), WorkCalendar("DE"),
                         "Europe/Berlin", after=datetime(2026, 3, 28, tzinfo=UTC))  # fmt: skip
    assert found.at == datetime(2026, 3, 30, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "every", "says"),
    [
        ("fryday", "week", "is no day"),
        ("workday 1 at 24:00", "week", "is no day"),
        ("workday 0", "month", "workday 1 to workday 20, or workday -1"),
        ("workday 6", "week", "workday 1 to workday 5"),
        ("workday -21", "month", "workday 1 to workday 20"),
        ("day 32", "month", "day 1 to day 31"),
        ("friday", "day", "write 'every: week'"),
        ("", "week", "is no day"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_mend(on: str, every: Every, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_day_rule(on, every)


@given(
    every=st.sampled_from([every for every in EVERY if every != "day"]),
    on=st.sampled_from(RULES + WEEKDAY_RULES),
    code=st.sampled_from(["CN", "TW", "DE", "US", "AE", "none"]),
    after=st.integers(0, 5 * 366 * 24).map(lambda hours: START + timedelta(hours=hours)),
)
def test_openings_are_working_days_that_rise(
    every: Every, on: str, code: str, after: datetime
) -> None:
    calendar, rule = WorkCalendar(code), parse_day_rule(on, every)
    for _ in range(4):
        found = next_opening(every, rule, calendar, calendar.zone, after=after)
        assert found.at > after
        assert calendar.is_workday(found.on)
        assert found.at == local_moment(found.on, rule.at or time(9), calendar.zone)
        assert found.period <= found.on
        after = found.at


@given(every=st.sampled_from(EVERY), day=st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_periods_follow_one_another_without_a_gap(every: Every, day: date) -> None:
    start = period_of(every, day)
    assert start <= day < period_after(every, start)
    assert period_of(every, period_after(every, start)) == period_after(every, start)


@given(on=st.sampled_from(RULES + WEEKDAY_RULES))
def test_a_rule_is_written_as_it_is_read(on: str) -> None:
    rule = parse_day_rule(on, "month")
    assert parse_day_rule(str(rule), "month") == rule


def test_each_month_has_one_opening() -> None:
    found = openings("month", parse_day_rule("workday 1", "month"), WorkCalendar("CN"), SHANGHAI,
                     since=date(2025, 1, 1))  # fmt: skip
    periods = [next(found).period for _ in range(24)]
    assert periods == [date(2024 + (11 + n) // 12, (11 + n) % 12 + 1, 1) for n in range(24)]
