from dataclasses import replace
from datetime import date, timedelta

from playbooks.run import StepStatus
from playbooks.start import StartForm, forecast
from playbooks.submission import Handed, complete_step
from tests.playbooks.engine import (
    ANCHORED,
    FACTS,
    FORM,
    LEAD,
    MONDAY,
    facts_of,
    found,
    items,
    playbook_of,
    start,
    started,
    step,
    utc,
)  # fmt: skip

LATE = playbook_of(
    step("hall", due="anchor - 60 workdays"),
    step("invite", due="after(hall) + 2 workdays", needs=["hall"]),
    step("brief", due="anchor - 5 workdays"),
    **ANCHORED,
)


def test_short_notice_makes_late_steps_due_on_the_next_workday() -> None:
    change = start(LATE)
    run, told = change.run, change.events[0].facts
    assert told == {"name": "Spring", "late": "compress", "hurried": ["hall"]}
    hall = found(run, "hall")
    assert (hall.due_at, hall.compressed) == (utc("2026-03-03 10:00"), True)
    assert (found(run, "invite").due_at, found(run, "invite").compressed) == (
        utc("2026-03-05 10:00"),
        False,
    )
    assert not found(run, "brief").compressed


def test_a_step_that_should_precede_another_one_can_be_late_too() -> None:
    run = started(step("a", due="start + 1 workday"), step("b", due="after(a) - 3 workdays"))
    b = found(run, "b")
    assert (b.due_at, b.due_planned, b.compressed) == (utc("2026-03-03 10:00"), False, True)


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
    run = complete_step(run, "call.1", FACTS, by=LEAD, at=MONDAY, handed=Handed(["one"])).run
    assert found(run, "call.2").status is StepStatus.ACTIVE
    assert found(run, "call.2").ticks == ()


def test_the_form_can_say_what_is_late_and_what_comes_first() -> None:
    bare = StartForm(name="", channel="", start_on=FORM.start_on, anchor_on=FORM.anchor_on,
                     calendar="CN", params={"size": "huge", "odd": "x"})  # fmt: skip
    told = forecast(LATE, bare, FACTS, by=LEAD, at=MONDAY)
    assert (told.late, told.first_due) == (1, utc("2026-03-03 10:00"))


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
