"""Moments and days as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.views.markup import Markup, phrase
from bot.words.catalogue import say
from playbooks.calendars import local_day
from playbooks.run import Run, Step

_FAR = 14  # days; beyond them calendar days mislead less than a count of working days


@dataclass(frozen=True, slots=True)
class Zones:
    """Whose day counts: each owner's where a channel reads, the reader's where one person does."""

    owners: Mapping[str, str] = field(default_factory=dict)
    reader: str = ""

    def of(self, run: Run, step: Step) -> str:
        """The zone in which a step's days are counted; the run's, where no other is known."""
        return self.reader or self.owners.get(step.owner, run.zone)


NOBODYS = Zones()  # where nobody's is known


def moment(at: datetime, language: str, zone: str) -> Markup:
    """A short moment that Slack shows in the reader's own zone, such as today 18:00."""
    return _token(at, "{date_short_pretty} {time}", language, zone)


def full_moment(at: datetime, language: str, zone: str) -> Markup:
    """A moment with its weekday, in the reader's own zone; zone and date in the fallback."""
    return _token(at, "{date_long_pretty}, {time}", language, zone)


def _token(at: datetime, pattern: str, language: str, zone: str) -> Markup:
    fallback = f"{written(at, language, zone)} {_offset(at, zone)}"
    return Markup(f"<!date^{int(at.timestamp())}^{pattern}|{fallback}>")


def _offset(at: datetime, zone: str) -> str:
    minutes = int((at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def written(at: datetime, language: str, zone: str) -> str:
    """A moment written out in `zone`, for places that take no markup."""
    local = at.astimezone(ZoneInfo(zone))
    return say(
        language, "date.moment", day=written_day(local.date(), language), time=f"{local:%H:%M}"
    )


def zoned(at: datetime, language: str, zone: str) -> str:
    """A moment written out with its offset, for readers who may live elsewhere."""
    return f"{written(at, language, zone)} ({_offset(at, zone)})"


def written_day(on: date, language: str, *, since: date | None = None) -> str:
    """A day such as Thu 20 Nov, with its year when it is not that of `since`."""
    facts = {
        "weekday": say(language, "date.weekdays").split()[on.weekday()],
        "month": say(language, "date.months").split()[on.month - 1],
        "day": on.day,
    }
    if since is None or since.year == on.year:
        return say(language, "date.day", **facts)
    return say(language, "date.day_and_year", **facts, year=on.year)


def distance(
    run: Run, due_at: datetime, at: datetime, language: str, zone: str | None = None
) -> Markup:
    """How far a due moment is away, in the working days of the run's calendar."""
    today, day = (local_day(one, zone or run.zone) for one in (at, due_at))
    days = (day - today).days
    names = {-1: "date.yesterday", 0: "date.today", 1: "date.tomorrow"}
    if days in names:
        return phrase(language, names[days])
    working = abs(run.work_calendar.between(today, day)) if abs(days) <= _FAR else 0
    if working:
        key = "date.in_working_days" if days > 0 else "date.ago_working_days"
        return phrase(language, key, n=working)
    return phrase(language, "date.in_days" if days > 0 else "date.ago_days", n=abs(days))


def is_today(due_at: datetime, at: datetime, zone: str) -> bool:
    """Whether a moment falls on today, or before it."""
    return local_day(due_at, zone) <= local_day(at, zone)


def is_this_week(due_at: datetime, at: datetime, zone: str) -> bool:
    """Whether a moment falls before the coming Monday."""
    today = local_day(at, zone)
    return local_day(due_at, zone) < today + timedelta(days=7 - today.weekday())
