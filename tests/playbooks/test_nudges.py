"""What one person hears in a day, whatever lies before them."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from playbooks.calendars import Facts, local_day
from playbooks.nudges import CEILING, Said, Subject, messages
from playbooks.nudging import Nudged, nudge
from playbooks.run import EventKind, Run, Step, StepStatus
from tests.playbooks.engine import (
    DORA,
    FACTS,
    LEAD,
    PEOPLE,
    WEI,
    facts_of,
    found,
    started,
    step,
    utc,
)

TEN = utc("2026-03-09 02:00")  # in Shanghai, on a Monday
EIGHT_HOURS = timedelta(hours=8)


def busy(*minutes: int, owner: str = "lead", **more: Any) -> Run:
    """A run whose steps are to be reminded of so many minutes after ten."""
    run = started(*(step(f"s{n}", owner, **more) for n, _ in enumerate(minutes)))
    for one, minute in zip(run.steps, minutes, strict=True):
        run = run.with_step(replace(one, remind_at=TEN + timedelta(minutes=minute)))
    return run


def hear(
    run: Run, at: datetime = TEN, said: tuple[Said, ...] = (), person: str = LEAD,
    facts: Facts = FACTS, **more: Any,
) -> Nudged:  # fmt: skip
    return nudge(facts.person(person), [Subject(run, facts)], said, at=at, **more)


def hows(nudged: Nudged) -> list[tuple[str, str]]:
    return [(said.step, said.how) for said in nudged.said]


def test_up_to_three_reminders_of_a_day_stand_in_their_threads() -> None:
    nudged = hear(busy(0, 0, 0))
    assert hows(nudged) == [("s0", "thread"), ("s1", "thread"), ("s2", "thread")]
    [change] = nudged.changes
    assert [event.kind for event in change.events] == [EventKind.REMINDED] * 3


def test_with_a_fourth_they_are_one_digest_and_the_threads_stay_silent() -> None:
    nudged = hear(busy(0, 0, 0, 0))
    assert hows(nudged) == [(f"s{n}", "digest") for n in range(4)]
    [change] = nudged.changes
    told = [event for event in change.events if event.kind is EventKind.REMINDED]
    assert all(event.facts["digest"] for event in told)
    [digest] = [event for event in change.events if event.kind is EventKind.DIGESTED]
    assert digest.facts["items"] == [["R1", f"s{n}", "own"] for n in range(4)]


def test_a_digest_takes_in_what_lies_ahead_that_day() -> None:
    nudged = hear(busy(0, 60, 120, 180))
    assert len(nudged.said) == 4
    assert {item.how for item in nudged.said} == {"digest"}
    run = nudged.changes[0].run
    assert all(one.remind_at and one.remind_at > TEN + EIGHT_HOURS for one in run.steps)


def test_what_is_due_within_hours_is_said_in_its_thread_though_the_digest_is_out() -> None:
    run = busy(60)
    near = replace(found(run, "s0"), due_at=TEN + timedelta(hours=3))
    said = (Said(TEN, "R1", "s9", "digest"),)
    assert hows(hear(run.with_step(near), TEN + timedelta(hours=1), said)) == [("s0", "thread")]
    far = hear(run, TEN + timedelta(hours=1), said)
    assert far.said == ()
    held = found(far.changes[0].run, "s0")
    assert held.remind_at == utc("2026-03-10 02:00")
    assert held.held_at == TEN + timedelta(hours=1)
    assert [event.kind for event in far.changes[0].events] == [EventKind.REMINDER_HELD]


def test_past_the_ceiling_nothing_is_said_before_the_next_morning() -> None:
    heard = tuple(
        Said(TEN - timedelta(minutes=n), "R9", f"x{n}", "press", "decide") for n in range(CEILING)
    )
    nudged = hear(busy(0, 0), said=heard)
    assert nudged.said == ()
    assert {one.remind_at for one in nudged.changes[0].run.steps} == {utc("2026-03-10 02:00")}


def test_who_wants_a_daily_digest_gets_one_for_a_single_thing() -> None:
    daily = facts_of(lead=replace(PEOPLE[LEAD], digest_daily=True))
    assert hows(hear(busy(0), facts=daily)) == [("s0", "digest")]


def test_reminders_come_when_somebody_has_set_their_mornings() -> None:
    early = facts_of(lead=replace(PEOPLE[LEAD], digest_at=PEOPLE[LEAD].from_hour))
    held = hear(busy(0), said=tuple(_full()), facts=early)
    assert held.changes[0].run.steps[0].remind_at == utc("2026-03-10 01:00")


def _full() -> list[Said]:
    return [Said(TEN - timedelta(minutes=n), "R9", f"x{n}", "thread") for n in range(CEILING)]


def test_nothing_is_said_off_hours_or_while_slack_keeps_somebody_quiet() -> None:
    run = busy(0)
    night = hear(run, TEN + timedelta(hours=12))
    assert night.said == ()
    assert found(night.changes[0].run, "s0").remind_at == utc("2026-03-10 01:00")
    until = TEN + timedelta(hours=2)
    quiet = hear(run, quiet_until=until)
    assert quiet.said == ()
    assert found(quiet.changes[0].run, "s0").remind_at == until


def test_what_could_not_be_said_in_its_time_is_marked_late() -> None:
    [said] = hear(busy(0), TEN + timedelta(hours=3)).said
    assert said.late
    [event] = hear(busy(0), TEN + timedelta(hours=3)).changes[0].events
    assert event.facts["meant"] == TEN.isoformat()
    assert not hear(busy(0), TEN + timedelta(minutes=5)).said[0].late


def late_run() -> Run:
    """A step of Wei's, due on Monday the second."""
    run = started(step("work", "writer", "start + 0 workdays"))
    return run.with_step(replace(found(run, "work"), reminded=2, remind_at=TEN))


