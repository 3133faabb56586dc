"""`sopbot rehearse` from the command line: what cannot be rehearsed is told in words."""

import json
from datetime import date
from math import ceil
from pathlib import Path

import pytest

from playbooks.calendars import WorkCalendar
from tests.bot.command_line import assert_one_line, sopbot

pytestmark = pytest.mark.usefixtures("bare")

PLAIN = """
id: {id}
title: Plain
{asked}
roles: {{boss: {{title: Boss, lead: true}}}}
phases:
  - {{id: all, title: All, steps: [{{id: go, title: Go, owner: boss, due: start + 1 workday}}]}}
"""
FIRST = "--start 2025-09-01"
BEFORE = "is before the start, 2025-09-01: choose a later day"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--anchor 9999-12-31", "--anchor: 9999-12-31 is too far away: check the year"),
        ("--start 0001-01-01", "--start: 0001-01-01 is too far away: check the year"),
        ("--anchor soon", "--anchor: 'soon' is no day: write e.g. 2025-11-20"),
        ("--anchor 2027-02-31", "--anchor: '2027-02-31' is no day: write e.g. 2025-11-20"),
        ("--until 2027-13-01", "--until: '2027-13-01' is no day: write e.g. 2025-11-20"),
        (f"{FIRST} --anchor 2025-08-31", f"--anchor: 2025-08-31 {BEFORE}"),
        (f"{FIRST} --until 2025-08-31", f"--until: 2025-08-31 {BEFORE}"),
        ("--role nonsense=Li", "--role: unknown role 'nonsense': use one of controller, head"),
        ("--role desinger=Li", "--role: unknown role 'desinger': did you mean 'designer'?"),
        ("--role x", "--role: 'x' is no such pair: write e.g. controller=Li"),
        ("--role =Li", "--role: '=Li' is no such pair: write e.g. controller=Li"),
        ("--role designer=", "--role: 'designer=' is no such pair: write e.g. controller=Li"),
        ("--role head=Li --role head=Wu", "--role: 'head' is given twice: leave one out"),
        ("--param size=huge", "--param: 'huge' does not fit size: use compact, standard, large"),
        ("--param colour=red", "--param: unknown parameter 'colour': use one of"),
        ("--param size", "--param: 'size' is no such pair: write e.g."),
        ("--late foo=2", "--late: unknown step 'foo': use one of charter, brief"),
        ("--late venu=2", "--late: unknown step 'venu': did you mean 'venue'?"),
        ("--late venue", "--late: 'venue' is no such pair: write e.g. charter=2"),
        ("--late venue=two", "--late: 'two' is no number of working days: write e.g. charter=2"),
        ("--late venue=-2", "--late: '-2' is no number of working days: write e.g. charter=2"),
        ("--late venue=²", "--late: '²' is no number of working days: write e.g. charter=2"),
        ("--late venue=1000", "--late: '1000' is no number of working days"),
        ("--calendar XX", "--calendar: unknown calendar 'XX': use one of CN, TW, HK"),
        ("--calendar cn", "--calendar: unknown calendar 'cn': did you mean 'CN'?"),
        ("--language fr", "'fr' is not one of 'en', 'zh-Hans', 'zh-Hant'"),
        ("--format yaml", "'yaml' is not one of 'table', 'json'"),
    ],
)
def test_what_cannot_be_is_refused(line: str, told: str) -> None:
    assert_one_line(sopbot("rehearse", "event", *line.split()), 2, told)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("evnet", "unknown playbook 'evnet': did you mean 'event'?"),
        ("zzz", "unknown playbook 'zzz': run sopbot playbook list"),
        ("ours", "playbook 'ours' has faults: run sopbot playbook check"),
    ],
)
def test_a_playbook_that_is_not_in_force(
    bare: Path, monkeypatch: pytest.MonkeyPatch, word: str, told: str
) -> None:
    (bare / "ours.yaml").write_text("id: ours")
    monkeypatch.setenv("SOPBOT_PLAYBOOKS", ".")
    assert_one_line(sopbot("rehearse", word), 2, told)


def test_an_anchor_where_there_is_none_and_a_parameter_that_is_needed(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / "plain.yaml").write_text(PLAIN.format(id="plain", asked=""))
    asked = "params: [{id: market, title: Market, required: true}]"
    (bare / "needy.yaml").write_text(PLAIN.format(id="needy", asked=asked))
    monkeypatch.setenv("SOPBOT_PLAYBOOKS", ".")
    told = "--anchor: plain counts from no such day: leave it out"
    assert_one_line(sopbot("rehearse", "plain", "--anchor", "2099-09-01"), 2, told)
    told = "needy cannot be rehearsed: param.market: This is needed to start."
    assert_one_line(sopbot("rehearse", "needy"), 2, told)


def test_what_is_right_is_rehearsed() -> None:
    line = "--start 2025-09-01 --anchor 2025-11-20 --until 2025-09-01 --role head=Chen"
    result = sopbot("rehearse", "event", *line.split(), "--late", "venue=2", "--format", "json")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert {step["id"] for step in told["steps"]} > {"charter", "venue"}
    assert {message["at"][:10] for message in told["messages"]} == {"2025-09-01"}


@pytest.mark.parametrize(("size", "times"), [("standard", 1), ("compact", 0.5), ("large", 2)])
def test_a_value_of_the_start_stretches_what_lies_before_the_anchor(
    size: str, times: float
) -> None:
    usual, chosen = (brief_ahead(value) for value in ("standard", size))
    assert chosen == ceil(usual * times)


def brief_ahead(size: str) -> int:
    """How many working days before the event its brief is due."""
    line = "--start 2026-01-05 --anchor 2026-11-20 --calendar none --format json"
    result = sopbot("rehearse", "event", *line.split(), "--param", f"size={size}")
    steps = {step["id"]: step for step in json.loads(result.stdout)["steps"]}
    due_on = date.fromisoformat(steps["brief"]["due_at"][:10])
    return WorkCalendar("none").between(due_on, date(2026, 11, 20))


def test_a_year_whose_work_days_are_not_announced_is_warned_of() -> None:
    line = "rehearse event --start 2098-09-01 --format json --anchor"
    for anchor, calendar, warned in (
        ("2098-12-20", "CN", True), ("2098-12-20", "DE", False)
    ):  # fmt: skip
        answer = sopbot(*line.split(), anchor, "--calendar", calendar)
        found = [
            one for one in json.loads(answer.output)["warnings"] if one["kind"] == "provisional"
        ]
        assert [one["subject"] for one in found] == (["2098"] if warned else [])
        assert all("2098 work days are not announced yet" in one["text"] for one in found)
