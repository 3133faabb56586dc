from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from playbooks.run import EventKind, Refused, RunStatus, StepStatus
from playbooks.start import check_start
from tests.playbooks.engine import (
    ANCHORED,
    FORM,
    LEAD,
    MONDAY,
    NINA,
    kinds,
    playbook_of,
    refusal,
    start,
    step,
)  # fmt: skip

SIZES = [{"id": "small", "title": "S"}, {"id": "large", "title": "L"}]
PLAN = playbook_of(step("brief"), step("print", needs=["brief"]), **ANCHORED)


def test_a_start_makes_all_steps_and_opens_those_that_need_nothing() -> None:
    change = start(PLAN)
    assert kinds(change.events) == [
        (EventKind.RUN_STARTED, ""),
        (EventKind.STEP_OPENED, "brief"),
    ]
    assert [s.status for s in change.run.steps] == [StepStatus.ACTIVE, StepStatus.WAITING]
    assert change.run.status is RunStatus.ACTIVE
    assert (change.run.started_at, change.run.started_by) == (MONDAY, LEAD)
    assert all(event.at == MONDAY and event.by == LEAD for event in change.events)


def test_a_run_lives_in_the_zone_of_its_calendar_or_of_who_started_it() -> None:
    assert start(PLAN).run.zone == "Asia/Shanghai"
    assert start(PLAN, calendar="none", by=NINA).run.zone == "America/New_York"


def test_values_are_trimmed_and_empty_ones_left_out() -> None:
    params = [{"id": "claim", "title": "Claim", "default": "ours"}, {"id": "slogan", "title": "S"}]
    run = start(
        playbook_of(step("brief"), params=params), name="  Spring ", params={"slogan": "  "},
        people={"lead": (LEAD,), "writer": ()}, outsiders={"vendor": "  ", "writer": " Ann "},
    ).run  # fmt: skip
    assert (run.name, run.params) == ("Spring", {"claim": "ours"})
    assert (run.people, run.outsiders) == ({"lead": (LEAD,)}, {"writer": "Ann"})


@pytest.mark.parametrize(
    ("form", "problems"),
    [
        ({"name": "  "}, {"name": "start.name_missing"}),
        ({"name": "n" * 121}, {"name": "start.name_long"}),
        ({"channel": ""}, {"channel": "start.channel_missing"}),
        ({"anchor_on": None}, {"anchor_on": "start.anchor_missing"}),
        ({"anchor_on": date(2026, 3, 1)}, {"anchor_on": "start.anchor_before_start"}),
        ({"people": {}}, {"role.lead": "start.lead_missing"}),
        ({"calendar": "XX"}, {"calendar": "start.calendar_unknown"}),
        ({"language": "fr"}, {"language": "start.language_unknown"}),
        ({"name": "", "channel": ""}, {"name": "start.name_missing",
                                       "channel": "start.channel_missing"}),
        ({"anchor_on": date(2026, 3, 2)}, {}),
    ],
)  # fmt: skip
def test_every_wrong_field_is_named(form: Any, problems: dict[str, str]) -> None:
    assert check_start(PLAN, replace(FORM, **form)) == problems
    if problems:
        with pytest.raises(Refused) as refused:
            start(PLAN, **form)
        assert refusal(refused.value) == ("start_invalid", {"fields": problems})


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("choice", "", "param_missing"), ("choice", "huge", "param_choice"),
        ("choice", "small", ""), ("number", "many", "param_number"), ("number", "-3.5", ""),
        ("number", "1e9", "param_number"), ("date", "tomorrow", "param_date"),
        ("date", "2028-02-29", ""), ("date", "2027-02-29", "param_date"),
        ("date", "9999-12-31", "date_far"),
        ("time", "25:00", "param_time"), ("time", "10", "param_time"), ("time", "09:30", ""),
        ("text", "anything", ""), ("text", "x" * 3001, "param_long"), ("yes-no", "yes", ""),
        ("yes-no", "maybe", "param_choice"), ("time", "1٣:00", "param_time"),
        ("number", "٣", "param_number"), ("date", "20280229", "param_date"),
    ],
)  # fmt: skip
def test_parameters_must_fit_their_type(kind: str, value: str, problem: str) -> None:
    choices = SIZES if kind == "choice" else []
    param = {"id": "p", "title": "P", "type": kind, "required": "yes", "choices": choices}
    found_ = check_start(
        playbook_of(step("brief"), params=[param]), replace(FORM, params={"p": value})
    )
    assert found_ == ({"param.p": f"start.{problem}"} if problem else {})


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1999, 12, 31), date.min])
def test_a_slip_of_the_year_is_told_at_its_field(day: date) -> None:
    form = replace(FORM, start_on=day, anchor_on=day)
    assert check_start(PLAN, form) == {
        "start_on": "start.date_far", "anchor_on": "start.date_far",
    }  # fmt: skip


def test_a_parameter_with_a_default_need_not_be_filled() -> None:
    param = {"id": "p", "title": "P", "required": "yes", "default": "x"}
    assert check_start(playbook_of(step("brief"), params=[param]), FORM) == {}


def test_a_form_does_not_start_before_the_day_it_is_filled_in() -> None:
    day = FORM.start_on
    assert check_start(PLAN, FORM, today=day) == {}
    late = {"start_on": "start.date_past"}
    assert check_start(PLAN, FORM, today=day + timedelta(days=1)) == late
