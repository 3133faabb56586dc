"""When something comes round again: `workday 1 at 09:30` of a week, a month, a quarter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args

from playbooks.calendars import LAST_DAY, WorkCalendar, local_day, local_moment

Every = Literal["day", "week", "month", "quarter", "half-year", "year"]
EVERY: tuple[Every, ...] = get_args(Every)

OPENS = time(9)  # where a rule names no time
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
# How far a rule may count: no period is certain to be longer.
_WORKDAYS = {"day": 1, "week": 5, "month": 20, "quarter": 60, "half-year": 120, "year": 240}
_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half-year": 184, "year": 366}
_RULE = re.compile(
    r"(?:(?P<last>last workday)|workday (?P<workday>-?\d{1,3})|day (?P<day>\d{1,3})"
    rf"|(?P<weekday>{'|'.join(WEEKDAYS)}))(?: at (?P<at>\d{{1,2}}:[0-5]\d))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class DayRule:
    """The day of a period, and the time of that day."""

    kind: Literal["workday", "day", "weekday"]
    count: int  # of working days from the end when negative; of weekdays Monday is 0
    at: time | None = None

    def __str__(self) -> str:
        day = WEEKDAYS[self.count] if self.kind == "weekday" else f"{self.kind} {self.count}"
        return f"{day} at {self.at:%H:%M}" if self.at else day


@dataclass(frozen=True, slots=True)
class Opening:
    """When a period's turn is."""

    at: datetime
    on: date
    period: date  # the period's first day


FIRST = DayRule("workday", 1)  # where a rule names no day


def parse_day_rule(text: str, every: Every) -> DayRule:
    """Read which day of a period is meant; raise ValueError with the words to mend it."""
    found = _RULE.fullmatch(" ".join(text.lower().split()))
    hour = ((found and found["at"]) or "0:00").split(":")[0]
    if not found or int(hour) > 23:
        raise ValueError(
            f"{text[:60]!r} is no day: write e.g. 'workday 1 at 09:30', 'day 15', 'last workday'"
            " or 'friday at 16:00'"
        )
    at = time.fromisoformat(found["at"].zfill(5)) if found["at"] else None
    if found["weekday"] and every == "day":
        raise ValueError(f"every day has no {found['weekday']}: write 'every: week'")
    if found["weekday"]:
        return DayRule("weekday", WEEKDAYS.index(found["weekday"]), at)
    if found["day"]:
        return DayRule("day", _within(int(found["day"]), "day", 1, _DAYS[every], every), at)
    count = -1 if found["last"] else int(found["workday"])
    most = _WORKDAYS[every]
    return DayRule("workday", _within(count, "workday", -most, most, every), at)


def _within(count: int, kind: str, least: int, most: int, every: Every) -> int:
    if count == 0 or not least <= count <= most:
        ends = f"{kind} 1 to {kind} {most}" + (f", or {kind} -1 from the end" if least < 0 else "")
        raise ValueError(f"'{kind} {count}' is no day of every {every}: write {ends}")
    return count


def next_opening(
    every: Every, rule: DayRule, calendar: WorkCalendar, zone: str, *, after: datetime
) -> Opening:
    """The first opening later than `after`, always on a working day of the calendar.

    A day off is put off to the next working day; a week that is all holiday has no opening of
    its own. Raises ValueError beyond the last year that calendars reach.
    """
    for opening in openings(every, rule, calendar, zone, since=local_day(after, zone)):
        if opening.at > after:
            return opening
    raise ValueError("no opening within reach")


def openings(
    every: Every, rule: DayRule, calendar: WorkCalendar, zone: str, *, since: date
) -> Iterator[Opening]:
    """Every opening from around `since` on, in order, each day once."""
    # One before: its day may have been put off into the present period.
    start, last = period_before(every, period_of(every, since)), date.min
    while start < LAST_DAY:
        end = period_after(every, start)
        day = _day_of(rule, calendar, start, end)
        if day and day > last:
            last = day
            yield Opening(local_moment(day, rule.at or OPENS, zone), day, start)
        start = end


def _day_of(rule: DayRule, calendar: WorkCalendar, start: date, end: date) -> date | None:
    if rule.kind == "workday":
        return _workday(rule.count, calendar, start, end)
    ahead = rule.count - 1 if rule.kind == "day" else (rule.count - start.weekday()) % 7
    return calendar.first_workday(min(start + timedelta(days=ahead), end - timedelta(days=1)))


def _workday(count: int, calendar: WorkCalendar, start: date, end: date) -> date | None:
    """The working day so many from the start, or the end; the farthest where there are fewer."""
    one = timedelta(days=1)
    day = calendar.first_workday(start) if count > 0 else calendar.last_workday(end - one)
    if not start <= day < end:
        return None
    for _ in range(abs(count) - 1):
        further = calendar.shift(day, 1 if count > 0 else -1)
        if not start <= further < end:
            break
        day = further
    return day


def period_of(every: Every, day: date) -> date:
    """The first day of the period that a day is in."""
    if every == "day":
        return day
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def period_after(every: Every, start: date) -> date:
    """The first day of the period that follows the one beginning on `start`."""
    if every in {"day", "week"}:
        return start + timedelta(days=1 if every == "day" else 7)
    return period_of(every, start + timedelta(days=_DAYS[every]))


def period_before(every: Every, start: date) -> date:
    """The first day of the period before."""
    return period_of(every, start - timedelta(days=1))
