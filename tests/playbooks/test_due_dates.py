from datetime import date, datetime
from typing import Any

import pytest

from playbooks.due_dates import due_of, is_past
from tests.playbooks.engine import (
    ANCHORED,
    FACTS,
    facts_of,
    found,
    playbook_of,
    start,
    started,
    step,
    utc,
)  # fmt: skip


def due(rule: Any, owner: str = "lead", params: Any = (), **form: Any) -> datetime | None:
    playbook = playbook_of(step("work", owner, rule), params=list(params), **ANCHORED)
    return found(start(playbook, late="start", **form).run, "work").due_at


@pytest.mark.parametrize(
    ("rule", "then"),
    [
        ("start", "2026-03-02 10:00"),
        ("start + 5 workdays", "2026-03-09 10:00"),
        ("start + 5 days", "2026-03-07 10:00"),
        ("start + 2 weeks", "2026-03-16 10:00"),
        ("start + 3 hours", "2026-03-02 04:00"),  # from nine o'clock in Shanghai
        ("start + 90 minutes", "2026-03-02 02:30"),
        ("anchor", "2026-04-20 10:00"),
        ("anchor - 10 workdays", "2026-04-03 10:00"),  # Tomb Sweeping Day is Monday the 6th
        ("anchor - 60 minutes", "2026-04-20 00:00"),
        ("anchor at 9:30", "2026-04-20 01:30"),
        ("anchor + 1 week at 00:00", "2026-04-26 16:00"),
    ],
)
def test_rules_count_from_the_start_and_the_anchor(rule: str, then: str) -> None:
    assert due(rule) == utc(then)


def test_the_day_ends_at_six_where_the_owner_is() -> None:
    assert due("start", "designer") == utc("2026-03-02 17:00")
    assert due("start at 12:00", "designer") == utc("2026-03-02 04:00")  # a time is the place's


def test_the_anchor_stays_on_a_sunday_and_is_counted_from_there() -> None:
    assert due("anchor", anchor_on=date(2026, 4, 19)) == utc("2026-04-19 10:00")
    assert due("anchor - 1 workday", anchor_on=date(2026, 4, 19)) == utc("2026-04-17 10:00")


def test_a_start_on_a_day_off_counts_from_the_next_workday() -> None:
    assert due("start", start_on=date(2026, 2, 28)) == utc("2026-02-28 10:00")  # made up
    assert due("start", start_on=date(2026, 3, 1)) == utc("2026-03-02 10:00")
    assert due("start + 1 workday", start_on=date(2026, 3, 1)) == utc("2026-03-03 10:00")


def test_counting_back_from_an_event_takes_holidays_and_make_up_days_into_account() -> None:
    form: dict[str, Any] = {"start_on": date(2026, 1, 5), "anchor_on": date(2026, 2, 27)}
    assert due("anchor - 4 workdays", **form) == utc("2026-02-14 10:00")


def test_a_week_before_the_first_of_march_of_a_leap_year() -> None:
    assert due("anchor - 1 day", anchor_on=date(2028, 3, 1)) == utc("2028-02-29 10:00")
    assert due("anchor - 1 week", anchor_on=date(2027, 3, 7)) == utc("2027-02-28 10:00")


def test_hours_are_counted_across_the_change_of_the_clocks() -> None:
    form: dict[str, Any] = {"calendar": "DE", "anchor_on": date(2026, 3, 29)}
    assert due("anchor - 24 hours", **form) == utc("2026-03-28 07:00")
    assert due("anchor - 1 day at 09:00", **form) == utc("2026-03-28 08:00")


def test_without_an_anchor_nothing_is_due_from_it() -> None:
    run = start(playbook_of(step("work", due="anchor")), anchor_on=None).run
    assert due_of(run, found(run, "work"), FACTS) == (None, False)


DAY = {"id": "day", "title": "Day", "type": "date"}
CLOCK = {"id": "opens", "title": "Doors", "type": "time"}


