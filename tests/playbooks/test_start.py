from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from playbooks.run import EventKind, Refused, Run, RunStatus, StepStatus
from playbooks.start import StartForm, check_start, forecast
from playbooks.step_actions import complete_step
from tests.playbooks.engine import (
    ANCHORED, DORA, FACTS, FORM, LEAD, MONDAY, NINA, ROLES, WEI, facts_of, found, items, kinds,
    playbook_of, refusal, start, started, step, utc,
)  # fmt: skip

SIZE = {
    "id": "size", "title": "Size", "type": "choice", "required": "yes",
    "choices": [{"id": "small", "title": "S"}, {"id": "large", "title": "L"}],
}  # fmt: skip
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
        ("choice", "", "param_missing"), ("choice", "huge", "param_choice"), ("choice", "small", ""),
        ("number", "many", "param_number"), ("number", "-3.5", ""), ("number", "1e9", "param_number"),
        ("date", "tomorrow", "param_date"), ("date", "2028-02-29", ""),
        ("date", "2027-02-29", "param_date"), ("time", "25:00", "param_time"), ("time", "09:30", ""),
        ("time", "10", "param_time"), ("text", "anything", ""), ("yes-no", "yes", ""),
    ],
)  # fmt: skip
def test_parameters_must_fit_their_type(kind: str, value: str, problem: str) -> None:
    param = {"id": "p", "title": "P", "type": kind, "required": "yes"}
    if kind == "choice":
        param["choices"] = SIZE["choices"]
    found_ = check_start(
        playbook_of(step("brief"), params=[param]), replace(FORM, params={"p": value})
    )
    assert found_ == ({"param.p": f"start.{problem}"} if problem else {})


def test_a_parameter_with_a_default_need_not_be_filled() -> None:
    param = {"id": "p", "title": "P", "required": "yes", "default": "x"}
    assert check_start(playbook_of(step("brief"), params=[param]), FORM) == {}


def owner(run: Run, key: str) -> tuple[str, str, str]:
    step_ = found(run, key)
    return step_.owner, step_.owner_from, step_.reach


def cast(role: str, **people: tuple[str, ...]) -> tuple[str, str, str]:
    run = started(step("work", role), people={"lead": (LEAD,), **people},
                  outsiders={"vendor": "Print shop"})  # fmt: skip
    return owner(run, "work")


def test_a_step_belongs_to_the_first_person_of_its_role() -> None:
    assert cast("designer", designer=(DORA, WEI)) == (DORA, "role", "")


def test_an_empty_role_falls_to_its_backup_then_to_the_backups_backup_then_to_the_lead() -> None:
    assert cast("designer", writer=(WEI,)) == (WEI, "backup", "")
    assert cast("vendor", writer=(WEI,)) == (WEI, "backup", "Print shop")
    assert cast("designer") == (LEAD, "lead", "")
    assert cast("vendor") == (LEAD, "lead", "Print shop")


def test_an_outsider_with_an_account_is_the_owner() -> None:
    assert cast("vendor", vendor=(NINA,)) == (NINA, "role", "")


def test_backups_in_a_circle_end_at_the_lead() -> None:
    roles = {"lead": ROLES["lead"], "a": {"title": "A", "backup": "b"}}
    roles["b"] = {"title": "B", "backup": "a"}
    playbook = playbook_of(step("work", "a"), roles=roles)
    assert owner(start(playbook, people={"lead": (LEAD,)}).run, "work") == (LEAD, "lead", "")


def test_a_backup_that_leads_counts_as_the_lead() -> None:
    roles = {"lead": ROLES["lead"], "a": {"title": "A", "backup": "lead"}}
    assert owner(start(playbook_of(step("work", "a"), roles=roles)).run, "work")[1] == "lead"


def test_a_condition_switches_steps_off_and_what_needs_them_opens() -> None:
    playbook = playbook_of(
        step("extra", when="param.size = large"), step("next", needs=["extra"]), params=[SIZE]
    )
    run = start(playbook, params={"size": "small"}).run
    assert [s.status for s in run.steps] == [StepStatus.OFF, StepStatus.ACTIVE]
    assert found(run, "extra").reason == "param.size = large"
    assert found(run, "extra").owner == LEAD
    assert found(start(playbook, params={"size": "large"}).run, "extra").status == "active"


def test_what_asks_about_answers_or_lists_stays_on() -> None:
    run = started(step("work", when="answer.brief.budget > 5 and param.size = large"))
    assert found(run, "work").status is StepStatus.ACTIVE


