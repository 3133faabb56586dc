"""A run stands still, goes on, and is opened again after its end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.calendars import local_day
from playbooks.pausing import lost_days, pause_run, reopen_run, resume_run
from playbooks.run import EventKind, Refused, Run, RunStatus, StepStatus
from playbooks.run_actions import cancel_run, change_people, move_run
from playbooks.step_actions import ask_help, reopen_step, reschedule_step, skip_step, tick_items
from playbooks.working_time import waited_since
from tests.playbooks.engine import (
    CAST,
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    found,
    kinds,
    refused,
    started,
    step,
    utc,
)

LATER = MONDAY + timedelta(hours=2)
WEEK = LATER + timedelta(days=7)
STEPS = (
    step("brief", "designer"), step("sum", "writer", "after(brief) + 1 workday"),
    step("fair", "lead", "anchor - 1 workday"),
)  # fmt: skip


def begun() -> Run:
    return started(*STEPS)


def paused(run: Run | None = None) -> Run:
    return pause_run(run or begun(), reason=" No budget ", by=LEAD, at=LATER).run


def resumed(run: Run, dates: Any = "keep", at: Any = WEEK) -> Run:
    return resume_run(run, FACTS, dates=dates, by=LEAD, at=at).run


def test_the_lead_pauses_for_a_reason_and_nobody_acts_meanwhile() -> None:
    run = begun()
    assert refused(lambda: pause_run(run, reason="x", by=DORA, at=LATER)) == "lead_only"
    assert refused(lambda: pause_run(run, reason=" ", by=LEAD, at=LATER)) == "words_missing"
    still = paused(run)
    assert still.status is RunStatus.PAUSED
    assert still.pause
    assert (still.pause.by, still.pause.at, still.pause.reason) == (LEAD, LATER, "No budget")
    acts: tuple[Callable[[], object], ...] = (
        lambda: pause_run(still, reason="x", by=LEAD, at=WEEK),
        lambda: tick_items(still, "brief", shown=(), ticked=(), by=DORA, at=WEEK),
        lambda: ask_help(still, "brief", by=DORA, at=WEEK),
        lambda: skip_step(still, "brief", FACTS, reason="x", by=LEAD, at=WEEK),
        lambda: reopen_step(still, "brief", FACTS, by=LEAD, at=WEEK),
        lambda: move_run(still, channel="C2", by=LEAD, at=WEEK),
        lambda: change_people(still, FACTS, people=CAST, outsiders={}, by=LEAD, at=WEEK),
    )
    for act in acts:
        with pytest.raises(Refused) as error:
            act()
        assert error.value.code == "run_paused"
        assert error.value.facts == {"by": LEAD, "at": LATER, "lead": LEAD}


def test_a_run_goes_on_with_its_dates_and_what_was_missed_is_not_made_up_for() -> None:
    run = begun()
    going = resumed(paused(run), at=MONDAY + timedelta(days=14))
    assert going.status is RunStatus.ACTIVE
    assert [s.due_at for s in going.steps] == [s.due_at for s in run.steps]
    brief = found(going, "brief")
    assert brief.due_at
    assert brief.due_at < MONDAY + timedelta(days=14)
    assert brief.remind_at
    assert brief.remind_at > MONDAY + timedelta(days=14)
    assert going.pauses[-1].until == MONDAY + timedelta(days=14)


def test_a_run_goes_on_later_by_the_working_days_lost_and_its_anchor_stays() -> None:
    run = begun()
    change = resume_run(paused(run), FACTS, dates="shift", by=LEAD, at=WEEK)
    assert kinds(change.events) == [(EventKind.RUN_RESUMED, "")]
    assert change.events[0].facts == {"dates": "shift", "days": 5, "moved": 3}
    assert change.run.anchor_on == run.anchor_on
    assert [s.due_at for s in change.run.steps] == [
        utc("2026-03-16 17:00"), utc("2026-03-18 10:00"), utc("2026-04-24 10:00"),
    ]  # fmt: skip


def test_only_the_lead_resumes_and_only_what_is_paused() -> None:
    still = paused()

    def act(run: Run, by: str) -> str:
        return refused(lambda: resume_run(run, FACTS, dates="keep", by=by, at=WEEK))

    assert act(still, DORA) == "lead_only"
    assert act(begun(), LEAD) == "not_paused"
    assert act(cancel_run(still, reason="x", by=LEAD, at=WEEK).run, LEAD) == "run_cancelled"


def test_a_paused_run_can_be_cancelled_and_a_cancelled_one_be_opened_again() -> None:
    run = begun()
    over = cancel_run(paused(run), reason="Rain", by=LEAD, at=WEEK).run
    assert (over.status, over.pause, over.pauses[-1].until) == (RunStatus.CANCELLED, None, WEEK)
    at = WEEK + timedelta(days=1)
    assert refused(lambda: reopen_run(over, FACTS, reason="x", by=DORA, at=at)) == "lead_only"
    assert refused(lambda: reopen_run(over, FACTS, reason="", by=LEAD, at=at)) == "words_missing"
    change = reopen_run(over, FACTS, reason="Sun", by=LEAD, at=at)
    again = change.run
    assert change.events[0].facts == {"reason": "Sun", "was": "cancelled"}
    assert (again.status, again.ended_at, again.ended_by, again.reason) == (
        RunStatus.ACTIVE, None, "", "",
    )  # fmt: skip
    assert [(s.key, s.status, s.due_at) for s in again.steps] == [
        (s.key, s.status, s.due_at) for s in run.steps
    ]
    assert all(s.remind_at is None or s.remind_at > at for s in again.steps)
    assert found(again, "fair").remind_at
    assert refused(lambda: reopen_run(again, FACTS, reason="x", by=LEAD, at=at)) == "not_ended"


def test_a_finished_run_is_opened_again_and_finishes_with_the_step_taken_up() -> None:
    run = started(step("brief", "designer"))
    over = skip_step(run, "brief", FACTS, reason="x", by=LEAD, at=LATER).run
    assert over.status is RunStatus.FINISHED
    again = reopen_run(over, FACTS, reason="More to do", by=LEAD, at=WEEK).run
    assert [s.status for s in again.steps] == [StepStatus.SKIPPED]
    taken = reopen_step(again, "brief", FACTS, by=DORA, at=WEEK).run
    assert taken.status is RunStatus.ACTIVE
    end = skip_step(taken, "brief", FACTS, reason="x", by=LEAD, at=WEEK).run
    assert end.status is RunStatus.FINISHED


def test_a_pause_is_nobody_s_silence() -> None:
    run = replace(begun(), pauses=resumed(paused()).pauses)
    asked = LATER - timedelta(hours=1)
    assert waited_since(run, asked) == asked + timedelta(days=7)
    assert waited_since(run, LATER + timedelta(days=3)) == WEEK
    assert waited_since(run, WEEK) == WEEK
    assert waited_since(begun(), asked) == asked


@given(st.integers(0, 60), st.integers(0, 23))
def test_later_dates_are_working_days_the_days_lost_later(days: int, hours: int) -> None:
    run, at = begun(), LATER + timedelta(days=days, hours=hours)
    lost = lost_days(paused(run), FACTS, at)
    going = resumed(paused(run), "shift", at)
    for key in ("brief", "fair"):
        zone = FACTS.person(found(run, key).owner).zone
        before, after = (local_day(found(one, key).due_at or MONDAY, zone) for one in (run, going))
        assert FACTS.calendar.is_workday(after)
        assert FACTS.calendar.between(before, after) == lost
    assert resumed(paused(run), "keep", at).steps[0].due_at == run.steps[0].due_at


def test_a_date_given_by_hand_is_known_as_such() -> None:
    run = reschedule_step(
        begun(), "brief", FACTS, due_at=utc("2026-04-01 07:30"), by=LEAD, at=LATER
    ).run
    assert [s.due_by_hand for s in run.steps] == [True, False, False]