def test_the_lead_hears_of_what_stays_late_by_the_step_s_own_profile() -> None:
    at = utc("2026-03-09 02:30")  # five working days late
    reminded = hear(late_run(), at, person=WEI).changes[0].run
    late = found(reminded, "work")
    assert (late.escalated, late.tell_to, late.tell_at) == (1, LEAD, at)
    told = hear(reminded, at)
    assert hows(told) == [("work", "thread")]
    [change] = told.changes
    [event] = change.events
    assert (event.kind, event.facts) == (EventKind.ESCALATED, {"to": LEAD, "rung": 1})
    assert found(change.run, "work").tell_at is None


def test_whoever_has_asked_for_help_is_not_reported_as_late() -> None:
    reminded = hear(late_run(), utc("2026-03-09 02:30"), person=WEI).changes[0].run
    helped = reminded.with_step(replace(found(reminded, "work"), help_by=WEI))
    told = hear(helped, utc("2026-03-09 03:00"))
    assert told.said == ()
    assert found(told.changes[0].run, "work").tell_at is None


@given(
    st.lists(st.tuples(st.integers(0, 60 * 24 * 6), st.integers(-4, 90)), min_size=1, max_size=14),
    st.sampled_from([LEAD, DORA]),
    st.booleans(),
)
def test_nobody_hears_more_than_the_ceiling_and_nothing_is_lost(
    steps: list[tuple[int, int]], owner: str, daily: bool
) -> None:
    facts = facts_of(who=replace(PEOPLE[owner], digest_daily=daily))
    role = "lead" if owner == LEAD else "designer"
    run = busy(*(minute for minute, _ in steps), owner=role, remind={"due": "yes"})
    for one, (minute, hours) in zip(run.steps, steps, strict=True):
        due_at = TEN + timedelta(minutes=minute, hours=hours)
        run = run.with_step(replace(one, due_at=due_at))
    said = week(run, owner, facts)
    zone = facts.person(owner).zone
    for _, day in groupby(said, lambda one: local_day(one.at, zone)):
        heard = list(day)
        assert messages(heard) <= CEILING
        assert len({one.at for one in heard if one.how == "digest"}) <= 1
        assert len({one.step for one in heard}) == len(heard)  # no step twice in a day
        assert all(facts.is_working(owner, one.at) for one in heard)
    assert {one.step for one in said} == {one.key for one in run.steps}


def week(run: Run, owner: str, facts: Facts) -> list[Said]:
    """Let two weeks pass, the clock calling every ten minutes of the day."""
    said: list[Said] = []
    at = TEN
    for _ in range(14 * 24 * 6):
        today = [one for one in said if _same_day(one.at, at, facts.person(owner).zone)]
        nudged = hear(run, at, tuple(today), owner, facts)
        run = nudged.changes[0].run if nudged.changes else run
        said += nudged.said
        if not any(_rings(one) for one in run.steps):
            break
        at += timedelta(minutes=10)
    return said


def _same_day(one: datetime, other: datetime, zone: str) -> bool:
    return local_day(one, zone) == local_day(other, zone)


def _rings(one: Step) -> bool:
    return one.status is StepStatus.ACTIVE and one.remind_at is not None
