"""Check elements that hold a date or a time (rule 55)."""

import re
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.checker.faults import Report
from bot.sandbox.shapes import Json


def check_date(report: Report, path: str, element: Json) -> None:
    """Check a datepicker."""
    _check(report, f"{path}/initial_date", element.get("initial_date"), _is_date, "YYYY-MM-DD")


def check_time(report: Report, path: str, element: Json) -> None:
    """Check a timepicker."""
    _check(report, f"{path}/initial_time", element.get("initial_time"), _is_time, "HH:mm")
    zone = element.get("timezone")
    _check(report, f"{path}/timezone", zone, _is_zone, "an IANA time zone")


def check_date_time(report: Report, path: str, element: Json) -> None:
    """Check a datetimepicker."""
    value, here = element.get("initial_date_time"), f"{path}/initial_date_time"
    _check(report, here, value, _is_epoch, "epoch seconds of ten digits")


def _check(report: Report, path: str, value: Any, fits: Any, form: str) -> None:
    report.need(value is None or fits(value), 55, path, f"must be {form}")


def _is_date(value: Any) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _is_time(value: Any) -> bool:
    try:
        time.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return bool(re.fullmatch(r"\d\d:\d\d", value))


def _is_zone(value: Any) -> bool:
    try:
        return bool(ZoneInfo(value))
    except (TypeError, KeyError, ValueError, OSError):
        return False


def _is_epoch(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and len(str(value)) == 10