def test_a_parameter_gives_the_day_or_the_clock_of_the_event() -> None:
    assert due("param.day", params=[DAY]) is None
    known = {"day": "2026-03-20", "opens": "14:30"}
    playbook = playbook_of(
        step("a", due="param.day - 1 workday"), step("b", due="param.opens"),
        step("c", due="param.opens - 60 minutes"), step("d", due="param.opens at 08:00"),
        params=[DAY, CLOCK], **ANCHORED,
    )  # fmt: skip
    run = start(playbook, params=known).run
    moments = ["2026-03-19 10:00", "2026-04-20 06:30", "2026-04-20 05:30", "2026-04-20 00:00"]
    assert [found(run, key).due_at for key in "abcd"] == [utc(moment) for moment in moments]
    clock_only = playbook_of(step("b", due="param.opens"), params=[CLOCK])
    unanchored = start(clock_only, params=known, anchor_on=None)
    assert found(unanchored.run, "b").due_at == utc("2026-03-02 06:30")


def scaled(chosen: str, rule: str, **choice: Any) -> datetime | None:
    size = {
        "id": "size", "title": "Size", "type": "choice", "scales-beyond": 3,
        "choices": [{"id": "plain", "title": "P"}, {"id": "big", "title": "B", **choice}],
    }  # fmt: skip
    mode = {"id": "mode", "title": "Mode"}
    playbook = playbook_of(step("work", due=rule), params=[mode, size], **ANCHORED)
    form: dict[str, Any] = {
        "start_on": date(2026, 3, 2),
        "anchor_on": date(2026, 12, 18),
        "calendar": "none",
    }
    return found(start(playbook, params={"size": chosen}, **form).run, "work").due_at


@pytest.mark.parametrize(
    ("rule", "scale", "workdays"),
    [
        ("anchor - 20 workdays", "2", 40),
        ("anchor - 20 workdays", "0.5", 10),
        ("anchor - 10 workdays", "1.1", 11),  # in floats 11.000000000000002
        ("anchor - 5 workdays", "0.5", 3),
        ("anchor - 4 workdays", "0.1", 3),  # never nearer than what is left alone
        ("anchor - 3 workdays", "2", 3),  # left alone
        ("anchor + 2 workdays", "2", -2),
    ],
)
def test_the_size_stretches_what_lies_long_before_the_anchor(
    rule: str, scale: str, workdays: int
) -> None:
    day = facts_of("none").calendar.shift(date(2026, 12, 18), -workdays)
    at = scaled("big", rule, scale=scale)
    assert at is not None
    assert at.date() == day


def test_a_choice_without_a_scale_stretches_nothing() -> None:
    assert scaled("plain", "anchor - 20 workdays", scale="2") == scaled("", "anchor - 20 workdays")


def test_days_are_not_stretched() -> None:
    assert scaled("big", "anchor - 7 days", scale="2") == utc("2026-12-11 10:00")


def test_a_series_has_a_due_moment_each_and_a_tier_its_own() -> None:
    run = started(step("call", due=["anchor - 9 workdays", "anchor - 2 workdays"]))
    assert found(run, "call.1").due_at == utc("2026-04-07 10:00")
    assert found(run, "call.2").due_at == utc("2026-04-16 10:00")
    tiers = [{"id": id_, "title": id_} for id_ in ("small", "large")]
    rules = {"small": "start + 1 workday", "large": "start + 3 workdays"}
    playbook = playbook_of(step("work", due=rules), tiers=tiers)
    assert found(start(playbook, tier="large").run, "work").due_at == utc("2026-03-05 10:00")
    assert found(start(playbook).run, "work").due_at == utc("2026-03-03 10:00")


def test_only_days_before_today_are_past() -> None:
    due_at = utc("2026-03-02 10:00")
    assert not is_past(due_at, utc("2026-03-02 15:59"), "Asia/Shanghai")
    assert is_past(due_at, utc("2026-03-02 16:00"), "Asia/Shanghai")
    assert not is_past(due_at, utc("2026-03-02 16:00"), "UTC")
    assert not is_past(None, utc("2026-03-02 16:00"), "UTC")
