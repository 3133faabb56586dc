"""Steps that come round within a run, and those that are opened when somebody needs them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.calendars import Facts, WorkCalendar
from playbooks.on_demand import on_demand, open_another, proposed_day
from playbooks.rehearsal import rehearse
from playbooks.run import EventKind, Refused, Run, RunStatus, Step, StepStatus
from playbooks.start import StartForm, start_run
from playbooks.step_actions import skip_step
from playbooks.submission import Handed, complete_step
from tests.factories import LEAD, OWNER, a_playbook, a_told_step

AT = datetime(2025, 9, 1, 2, 0, tzinfo=UTC)  # Monday 10:00 in Shanghai
SHANGHAI = ZoneInfo("Asia/Shanghai")
FACTS = Facts(WorkCalendar("CN"))
WEEKLY = {"every": "week", "on": "friday at 16:00"}


def form_of(**keys: Any) -> StartForm:
    known: dict[str, Any] = {
        "name": "Run", "channel": "C1", "start_on": date(2025, 9, 1), "calendar": "CN",
        "anchor_on": date(2025, 9, 26), "people": {"controller": (LEAD,), "designer": (OWNER,)},
    }  # fmt: skip
    return StartForm(**known | keys)


def start(*steps: dict[str, Any], **keys: Any) -> Run:
    return start_run(
        a_playbook(*steps), form_of(**keys), FACTS, run_id="r", workspace="T", version="v",
        by=LEAD, at=AT,
    ).run  # fmt: skip


def a_series(**repeat: Any) -> dict[str, Any]:
    return a_told_step("figures", due="start", repeat=WEEKLY | repeat)


def done(run: Run, key: str, at: datetime | None = None) -> Run:
    step = run.step(key)
    assert step
    handed = Handed(ticked=[], evidence=(), given={}, signed=True)
    at = at or step.due_at or AT
    return complete_step(run, key, FACTS, by=step.owner, at=at, handed=handed).run


def days(run: Run, id_: str = "figures") -> list[str]:
    return [f"{s.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" for s in run.of(id_) if s.due_at]


def play(run: Run, *, stop: int = 50) -> Run:
    """Finish each occurrence when it is due, and nothing else."""
    for _ in range(stop):
        step = next((s for s in run.of("figures") if s.status is StepStatus.ACTIVE), None)
        if step is None:
            return run
        run = done(run, step.key)
    return run


def test_a_series_comes_round_until_the_anchor_day_off_put_off() -> None:
    run = start(a_series(until="anchor"), a_told_step("other", due="anchor"),
                anchor_on=date(2025, 10, 17))  # fmt: skip
    assert days(run) == ["09-05 16:00"]  # one at a time: the next when this one is closed
    # Friday 3 October is in the holidays, and put off to the ninth; then the tenth and the next.
    assert days(play(run)) == [
        "09-05 16:00", "09-12 16:00", "09-19 16:00", "09-26 16:00", "10-09 16:00",
        "10-10 16:00", "10-17 16:00",
    ]  # fmt: skip


def test_the_step_that_ends_a_series_does_so_by_its_date_or_by_being_closed() -> None:
    summary = a_told_step("summary", due="start + 8 workdays")  # 11 September
    run = start(a_series(until="summary"), summary)
    assert days(play(run)) == ["09-05 16:00"]
    later = replace(summary_of(run), due_at=AT + timedelta(days=20))
    assert days(play(run.with_step(later))) == ["09-05 16:00", "09-12 16:00", "09-19 16:00"]
    closed = done(run.with_step(later), "summary", AT)
    assert days(play(closed)) == ["09-05 16:00"]


def summary_of(run: Run) -> Step:
    step = run.step("summary")
    assert step
    return step


def test_a_series_without_an_end_lasts_as_long_as_other_work_and_holds_up_none() -> None:
    run = start(
        a_series(),
        a_told_step("other", due="start"),
        a_told_step("after", due="after(figures) + 1 workdays", needs=["figures"]),
    )
    run = done(run, "figures.1")
    assert len(run.of("figures")) == 2
    run = done(run, "other", AT)
    run = done(run, "figures.2")
    assert len(run.of("figures")) == 2  # the step that waits for the series is no reason for more
    after = run.step("after")
    assert after
    assert after.status is StepStatus.ACTIVE
    assert done(run, "after").status is RunStatus.FINISHED


def test_a_late_occurrence_skips_none_of_those_after_it() -> None:
    run = start(a_series(until="anchor"), a_told_step("other", due="anchor"))
    run = done(run, "figures.1", AT + timedelta(days=16))  # the seventeenth
    assert days(run) == ["09-05 16:00", "09-12 16:00"]


def test_one_that_was_skipped_is_followed_by_the_next() -> None:
    run = start(a_series(until="anchor"))
    run = skip_step(run, "figures.1", FACTS, reason="Fair", by=LEAD, at=AT).run
    assert days(run) == ["09-05 16:00", "09-12 16:00"]


def test_a_series_outside_the_tier_or_its_condition_has_no_occurrence() -> None:
    told = a_series() | {"when": "param.mode = online"}
    params = [{"id": "mode", "title": "Mode", "default": "online"}]
    playbook = a_playbook(told, a_told_step("other"), params=params)
    for mode, count in (("online", 1), ("hall", 0)):
        run = start_run(playbook, form_of(params={"mode": mode}), FACTS, run_id="r", workspace="T",
                        version="v", by=LEAD, at=AT).run  # fmt: skip
        assert len(run.of("figures")) == count


@given(
    every=st.sampled_from(["day", "week", "month", "quarter"]),
    start_on=st.dates(date(2025, 1, 1), date(2026, 6, 1)),
    length=st.integers(1, 200),
)
def test_a_rehearsed_series_rises_on_working_days_and_ends(
    every: str, start_on: date, length: int
) -> None:
    playbook = a_playbook(
        a_told_step("figures", due="start", repeat={"every": every, "until": "anchor"}),
        a_told_step("other", due="anchor"),
    )
    form = form_of(start_on=start_on, anchor_on=start_on + timedelta(days=length))
    at = datetime(start_on.year, start_on.month, start_on.day, 1, tzinfo=UTC)
    *_, (_, change) = rehearse(playbook, form, FACTS, at=at, late={})
    assert change.run.status is RunStatus.FINISHED
    due = [
        step.due_at.astimezone(SHANGHAI).date() for step in change.run.of("figures") if step.due_at
    ]
    assert due == sorted(set(due))
    assert all(FACTS.calendar.is_workday(day) for day in due)
    assert all(start_on <= day <= start_on + timedelta(days=length) for day in due)


# On demand


def a_special(**keys: Any) -> dict[str, Any]:
    return a_told_step("special", due="start + 3 workdays", repeat={"on-demand": "true"}) | keys


def test_what_is_opened_on_demand_is_a_step_of_its_own_each_time() -> None:
    run = start(a_special(), a_told_step("other"))
    assert run.of("special") == ()
    assert [told.id for told in on_demand(run, FACTS)] == ["special"]
    for number in (1, 2):
        change = open_another(run, "special", FACTS, due_on=date(2025, 9, 10), note=" Retail ",
                              by=OWNER, at=AT)  # fmt: skip
        run = change.run
        step = run.step(f"special.{number}")
        assert step
        assert step.status is StepStatus.ACTIVE  # beside the one before, not after it
        assert (step.owner, step.comments[0].text) == (OWNER, "Retail")
        assert days(run, "special")[-1] == "09-10 18:00"
        assert [event.kind for event in change.events] == [
            EventKind.STEP_ADDED, EventKind.STEP_OPENED, EventKind.COMMENT_ADDED,
        ]  # fmt: skip


def test_another_one_is_proposed_by_its_rule_counted_from_today() -> None:
    run = start(a_special(), a_told_step("other"))
    told = run.playbook.steps_by_id["special"]
    assert proposed_day(run, told, FACTS, at=AT + timedelta(days=7)) == date(2025, 9, 11)
    early = start(a_special(due="anchor - 20 workdays"), a_told_step("other"))
    told = early.playbook.steps_by_id["special"]
    assert proposed_day(early, told, FACTS, at=AT + timedelta(days=5)) == date(2025, 9, 8)


@pytest.mark.parametrize(
    ("id_", "day", "by", "code"),
    [
        ("special", date(2025, 8, 31), LEAD, "day_past"),
        ("special", date(2125, 8, 31), LEAD, "day_far"),
        ("special", date(2025, 9, 3), "U0NOBODY", "no_part"),
        ("other", date(2025, 9, 3), LEAD, "not_on_demand"),
        ("nothing", date(2025, 9, 3), LEAD, "not_on_demand"),
    ],
)
def test_what_cannot_be_opened_is_refused(id_: str, day: date, by: str, code: str) -> None:
    run = start(a_special(), a_told_step("other"))
    with pytest.raises(Refused) as refused:
        open_another(run, id_, FACTS, due_on=day, by=by, at=AT)
    assert refused.value.code == code


def test_nothing_is_opened_in_a_run_that_has_ended() -> None:
    run = done(start(a_special(), a_told_step("other", due="start")), "other", AT)
    with pytest.raises(Refused) as refused:
        open_another(run, "special", FACTS, due_on=None, by=LEAD, at=AT)
    assert refused.value.code == "run_ended"
