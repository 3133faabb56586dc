"""Whose working days are announced year by year, and until when they are known."""

from functools import cache

import holidays

_YEARLY = "CN"  # where days off and make-up work days are moved about, a year ahead at most


def is_provisional(code: str, year: int) -> bool:
    """Whether the working days of a year may still change, because they are not announced."""
    return code == _YEARLY and year > _last_known()


@cache
def _last_known() -> int:
    country = holidays.country_holidays(_YEARLY, years=2024, expand=False)
    known: dict[int, object] = country.special_public_holidays
    return max(known)
