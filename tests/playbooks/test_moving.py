"""The date moves: what is shown before is what then happens, and the way back restores it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.moving import move_date, plan_move
from playbooks.redating import NewDate
from playbooks.run import Change, EventKind, Refused, Run, StepStatus
from playbooks.run_actions import cancel_run
from playbooks.start import Late
from playbooks.step_actions import reschedule_step
from tests.playbooks.engine import (
    ANCHORED,
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    NINA,
    found,
    kinds,
    playbook_of,
    start,
    started,
    step,
    utc,
)

LATER = MONDAY + timedelta(hours=2)
ANCHOR, NEXT_WEEK = date(2026, 4, 20), date(2026, 4, 27)
STEPS = (
    step("brief", "designer", "start + 5 workdays"),
    step("book", "writer", "anchor - 20 workdays"),
    step("page", "writer", "after(book) + 2 workdays"),
    step("fair", "lead", "anchor at 10:00"),
    step("post", "writer", "anchor + 7 days", needs=["fair"]),
)


def begun(**more: Any) -> Run:
    return started(*STEPS, **more)


def moved(run: Run, day: date | None, by: str = LEAD, at: Any = LATER, **wish: Any) -> Change:
    return move_date(run, FACTS, NewDate(day, **wish), by=by, at=at)


def dues(run: Run) -> dict[str, Any]:
    return {s.key: s.due_at for s in run.steps if not s.is_closed}


def field_of(run: Run, day: date | None, **more: Any) -> str:
    with pytest.raises(Refused) as error:
        moved(run, day, **more)
    [problem] = error.value.facts["fields"].items()
    return " ".join(problem)


def test_open_steps_move_with_the_anchor_and_what_counts_from_the_start_stays() -> None:
    run = begun()
    change = moved(run, NEXT_WEEK)
    assert change.run.anchor_on == NEXT_WEEK
    before, after = dues(run), dues(change.run)
    assert [key for key in before if before[key] != after[key]] == ["book", "page", "fair", "post"]
    assert after["fair"] == utc("2026-04-27 02:00")
    [event] = change.events
    assert (event.kind, event.facts["from"], event.facts["to"]) == (
        EventKind.DATE_MOVED, "2026-04-20", "2026-04-27",
    )  # fmt: skip
    assert [key for key, _, _ in event.facts["moved"]] == ["book", "page", "fair", "post"]


def test_reminders_are_planned_anew_and_nothing_passed_is_said_again() -> None:
    run = begun()
    book = found(run, "book")
    assert book.remind_at
    later = found(moved(run, NEXT_WEEK).run, "book").remind_at
    assert later
    assert later > book.remind_at
    at = book.remind_at + timedelta(minutes=1)
    said = run.with_step(replace(book, reminded=1))
    again = found(moved(said, date(2026, 4, 21), at=at).run, "book").remind_at
    assert again
    assert again.date() > at.date()  # not twice on one day


def test_the_anchor_may_be_a_day_off_and_stays_on_it() -> None:
    sunday = date(2026, 4, 26)
    move = plan_move(begun(), FACTS, NewDate(sunday), by=LEAD, at=LATER)
    assert (move.run.anchor_on, move.is_day_off) == (sunday, True)
    off = [shift.step.key for shift in move.shifts if shift.on_day_off]
    assert off == ["fair", "post"]  # counted in days, and as their rule says


@pytest.mark.parametrize(
    ("late", "status", "due", "hurried"),
    [
        ("compress", StepStatus.ACTIVE, "2026-03-03 10:00", ["book"]),
        ("start", StepStatus.ACTIVE, "2026-02-04 10:00", ["book", "page"]),
        ("skip", StepStatus.SKIPPED, "2026-02-04 10:00", ["book"]),
    ],
)
def test_what_would_already_be_late_is_named_and_dealt_with_as_chosen(
    late: Late, status: StepStatus, due: str, hurried: list[str]
) -> None:
    change = moved(begun(), date(2026, 3, 10), late=late)
    book = found(change.run, "book")
    assert book.status is status
    assert book.due_at == utc(due)
    told = change.events[0].facts
    assert told["hurried"] == hurried
    assert told["late"] == late
    assert told["skipped"] == (["book"] if late == "skip" else [])
    skipped = (EventKind.STEP_SKIPPED, "book") in kinds(change.events)
    assert skipped == (late == "skip")
    assert book.reason == ("short_notice" if late == "skip" else "")


def test_a_compressed_step_keeps_its_date_while_it_is_past_and_else_follows_its_rule() -> None:
    run = begun(anchor_on=date(2026, 3, 16))
    book = found(run, "book")
    assert book.compressed
    still = found(moved(run, date(2026, 3, 13), at=LATER + timedelta(hours=1)).run, "book")
    assert still == book
    free = found(moved(run, ANCHOR).run, "book")
    assert (free.compressed, free.due_at) == (False, found(begun(), "book").due_at)


def test_a_date_given_by_hand_stays_unless_it_is_to_move_along() -> None:
    due_at = utc("2026-04-01 07:30")
    run = reschedule_step(begun(), "book", FACTS, due_at=due_at, by=LEAD, at=LATER).run
    kept = moved(run, NEXT_WEEK)
    assert found(kept.run, "book").due_at == due_at
    assert kept.events[0].facts["kept"] == ["book"]
    along = moved(run, NEXT_WEEK, also=True)
    assert found(along.run, "book").due_at == utc("2026-04-09 07:30")  # past the Qingming holiday
    assert along.events[0].facts["kept"] == []
    back = moved(along.run, ANCHOR, also=True)
    assert found(back.run, "book").due_at == due_at


def test_only_the_lead_and_who_started_it_move_the_date() -> None:
    run = begun(by=NINA)
    assert moved(run, NEXT_WEEK, by=NINA).events
    with pytest.raises(Refused) as error:
        moved(run, NEXT_WEEK, by=DORA)
    assert (error.value.code, error.value.facts) == ("lead_only", {"lead": LEAD})
    ended = cancel_run(run, reason="x", by=LEAD, at=LATER).run
    with pytest.raises(Refused, match="run_cancelled"):
        moved(ended, NEXT_WEEK)


def test_a_day_that_cannot_be_is_told_at_its_field() -> None:
    run = begun()
    assert field_of(run, None) == "anchor_on start.anchor_missing"
    assert field_of(run, ANCHOR) == "anchor_on move.same"
    assert field_of(run, date(2226, 1, 1)) == "anchor_on start.date_far"
    assert field_of(run, date(2026, 3, 1)) == "anchor_on start.date_past"
    early = begun(start_on=date(2026, 3, 9))
    assert field_of(early, date(2026, 3, 6)) == "anchor_on start.anchor_before_start"


def test_without_an_anchor_the_start_moves() -> None:
    run = start(playbook_of(step("brief"), step("sum", due="after(brief) + 1 workday"))).run
    change = moved(run, date(2026, 3, 9))
    assert change.run.start_on == date(2026, 3, 9)
    assert found(change.run, "brief").due_at == utc("2026-03-16 10:00")
    assert found(change.run, "sum").due_at == utc("2026-03-17 10:00")
    assert field_of(run, run.start_on) == "start_on move.same"


def test_what_somebody_outside_counts_on_is_to_be_confirmed_again() -> None:
    steps = (*STEPS, step("print", "vendor", "anchor - 3 workdays"))
    run = start(playbook_of(*steps, **ANCHORED), outsiders={"vendor": "Press"}).run
    told = moved(run, NEXT_WEEK, sent=frozenset({"brief"})).events[0].facts
    assert told["promised"] == ["brief", "print"]


DAYS = st.dates(date(2026, 4, 6), date(2026, 12, 31))
WAYS = st.sampled_from(["compress", "skip", "start"])


@given(DAYS, st.lists(DAYS, max_size=3), st.sampled_from(["book", "page", "fair", ""]))
def test_forth_and_back_restores_every_date(there: date, stops: list[date], by_hand: str) -> None:
    """Of steps that are open, not late under way there, and not changed by hand."""
    run = begun()
    if by_hand == "book":
        due = utc("2026-04-01 07:30")
        run = reschedule_step(run, by_hand, FACTS, due_at=due, by=LEAD, at=LATER).run
    now = run
    for day in (there, *stops, ANCHOR):
        if day != now.anchor_on:
            now = moved(now, day).run
    assert dues(now) == dues(run)
    assert [s.remind_at for s in now.steps] == [s.remind_at for s in run.steps]


@given(st.dates(date(2026, 3, 3), date(2026, 12, 31)), WAYS, st.booleans(), st.booleans())
def test_the_preview_is_the_outcome(day: date, late: Late, by_hand: bool, also: bool) -> None:
    run = begun()
    if by_hand:
        due = utc("2026-04-01 07:30")
        run = reschedule_step(run, "book", FACTS, due_at=due, by=LEAD, at=LATER).run
    if day == ANCHOR:
        return
    wish = NewDate(day, late, also)
    shown = plan_move(run, FACTS, wish, by=LEAD, at=LATER)
    done = move_date(run, FACTS, wish, by=LEAD, at=LATER).run
    changed = {k: due for k, due in dues(done).items() if due != dues(run)[k]}
    assert {shift.step.key: shift.after for shift in shown.shifts} == changed
    assert {shift.step.key: shift.before for shift in shown.shifts} == {
        key: dues(run)[key] for key in changed
    }
    gone = {s.key for s in done.steps if s.status is StepStatus.SKIPPED}
    assert set(shown.skipped) == gone
