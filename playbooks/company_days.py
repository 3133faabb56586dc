"""Days a company has off, or works, whatever the calendar of the country says."""

from dataclasses import dataclass
from datetime import date

from playbooks.calendars import in_reach

NAME_LIMIT = 60  # characters
MOST = 60  # days to come


@dataclass(frozen=True, slots=True)
class CompanyDay:
    """One day of a company's own."""

    day: date
    works: bool
    name: str = ""


def check_company_day(day: date | None, coming: int, *, today: date) -> dict[str, str]:
    """What is wrong with a day to be added, by field; `coming` are those there are already."""
    if day is None:
        return {"day": "company.day_missing"}
    if day < today:
        return {"day": "company.day_past"}
    if not in_reach(day):
        return {"day": "start.date_far"}
    return {"day": "company.too_many"} if coming >= MOST else {}
