"""Working days and working hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from playbooks.people import Person

# Country code → the zone where a run of that calendar is at home; "none" is Monday to Friday.
CALENDARS: Mapping[str, str] = {
    "CN": "Asia/Shanghai", "TW": "Asia/Taipei", "HK": "Asia/Hong_Kong", "MO": "Asia/Macau",
    "SG": "Asia/Singapore", "MY": "Asia/Kuala_Lumpur", "JP": "Asia/Tokyo", "KR": "Asia/Seoul",
    "TH": "Asia/Bangkok", "VN": "Asia/Ho_Chi_Minh", "ID": "Asia/Jakarta", "IN": "Asia/Kolkata",
    "AE": "Asia/Dubai", "DE": "Europe/Berlin", "AT": "Europe/Vienna", "CH": "Europe/Zurich",
    "FR": "Europe/Paris", "IT": "Europe/Rome", "ES": "Europe/Madrid", "NL": "Europe/Amsterdam",
    "PL": "Europe/Warsaw", "SE": "Europe/Stockholm", "GB": "Europe/London",
    "US": "America/New_York", "CA": "America/Toronto", "MX": "America/Mexico_City",
    "BR": "America/Sao_Paulo", "AU": "Australia/Sydney", "NZ": "Pacific/Auckland", "none": "UTC",
}  # fmt: skip

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)  # a slip of the year lies outside


@lru_cache(maxsize=512)
def _year_of(code: str, year: int) -> holidays.HolidayBase:
    # One year apiece, never grown: a shared calendar fills itself under other threads' eyes.
    return holidays.country_holidays(code, years=year, expand=False)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of a country, its make-up days included, and a company's own days."""

    code: str
    own: Mapping[date, bool] = field(default_factory=dict, hash=False)  # whether it works then

    @property
    def zone(self) -> str:
        """The IANA zone a run of this calendar is at home in."""
        return CALENDARS[self.code]

    def is_workday(self, day: date) -> bool:
        """Whether people work on `day`; what the company says of it counts before the country."""
        if day in self.own:
            return self.own[day]
        if self.code == "none":
            return day.weekday() < 5
        return bool(_year_of(self.code, day.year).is_working_day(day))

    def first_workday(self, day: date) -> date:
        """`day`, or the next working day after it."""
        return day if self.is_workday(day) else self.shift(day, 1)

    def last_workday(self, day: date) -> date:
        """`day`, or the working day before it."""
        return day if self.is_workday(day) else self.shift(day, -1)

    def shift(self, day: date, count: int) -> date:
        """The working day `count` working days after `day` (before it when negative)."""
        step = timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.is_workday(day):
                day += step
        return day

    def between(self, start: date, end: date) -> int:
        """Working days from `start` to `end`: 0 on the same day, negative when `end` is past."""
        if end < start:
            return -self.between(end, start)
        return sum(
            self.is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1)
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What an action needs to know besides the run."""

    calendar: WorkCalendar
    people: Mapping[str, Person] = field(default_factory=dict)
    lists: Mapping[str, float | str] = field(default_factory=dict)  # by list.<id>.<figure>
    # What is answered so far in the forms of its steps, by step and question.
    drafts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def person(self, id_: str) -> Person:
        """Somebody; whom nobody knows yet lives in the calendar's zone."""
        return self.people.get(id_) or Person(id_, id_, zone=self.calendar.zone)

    def calendar_of(self, who: str) -> WorkCalendar:
        """The days somebody works: those of their own country where they chose one."""
        code = self.person(who).calendar
        return WorkCalendar(code, self.calendar.own) if code in CALENDARS else self.calendar

    def is_working(self, who: str, at: datetime) -> bool:
        """Whether `at` lies in somebody's working hours on a working day of theirs."""
        person = self.person(who)
        local = at.astimezone(ZoneInfo(person.zone))
        in_hours = person.from_hour <= local.time() < person.to_hour
        return in_hours and self.calendar_of(who).is_workday(local.date())

    def next_working(self, who: str, at: datetime) -> datetime:
        """`at`, or the next moment somebody works."""
        if self.is_working(who, at):
            return at
        person, calendar = self.person(who), self.calendar_of(who)
        local = at.astimezone(ZoneInfo(person.zone))
        day = local.date()
        if not calendar.is_workday(day) or local.time() >= person.from_hour:
            day = calendar.shift(day, 1)
        return local_moment(day, person.from_hour, person.zone)


def in_reach(day: date) -> bool:
    """Whether working days can sensibly be counted to a day."""
    return FIRST_DAY <= day <= LAST_DAY


def local_moment(day: date, clock: time, zone: str) -> datetime:
    """The moment a wall clock in `zone` shows `day` and `clock`."""
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


def local_day(at: datetime, zone: str) -> date:
    """The day it is in `zone` at a moment."""
    return at.astimezone(ZoneInfo(zone)).date()
