"""What starts the runs of a playbook: whose word counts, and what becomes of the next cycle."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.announced import is_provisional
from playbooks.calendars import Facts, WorkCalendar
from playbooks.cycles import Turn, open_cycle
from playbooks.openings import Every
from playbooks.run import EventKind, Refused, Run, RunStatus
from playbooks.schedules import (
    Schedule,
    Scheduled,
    Skip,
    answer_skip,
    ask_skip,
    begin,
    first_opening,
    head_of,
    resume,
    stop,
)
from tests.factories import HEAD, LEAD, OWNER, a_playbook, a_run, a_told_step

AT = datetime(2025, 9, 10, 2, 0, tzinfo=UTC)
FACTS = Facts(WorkCalendar("CN"))
RULE = {"every": "month", "on": "workday 1 at 09:30"}


def a_recurring_run(rule: dict[str, str] | None = None, **facts: Any) -> Run:
    keys = facts.pop("keys", {})
    return a_run(playbook=a_playbook(schedule=RULE | (rule or {}), **keys), **facts)


def scheduled(run: Run) -> Schedule:
    opening = first_opening(
        run.playbook, calendar="CN", zone=run.zone, start_on=run.start_on, at=AT
    )
    assert opening
    return begin(run, opening)


def label(every: Every, period: date, language: str) -> str:
    return f"{every} {period} {language}"


def turn(schedule: Schedule, run: Run, at: datetime | None = None, **facts: Any) -> Turn:
    playbook = facts.get("playbook", run.playbook)
    return open_cycle(schedule, run, playbook, FACTS, labels=label, run_id="r2", version="v2",
                      at=at or schedule.next_at)  # fmt: skip


def kinds(changed: Scheduled | Turn) -> list[EventKind]:
    events = changed.events if isinstance(changed, Scheduled) else changed.last.events
    return [event.kind for event in events]


def test_the_first_run_is_followed_by_the_next_opening_never_on_its_own_day() -> None:
    run = a_recurring_run()
    assert scheduled(run).next_at == datetime(2025, 10, 9, 1, 30, tzinfo=UTC)
    ahead = first_opening(run.playbook, calendar="CN", zone=run.zone,
                          start_on=date(2025, 10, 9), at=AT)  # fmt: skip
    assert ahead
    assert ahead.on == date(2025, 11, 3)
    assert (
        first_opening(a_playbook(), calendar="CN", zone=run.zone, start_on=AT.date(), at=AT) is None
    )


def test_the_head_is_asked_else_whoever_decides_last_else_nobody() -> None:
    levels = [{"level": "one", "by": "designer"}, {"level": "two", "by": "boss"}]
    roles = {
        "controller": {"title": "C", "lead": "true"}, "designer": {"title": "D"},
        "boss": {"title": "B"}, "head": {"title": "H"},
    }  # fmt: skip
    phases = [{"id": "p", "title": "P", "steps": [a_told_step(approvals=levels)]}]
    run = a_recurring_run(keys={"roles": roles, "phases": phases})
    people = {"controller": (LEAD,), "designer": (OWNER,), "boss": ("U0BOSS",), "head": (HEAD,)}
    for without, head in ((), HEAD), (("head",), "U0BOSS"), (("head", "boss"), OWNER), (people, ""):
        left = {role: ids for role, ids in people.items() if role not in without}
        assert head_of(replace(run, people=left)) == head


def test_a_cycle_is_left_out_when_the_head_agrees() -> None:
    run = a_recurring_run()
    schedule = scheduled(run)
    asked = ask_skip(schedule, run, cycle=2, reason=" Fair ", by=LEAD, at=AT)
    assert asked.schedule.next_at == schedule.next_at  # until then it stays as planned
    assert asked.schedule.skip == Skip("Fair", LEAD, HEAD)
    agreed = answer_skip(asked.schedule, run, cycle=2, agreed=True, by=HEAD, at=AT)
    assert kinds(agreed) == [EventKind.CYCLE_SKIPPED]
    assert agreed.schedule.next_at == datetime(2025, 11, 3, 1, 30, tzinfo=UTC)
    assert (agreed.schedule.cycle, agreed.schedule.skip) == (3, None)
    kept = answer_skip(asked.schedule, run, cycle=2, agreed=False, by=HEAD, at=AT)
    assert kept.schedule == schedule
    assert kinds(kept) == [EventKind.CYCLE_KEPT]


@pytest.mark.parametrize(
    ("change", "by", "code"),
    [
        ({}, OWNER, "lead_only"),
        ({"cycle": 3}, LEAD, "skip_over"),
        ({"state": "stopped"}, LEAD, "cycles_stopped"),
        ({"skip": Skip("Fair", LEAD, HEAD)}, LEAD, "skip_asked"),
    ],
)
def test_what_cannot_be_asked_is_refused(change: dict[str, Any], by: str, code: str) -> None:
    run = a_recurring_run()
    with pytest.raises(Refused) as refused:
        ask_skip(replace(scheduled(run), **change), run, cycle=2, reason="Fair", by=by, at=AT)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("skip", "cycle", "by", "code"),
    [
        (None, 2, HEAD, "skip_over"),
        (Skip("Fair", LEAD, HEAD), 1, HEAD, "skip_over"),
        (Skip("Fair", LEAD, HEAD), 2, LEAD, "not_the_head"),
        (Skip("Fair", LEAD, HEAD), 2, OWNER, "not_the_head"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    skip: Skip | None, cycle: int, by: str, code: str
) -> None:
    run = a_recurring_run()
    with pytest.raises(Refused) as refused:
        answer_skip(replace(scheduled(run), skip=skip), run, cycle=cycle, agreed=True, by=by, at=AT)
    assert refused.value.code == code


def test_a_reason_is_wanted() -> None:
    run = a_recurring_run()
    with pytest.raises(Refused) as refused:
        ask_skip(scheduled(run), run, cycle=2, reason="  ", by=LEAD, at=AT)
    assert refused.value.code == "words_missing"


def test_only_the_lead_stops_and_resumes_and_twice_is_once() -> None:
    run = a_recurring_run()
    schedule = scheduled(run)
    for act in (stop, resume):
        with pytest.raises(Refused):
            act(schedule, run, by=HEAD, at=AT)
    stopped = stop(schedule, run, by=LEAD, at=AT)
    assert kinds(stopped) == [EventKind.CYCLES_STOPPED]
    assert kinds(stop(stopped.schedule, run, by=LEAD, at=AT)) == []
    later = AT + timedelta(days=60)
    again = resume(stopped.schedule, run, by=LEAD, at=later)
    assert (again.schedule.state, again.schedule.period) == ("active", date(2025, 12, 1))
    assert kinds(resume(again.schedule, run, by=LEAD, at=later)) == []


def test_a_cycle_is_anchored_to_its_day_and_takes_people_and_values_along() -> None:
    params = [{"id": "focus", "title": "F"}, {"id": "day", "title": "D", "type": "date"}]
    run = a_recurring_run(keys={"params": params}, params={"focus": "price", "day": "2025-09-09"})
    schedule = scheduled(run)
    opened = turn(schedule, run)
    assert opened.new
    new = opened.new.run
    assert (new.start_on, new.anchor_on) == (date(2025, 10, 9), date(2025, 10, 9))
    assert (new.people, new.params) == (run.people, {"focus": "price"})  # the day has passed
    assert new.name == "Dealer day Shanghai · month 2025-10-01 en"
    assert (opened.schedule.run_id, opened.schedule.cycle) == ("r2", 3)


def test_a_long_name_keeps_its_cycle() -> None:
    run = a_recurring_run(name="x" * 120)
    opened = turn(scheduled(run), run)
    assert opened.new
    assert len(opened.new.run.name) == 120
    assert opened.new.run.name.endswith(" · month 2025-10-01 en")


@pytest.mark.parametrize(
    ("if_open", "started", "status"),
    [
        ("overlap", True, RunStatus.ACTIVE),
        ("skip", False, RunStatus.ACTIVE),
        ("carry", True, RunStatus.FINISHED),
    ],
)
def test_what_becomes_of_one_that_is_open(if_open: str, started: bool, status: RunStatus) -> None:
    run = a_recurring_run({"if-open": if_open})
    opened = turn(scheduled(run), run)
    assert (opened.new is not None, opened.last.run.status) == (started, status)
    assert opened.schedule.next_at == datetime(2025, 11, 3, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("if_open", ["overlap", "skip", "carry"])
def test_after_one_that_has_ended_the_next_just_starts(if_open: str) -> None:
    run = a_recurring_run({"if-open": if_open}, status=RunStatus.FINISHED)
    opened = turn(scheduled(run), run)
    assert opened.new
    assert opened.last.events == ()


def test_a_newer_playbook_counts_and_one_that_repeats_no_more_stops() -> None:
    run = a_recurring_run()
    weekly = a_playbook(schedule={"every": "week", "on": "monday at 10:00"})
    opened = turn(scheduled(run), run, playbook=weekly)
    assert opened.new
    assert opened.new.run.playbook == weekly
    assert opened.schedule.next_at == datetime(2025, 10, 13, 2, 0, tzinfo=UTC)
    over = turn(scheduled(run), run, playbook=a_playbook())
    assert (over.new, over.schedule.state, kinds(over)) == (
        None, "stopped", [EventKind.CYCLES_STOPPED],
    )  # fmt: skip


def test_a_start_that_is_refused_is_told_and_the_one_after_it_is_waited_for() -> None:
    run = a_recurring_run()
    asking = a_playbook(
        schedule=RULE, params=[{"id": "market", "title": "Market", "required": "true"}]
    )
    failed = turn(scheduled(run), run, playbook=asking)
    assert (failed.new, kinds(failed)) == (None, [EventKind.CYCLE_FAILED])
    assert failed.last.events[0].facts["fields"] == ["param.market"]
    assert failed.schedule.next_at > scheduled(run).next_at


@given(days=st.integers(0, 800), if_open=st.sampled_from(["overlap", "skip", "carry"]))
def test_however_late_one_run_is_started_and_the_next_lies_ahead(days: int, if_open: str) -> None:
    run = a_recurring_run({"if-open": if_open}, status=RunStatus.FINISHED)
    schedule = scheduled(run)
    at = schedule.next_at + timedelta(days=days)
    opened = turn(schedule, run, at)
    assert opened.new
    [told] = [e.facts for e in opened.new.events if e.kind is EventKind.CYCLE_OPENED]
    opens_at = datetime.fromisoformat(told["opens_at"])
    assert opens_at <= at < opened.schedule.next_at
    assert opened.schedule.cycle == schedule.cycle + told["missed"] + 1
    assert told["late"] == (days > 0 and opens_at.date() != at.date())
    assert FACTS.calendar.is_workday(opened.new.run.start_on)


def test_a_year_whose_make_up_days_are_not_announced_is_provisional() -> None:
    assert not is_provisional("CN", 2025)
    assert is_provisional("CN", 2099)
    assert not is_provisional("DE", 2099)
