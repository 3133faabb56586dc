"""Putting reminders off: freely twice, then for a reason, and not for ever."""

from datetime import datetime

import pytest

from playbooks.run import EventKind, Run
from playbooks.snoozing import AT_MOST, snooze_step
from tests.playbooks.engine import (
    FACTS,
    LEAD,
    MONDAY,
    STRANGER,
    WEI,
    found,
    refused,
    started,
    step,
    utc,
)

THURSDAY = utc("2026-03-05 03:00")


def put_off(run: Run, until_at: datetime = THURSDAY, reason: str = "", by: str = LEAD) -> Run:
    return snooze_step(
        run, "work", FACTS, until_at=until_at, reason=reason, by=by, at=MONDAY
    ).run  # fmt: skip


def test_reminders_wait_and_the_date_stays() -> None:
    run = started(step("work"))
    change = snooze_step(
        run, "work", FACTS, until_at=THURSDAY, reason="", by=LEAD, at=MONDAY
    )  # fmt: skip
    before, after = found(run, "work"), found(change.run, "work")
    assert (after.remind_at, after.snoozes, after.due_at) == (THURSDAY, 1, before.due_at)
    [event] = change.events
    assert (event.kind, event.facts["nth"]) == (EventKind.STEP_SNOOZED, 1)


def test_a_moment_off_hours_is_the_next_when_the_owner_works() -> None:
    run = put_off(started(step("work")), utc("2026-03-07 03:00"))
    assert found(run, "work").remind_at == utc("2026-03-09 01:00")


def test_from_the_third_time_it_takes_a_reason_and_after_the_fifth_it_is_over() -> None:
    run = put_off(put_off(started(step("work"))))
    assert refused(lambda: put_off(run)) == "snooze_reason"
    for _ in range(AT_MOST - 2):
        run = put_off(run, reason="the printer is ill")
    assert refused(lambda: put_off(run, reason="still")) == "snoozed_enough"


@pytest.mark.parametrize(
    ("until", "code"),
    [("2026-03-02 01:00", "snooze_past"), ("2026-03-10 03:00", "snooze_far")],
)
def test_the_moment_lies_ahead_and_not_too_far(until: str, code: str) -> None:
    assert refused(lambda: put_off(started(step("work")), utc(until))) == code


def test_only_the_owner_and_the_lead_may() -> None:
    run = started(step("work", "writer"))
    assert refused(lambda: put_off(run, by=STRANGER)) == "not_yours"
    assert found(put_off(run, by=WEI), "work").snoozes == 1
