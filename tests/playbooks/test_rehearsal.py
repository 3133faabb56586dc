from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from playbooks import rehearsal
from playbooks.definition import Playbook
from playbooks.rehearsal import rehearse
from playbooks.run import Change, EventKind, Refused, RunStatus, StepStatus
from tests.playbooks.engine import (
    ANCHORED,
    DORA,
    FACTS,
    FORM,
    MONDAY,
    found,
    items,
    playbook_of,
    step,
    utc,
)  # fmt: skip

PLAN = playbook_of(
    step("brief", checklist=[*items("one"), *items("x", required="no")]),
    step("design", "designer", "after(brief) + 3 workdays", needs=["brief"],
         deliverable={"title": "Design", "required": "yes"}),
    step("sum", due="anchor + 1 workday", needs=["design"], remind="quiet"),
    **ANCHORED,
)  # fmt: skip


def play(playbook: Playbook = PLAN, **more: Any) -> list[tuple[datetime, Change]]:
    late = more.pop("late", {})
    return list(rehearse(playbook, FORM, FACTS, at=MONDAY, late=late, **more))


def told(moments: list[tuple[datetime, Change]], *wanted: EventKind) -> list[tuple[str, str, str]]:
    return [
        (f"{at:%m-%d %H:%M}", str(event.kind), event.step)
        for at, change in moments
        for event in change.events
        if event.kind in wanted
    ]


def test_every_step_is_reminded_and_done_when_due() -> None:
    moments = play()
    assert told(moments, EventKind.REMINDED, EventKind.STEP_DONE, EventKind.RUN_FINISHED) == [
        ("03-05 02:00", "reminded", "brief"), ("03-09 02:00", "reminded", "brief"),
        ("03-09 10:00", "step_done", "brief"), ("03-10 09:00", "reminded", "design"),
        ("03-12 09:00", "reminded", "design"), ("03-12 17:00", "step_done", "design"),
        ("04-21 02:00", "reminded", "sum"), ("04-21 10:00", "step_done", "sum"),
        ("04-21 10:00", "run_finished", ""),
    ]  # fmt: skip
    run = moments[-1][1].run
    assert run.status is RunStatus.FINISHED
    assert found(run, "brief").ticked() == {"one", "x"}
    assert [piece.by for piece in found(run, "design").evidence] == [DORA]
    assert found(run, "brief").evidence == ()


def test_the_start_comes_first_and_time_never_goes_back() -> None:
    moments = play()
    assert moments[0][1].events[0].kind is EventKind.RUN_STARTED
    assert [at for at, _ in moments] == sorted(at for at, _ in moments)
    assert all(event.at == at for at, change in moments for event in change.events)


def test_a_late_step_is_reminded_until_done_and_moves_what_hangs_on_it() -> None:
    moments = play(late={"brief": 2})
    reminded = told(moments, EventKind.REMINDED)
    assert [at for at, _, key in reminded if key == "brief"] == [
        "03-05 02:00", "03-09 02:00", "03-10 02:00", "03-11 02:00",
    ]  # fmt: skip
    done = told(moments, EventKind.STEP_DONE)
    assert done[:2] == [
        ("03-11 10:00", "step_done", "brief"),
        ("03-16 17:00", "step_done", "design"),
    ]


def test_a_step_that_opens_late_or_without_a_date_is_done_at_once() -> None:
    playbook = playbook_of(
        step("brief"), step("next", due="start", needs=["brief"]), step("free", due="param.none")
    )
    assert told(play(playbook), EventKind.STEP_DONE) == [
        ("03-02 01:00", "step_done", "free"), ("03-09 10:00", "step_done", "brief"),
        ("03-09 10:00", "step_done", "next"),
    ]  # fmt: skip


def test_it_stops_where_it_is_told_to() -> None:
    moments = play(until=utc("2026-03-09 10:00"))
    assert moments[-1][0] == utc("2026-03-09 10:00")
    assert found(moments[-1][1].run, "design").status is StepStatus.ACTIVE
    assert len(play(until=MONDAY - timedelta(days=1))) == 1


def test_a_run_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "MOMENTS", 3)
    assert len(play(late={"brief": 900})) == 4


def test_a_year_of_lateness_ends() -> None:
    moments = play(late={"brief": 250})
    assert moments[-1][1].run.status is RunStatus.FINISHED
    assert len(moments) < 100


def test_a_series_is_played_in_turn() -> None:
    playbook = playbook_of(step("call", due=["start + 1 workday", "start + 3 workdays"]))
    assert [key for _, _, key in told(play(playbook), EventKind.STEP_DONE)] == ["call.1", "call.2"]


def test_the_same_rehearsal_says_the_same() -> None:
    assert play(late={"design": 1}) == play(late={"design": 1})


def test_a_wrong_form_is_refused_like_in_earnest() -> None:
    for wrong in (replace(FORM, anchor_on=None), replace(FORM, people={})):
        with pytest.raises(Refused, match="start_invalid"):
            next(rehearse(PLAN, wrong, FACTS, at=MONDAY, late={}))
