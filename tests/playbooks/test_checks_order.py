"""Steps in a circle, and steps due before what they need."""

from pathlib import Path

import pytest

from tests.playbooks.samples import load_text, told

HEAD = """\
id: plan
title: Plan
anchor: {id: day, title: Day}
params: [{id: press, title: Press, type: date}, {id: on-site, title: Site, type: date}%s]
roles: {lead: {title: Lead, lead: true}}
phases:
  - id: all
    title: All
    steps:
"""


def plan(*steps: str, params: str = "") -> str:
    """A playbook of these steps; `due` and `needs` are told by each."""
    lines = (f"      - {{title: T, owner: lead, {step}}}\n" for step in steps)
    return HEAD % params + "".join(lines)


def test_a_circle_is_shown_once(tmp_path: Path) -> None:
    text = plan(
        "id: a, due: start, needs: [b]",
        "id: b, due: after(c)",
        "id: c, due: start, needs: [a]",
        "id: d, due: start, needs: [c]",
    )
    (fault,) = load_text(tmp_path, text).faults
    assert fault.message == (
        "steps wait for each other (a → b → c → a): remove one need or 'after'"
    )
    assert fault.line == 10


def test_every_circle_is_shown(tmp_path: Path) -> None:
    pairs = (f"id: s{n}, due: start, needs: [s{n ^ 1}]" for n in range(8))
    faults = load_text(tmp_path, plan(*pairs)).faults
    assert len(faults) == 4
    assert "(s0 → s1 → s0)" in faults[0].message


def test_a_long_circle_is_shortened(tmp_path: Path) -> None:
    steps = (f"id: s{n}, due: start, needs: [s{(n + 1) % 40}]" for n in range(40))
    (fault,) = load_text(tmp_path, plan(*steps)).faults
    assert "→ … → " in fault.message
    assert len(fault.message) < 150


TOO_EARLY = {
    "fewer working days": ("start + 2 workdays", "start + 3 workdays"),
    "more working days ahead": ("anchor - 9 workdays", "anchor - 8 workdays"),
    "days and weeks": ("start + 6 days", "start + 1 week"),
    "weeks and days": ("anchor - 2 weeks", "anchor - 13 days"),
    "hours and minutes": ("anchor + 1 hour", "anchor + 61 minutes"),
    "before and after the base": ("anchor - 1 workday", "anchor + 1 day"),
    "the base itself": ("anchor", "anchor + 1 day"),
    "days before working days": ("start + 3 days", "start + 4 workdays"),
    "working days before days": ("anchor - 9 workdays", "anchor - 8 days"),
    "the hour of one day": ("start + 1 day at 09:00", "start + 1 day at 10:00"),
    "a parameter": ("param.press - 1 day", "param.press"),
    "first before the last of a series": ("[start + 2 days, start + 9 days]",
                                          "[start + 1 day, start + 3 days]"),
    "its own completion": ("after(a) - 1 day", "start"),
    "with a size that keeps the order": ("anchor - 9 workdays", "anchor - 8 workdays"),
}  # fmt: skip
MAYBE = {
    "the same day": ("start + 3 workdays", "start + 3 workdays"),
    "later": ("start + 4 workdays", "start + 3 workdays"),
    "another base": ("start + 2 workdays", "anchor - 3 workdays"),
    "another parameter": ("param.press", "param.on-site + 1 day"),
    "working days that may last": ("start + 5 workdays", "start + 6 days"),
    "days that may be fewer": ("anchor - 9 days", "anchor - 8 workdays"),
    "hours against days": ("start + 30 hours", "start + 1 day"),
    "one hour unknown": ("start + 1 day at 09:00", "start + 1 day"),
    "later the same day": ("start at 11:00", "start at 10:00"),
    "its completion": ("after(a) + 1 day", "start + 5 days"),
    "no rule at all": ("soon", "start + 5 days"),
}


@pytest.mark.parametrize("case", TOO_EARLY)
def test_a_step_due_before_what_it_needs_is_wrong(tmp_path: Path, case: str) -> None:
    due, needed = TOO_EARLY[case]
    text = plan(f"id: a, due: {needed}", f"id: b, due: {due}, needs: [a]")
    (fault,) = told(load_text(tmp_path, text).faults)
    assert fault[0] == 11
    assert "is due before 'a', which it needs" in fault[2]


@pytest.mark.parametrize("case", MAYBE)
def test_a_date_that_may_fit_is_left_alone(tmp_path: Path, case: str) -> None:
    due, needed = MAYBE[case]
    text = plan(f"id: a, due: {needed}", f"id: b, due: {due}, needs: [a]")
    faults = told(load_text(tmp_path, text).faults)
    assert not any("is due before" in message for _, _, message in faults)


def test_dates_stretched_by_size_are_compared_only_in_working_days(tmp_path: Path) -> None:
    size = ", {id: size, title: S, type: choice, scales-beyond: 5, choices:"
    size += " [{id: s, title: S, scale: 0.5}, {id: l, title: L}]}"
    days = ("id: a, due: anchor - 8 days", "id: b, due: anchor - 9 workdays, needs: [a]")
    assert load_text(tmp_path, plan(*days, params=size)).faults == ()
    assert len(load_text(tmp_path, plan(*days)).faults) == 1
    alike = ("id: a, due: anchor - 8 workdays", "id: b, due: anchor - 9 workdays, needs: [a]")
    assert len(load_text(tmp_path, plan(*alike, params=size)).faults) == 1


def test_a_step_with_occurrences_on_demand_is_not_compared(tmp_path: Path) -> None:
    text = plan(
        "id: a, due: start + 9 days, repeat: {on-demand: true}",
        "id: b, due: start, needs: [a]",
    )
    assert load_text(tmp_path, text).faults == ()


TIERS = "tiers: [{id: s, title: S}, {id: l, title: L}]\nroles"


def test_dates_are_compared_in_each_tier(tmp_path: Path) -> None:
    text = plan(
        "id: a, due: {s: start + 1 day, l: start + 9 days}",
        "id: b, due: {s: start + 2 days, l: start + 2 days}, needs: [a]",
    ).replace("roles", TIERS)
    (fault,) = load_text(tmp_path, text).faults
    assert "('start + 9 days', line 11)" in fault.message
    only_small = text.replace("id: a, ", "id: a, tiers: [s], ").replace(", l: start + 9 days", "")
    assert load_text(tmp_path, only_small).faults == ()
