"""Dates in years whose make-up work days nobody has announced yet."""

from collections.abc import Iterator
from datetime import date

import holidays

from playbooks.calendars import local_day
from playbooks.due_dates import rule_of
from playbooks.run import Run, Step

# Where the government announces each year which weekend days are worked, and the last year that
# it is known to have settled without any, which the library cannot tell from one still open.
_SETTLED = {"CN": 0, "TW": 2026, "VN": 0}


def is_provisional(code: str, day: date) -> bool:
    """Whether a calendar's make-up work days of that day's year are not announced yet."""
    return code in _SETTLED and day.year > max(_SETTLED[code], _newest(code))


def _newest(code: str) -> int:
    """The last year whose exchanged days the library knows; a newer version knows more."""
    known = getattr(holidays.country_holidays(code), "special_public_holidays", {})
    return max(known, default=0)


def provisional_year(run: Run, step: Step) -> int | None:
    """The year whose work days may still change a step's due date; None where none does."""
    if step.due_at is None:
        return None
    rule = rule_of(run, step)
    if rule.base != "start" and (rule.unit != "workdays" or not rule.count):
        return None
    days = [local_day(step.due_at, run.zone)]
    if rule.base == "anchor" and run.anchor_on:
        days.append(run.anchor_on)  # the days between are counted from there
    return min((day.year for day in days if is_provisional(run.calendar, day)), default=None)


def provisional_years(run: Run) -> Iterator[tuple[int, int]]:
    """The years that may still change due dates, in order, each with how many it may change."""
    years = [year for step in run.steps if (year := provisional_year(run, step))]
    for year in sorted(set(years)):
        yield year, years.count(year)
