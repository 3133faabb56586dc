"""Dates in years whose make-up work days nobody has announced yet."""

from datetime import date

import holidays
import pytest

from playbooks.provisional import is_provisional, provisional_year, provisional_years
from tests.playbooks.engine import ANCHORED, FORM, found, playbook_of, start, step

CN_KNOWN = max(holidays.country_holidays("CN").special_public_holidays)
OPEN = CN_KNOWN + 1  # the first year that is not announced yet


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("CN", 2024, False), ("CN", 2025, False), ("CN", 2026, False), ("CN", CN_KNOWN, False),
        ("CN", OPEN, True), ("CN", 2099, True), ("TW", 2025, False), ("TW", 2026, False),
        ("TW", 2099, True), ("VN", 2026, False), ("VN", 2099, True), ("DE", 2099, False),
        ("US", 2099, False), ("HK", 2099, False), ("none", 2099, False),
    ],
)  # fmt: skip
def test_only_years_not_announced_yet_are_provisional(code: str, year: int, expected: bool) -> None:
    for day in (date(year, 1, 1), date(year, 6, 15), date(year, 12, 31)):
        assert is_provisional(code, day) is expected


def test_a_library_that_knows_more_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {CN_KNOWN: (), OPEN: ((1, 4, 1, 10),)}
    assert is_provisional("CN", date(OPEN, 2, 1))
    monkeypatch.setattr(
        holidays, "country_holidays", lambda _: type("CN", (), {"special_public_holidays": known})
    )
    assert not is_provisional("CN", date(OPEN, 2, 1))
    assert is_provisional("CN", date(OPEN + 1, 2, 1))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("anchor + 3 workdays", OPEN),
        ("anchor - 40 workdays", OPEN),  # falls into the known year, counted from the other
        ("anchor", None),  # the day itself is certain
        ("anchor - 3 days", None),
        ("start + 2 workdays", None),
    ],
)
def test_it_matters_where_work_days_of_that_year_are_counted(
    rule: str, expected: int | None
) -> None:
    run = start(
        playbook_of(step("work", due=rule), **ANCHORED), start_on=date(CN_KNOWN, 11, 2),
        anchor_on=date(OPEN, 1, 20), late="start",
    ).run  # fmt: skip
    assert provisional_year(run, found(run, "work")) == expected
    assert list(provisional_years(run)) == ([(expected, 1)] if expected else [])


def test_a_german_run_is_never_provisional() -> None:
    run = start(
        playbook_of(step("work", due="anchor - 2 workdays"), **ANCHORED), calendar="DE",
        start_on=FORM.start_on, anchor_on=date(2099, 1, 20),
    ).run  # fmt: skip
    assert list(provisional_years(run)) == []