def test_a_tier_leaves_steps_out_and_the_first_is_taken_unless_one_is_chosen() -> None:
    tiers = [{"id": id_, "title": id_} for id_ in ("basic", "full")]
    playbook = playbook_of(step("work"), step("film", tiers=["full"]), tiers=tiers)
    basic, full = start(playbook).run, start(playbook, tier="full").run
    assert (basic.tier, found(basic, "film").status) == ("basic", StepStatus.OFF)
    assert found(basic, "film").reason == "basic"
    assert found(full, "film").status is StepStatus.ACTIVE


def test_a_run_whose_every_step_is_switched_off_is_finished_at_once() -> None:
    playbook = playbook_of(step("extra", when="param.size = large"), params=[SIZE])
    change = start(playbook, params={"size": "small"})
    assert change.run.status is RunStatus.FINISHED
    assert kinds(change.events)[-1] == (EventKind.RUN_FINISHED, "")


LATE = playbook_of(
    step("hall", due="anchor - 60 workdays"),
    step("invite", due="after(hall) + 2 workdays", needs=["hall"]),
    step("brief", due="anchor - 5 workdays"),
    **ANCHORED,
)


def test_short_notice_makes_late_steps_due_on_the_next_workday() -> None:
    run = start(LATE).run
    hall = found(run, "hall")
    assert (hall.due_at, hall.compressed) == (utc("2026-03-03 10:00"), True)
    assert (found(run, "invite").due_at, found(run, "invite").compressed) == (
        utc("2026-03-05 10:00"),
        False,
    )
    assert not found(run, "brief").compressed


def test_a_run_entered_afterwards_is_hurried_from_today() -> None:
    run = start(LATE, start_on=date(2026, 2, 2)).run
    assert found(run, "hall").due_at == utc("2026-03-03 10:00")


def test_short_notice_can_skip_late_steps() -> None:
    run = start(LATE, late="skip").run
    hall = found(run, "hall")
    assert (hall.status, hall.reason, hall.closed_by) == (StepStatus.SKIPPED, "short_notice", LEAD)
    assert hall.remind_at is None
    assert found(run, "invite").status is StepStatus.ACTIVE
    assert found(run, "invite").due_at == utc("2026-03-04 10:00")


def test_short_notice_can_start_late() -> None:
    hall = found(start(LATE, late="start").run, "hall")
    assert hall.due_at is not None
    assert (hall.due_at < MONDAY, hall.compressed, hall.status) == (True, False, "active")


def test_what_is_due_today_is_not_late() -> None:
    run = started(step("work", due="start at 00:10"))
    assert not found(run, "work").compressed


def test_a_series_opens_one_after_the_other() -> None:
    series = step("call", due=["start + 1 workday", "start + 2 workdays"], checklist=items("one"))
    run = started(series)
    assert [(s.key, s.occurrence, str(s.status)) for s in run.steps] == [
        ("call.1", 1, "active"),
        ("call.2", 2, "waiting"),
    ]
    run = complete_step(run, "call.1", FACTS, by=LEAD, at=MONDAY, ticked=["one"]).run
    assert found(run, "call.2").status is StepStatus.ACTIVE
    assert found(run, "call.2").ticks == ()


def test_the_form_can_say_what_is_late_and_what_comes_first() -> None:
    bare = StartForm(name="", channel="", start_on=FORM.start_on, anchor_on=FORM.anchor_on,
                     calendar="CN", params={"size": "huge", "odd": "x"})  # fmt: skip
    told = forecast(LATE, bare, FACTS, by=LEAD, at=MONDAY)
    assert told.late >= 1
    assert told.first_due is not None
    assert told.first_due > MONDAY


def test_the_form_says_nothing_while_a_date_is_missing() -> None:
    told = forecast(LATE, replace(FORM, anchor_on=None), FACTS, by=LEAD, at=MONDAY)
    assert (told.late, told.first_due) == (0, None)


def test_on_long_notice_nothing_is_late() -> None:
    far = replace(FORM, anchor_on=date(2026, 12, 18))
    assert forecast(LATE, far, FACTS, by=LEAD, at=MONDAY).late == 0


def test_the_same_start_gives_the_same_run() -> None:
    assert start(LATE) == start(LATE)
    later = start(LATE, at=MONDAY + timedelta(days=1), facts=facts_of("CN"))
    assert later != start(LATE)
