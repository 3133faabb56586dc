"""Dates are told in the reader's zone, with weekday and distance."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.views.dates import (
    Zones,
    distance,
    full_moment,
    is_this_week,
    is_today,
    moment,
    written,
    written_day,
)
from tests.factories import AT, DUE, OWNER, a_run


def test_a_moment_is_a_token_with_a_fallback_that_names_the_zone() -> None:
    assert moment(DUE, "en", "Asia/Shanghai") == (
        "<!date^1761300000^{date_short_pretty} {time}|Fri 24 Oct, 18:00 UTC+8>"
    )


def test_a_full_moment_has_the_weekday_for_every_reader() -> None:
    assert "{date_long_pretty}" in full_moment(DUE, "en", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("UTC", "UTC>"), ("Asia/Kathmandu", "UTC+5:45>"), ("America/St_Johns", "UTC-2:30>")],
)
def test_the_zone_of_a_fallback_is_its_offset(zone: str, offset: str) -> None:
    assert moment(DUE, "en", zone).endswith(offset)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Fri 24 Oct, 18:00"),
        ("zh-Hans", "10月24日 周五 18:00"),
        ("zh-Hant", "10月24日 週五 18:00"),
    ],
)
def test_a_moment_is_written_out_as_the_language_does(language: str, text: str) -> None:
    assert written(DUE, language, "Asia/Shanghai") == text


def test_a_day_of_another_year_names_it() -> None:
    assert written_day(date(2026, 1, 2), "en", since=date(2025, 12, 1)) == "Fri 2 Jan 2026"
    assert written_day(date(2025, 12, 31), "en", since=date(2025, 12, 1)) == "Wed 31 Dec"
    assert written_day(date(2026, 1, 2), "zh-Hans", since=date(2025, 1, 1)).startswith("2026年")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 working days"),
        (6, "in 4 working days"), (-4, "2 working days ago"), (40, "in 40 days"),
        (-40, "40 days ago"),
    ],
)  # fmt: skip
def test_a_distance_counts_the_working_days_of_the_calendar(days: int, words: str) -> None:
    assert distance(a_run(), AT + timedelta(days=days), AT, "en") == words


def test_a_distance_over_a_holiday_counts_no_working_days() -> None:
    eve = datetime(2025, 10, 1, 2, tzinfo=UTC)
    assert distance(a_run(), eve + timedelta(days=3), eve, "en") == "in 3 days"


def test_a_day_is_that_of_the_place() -> None:
    late = datetime(2025, 10, 21, 17, tzinfo=UTC)  # the 22nd in Shanghai
    assert distance(a_run(), late, AT, "en") == "tomorrow"
    assert not is_today(late, AT, "Asia/Shanghai")
    assert is_today(late, AT, "Europe/Berlin")


def test_a_step_s_days_are_its_owner_s_or_its_only_reader_s() -> None:
    run = a_run()
    [step] = run.steps
    assert Zones().of(run, step) == "Asia/Shanghai"
    assert Zones({OWNER: "Europe/Berlin"}).of(run, step) == "Europe/Berlin"
    assert Zones({"U0X": "Europe/Berlin"}).of(run, step) == "Asia/Shanghai"
    assert Zones({OWNER: "Europe/Berlin"}, reader="UTC").of(run, step) == "UTC"
    late = datetime(2025, 10, 21, 17, tzinfo=UTC)  # the 22nd in Shanghai, the 21st in Berlin
    assert distance(run, late, AT, "en", "Europe/Berlin") == "today"


def test_a_week_ends_on_sunday() -> None:
    assert is_this_week(datetime(2025, 10, 26, 2, tzinfo=UTC), AT, "Asia/Shanghai")
    assert not is_this_week(datetime(2025, 10, 27, 2, tzinfo=UTC), AT, "Asia/Shanghai")
