from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from playbooks.run import Change, EventKind, Refused, Run, RunStatus
from playbooks.run_actions import cancel_run, change_people, move_run, tell_trouble
from playbooks.step_actions import ask_help, assign_step, skip_step
from tests.playbooks.engine import (
    CAST,
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    NINA,
    WEI,
    found,
    kinds,
    refusal,
    started,
    step,
    utc,
)  # fmt: skip

LATER = MONDAY + timedelta(hours=2)
STEPS = (step("brief", "designer"), step("print", "vendor", needs=["brief"]), step("sum", "writer"))


def begun(**more: Any) -> Run:
    return started(*STEPS, **more)


def recast(run: Run, by: str = LEAD, outsiders: Any = (), **people: tuple[str, ...]) -> Change:
    cast = {**CAST, **people}
    return change_people(run, FACTS, people=cast, outsiders=dict(outsiders), by=by, at=LATER)


def refused(act: Callable[[], object]) -> tuple[str, Any]:
    with pytest.raises(Refused) as error:
        act()
    return refusal(error.value)


def test_the_lead_cancels_a_run_for_a_reason_and_nothing_more_is_sent() -> None:
    change = cancel_run(begun(), reason=" budget cut ", by=LEAD, at=LATER)
    run = change.run
    assert (run.status, run.reason) == (RunStatus.CANCELLED, "budget cut")
    assert (run.ended_at, run.ended_by) == (LATER, LEAD)
    assert [s.remind_at for s in run.steps] == [None] * 3
    assert change.events[0].facts == {"reason": "budget cut"}


def test_only_the_lead_cancels_and_only_once() -> None:
    run = begun()
    assert refused(lambda: cancel_run(run, reason="x", by=DORA, at=LATER))[0] == "lead_only"
    assert refused(lambda: cancel_run(run, reason=" ", by=LEAD, at=LATER))[0] == "words_missing"
    ended = cancel_run(run, reason="x", by=LEAD, at=LATER).run
    assert refused(lambda: cancel_run(ended, reason="x", by=LEAD, at=LATER)) == (
        "run_cancelled", {"by": LEAD, "at": LATER, "lead": LEAD},
    )  # fmt: skip


def test_a_run_moves_to_another_channel() -> None:
    change = move_run(begun(), channel="C2", by=LEAD, at=LATER)
    assert change.run.channel == "C2"
    assert change.events[0].facts == {"from": "C1", "to": "C2"}
    assert (
        refused(lambda: move_run(change.run, channel="C2", by=LEAD, at=LATER))[0] == "same_channel"
    )
    assert refused(lambda: move_run(begun(), channel="", by=LEAD, at=LATER))[0] == "words_missing"
    assert refused(lambda: move_run(begun(), channel="C2", by=WEI, at=LATER))[0] == "lead_only"


def test_open_steps_follow_their_role() -> None:
    change = recast(begun(), designer=(NINA,))
    assert kinds(change.events) == [
        (EventKind.PEOPLE_CHANGED, ""), (EventKind.STEP_ASSIGNED, "brief"),
    ]  # fmt: skip
    assert change.events[1].facts == {"from": DORA, "to": NINA}
    brief, print_ = found(change.run, "brief"), found(change.run, "print")
    assert (brief.owner, print_.owner, found(change.run, "sum").owner) == (NINA, NINA, WEI)
    assert brief.remind_at == utc("2026-03-05 15:00")
    assert (print_.owner_from, print_.remind_at) == ("backup", None)


def test_a_step_handed_over_by_hand_stays_there() -> None:
    run = assign_step(begun(), "brief", FACTS, person=WEI, by=LEAD, at=LATER).run
    assert found(recast(run, designer=(NINA,)).run, "brief").owner == WEI


def test_a_closed_step_keeps_its_owner() -> None:
    run = skip_step(begun(), "brief", FACTS, reason="x", by=LEAD, at=LATER).run
    assert found(recast(run, designer=(NINA,)).run, "brief").owner == DORA


def test_the_call_for_help_of_the_former_owner_does_not_silence_the_new_one() -> None:
    run = ask_help(begun(), "brief", by=DORA, at=LATER).run
    assert found(recast(run, designer=(NINA,)).run, "brief").remind_at is not None
    assert found(recast(run, writer=(NINA,)).run, "brief").help_by == DORA


def test_an_emptied_role_falls_to_the_lead_and_an_outsider_is_reached_by_somebody() -> None:
    change = recast(begun(), designer=(), writer=(), outsiders={"vendor": " Press "})
    owners = [(s.owner, s.owner_from, s.reach) for s in change.run.steps]
    assert owners == [(LEAD, "lead", ""), (LEAD, "lead", "Press"), (LEAD, "lead", "")]
    assert change.run.outsiders == {"vendor": "Press"}


def test_a_new_lead_takes_over() -> None:
    run = recast(begun(), lead=(NINA, LEAD)).run
    assert run.lead == NINA
    assert refused(lambda: recast(run, by=LEAD, designer=(WEI,)))[0] == "lead_only"
    assert recast(run, by=NINA, lead=(NINA, LEAD), designer=(WEI,)).events


def test_a_run_always_has_a_lead() -> None:
    assert refused(lambda: recast(begun(), lead=())) == (
        "start_invalid", {"fields": {"role.lead": "start.lead_missing"}},
    )  # fmt: skip


def test_the_same_people_again_change_nothing() -> None:
    run = recast(begun(), designer=(NINA,)).run
    assert recast(run, designer=(NINA,)) == Change(run, ())


def test_trouble_is_told_while_the_run_lasts() -> None:
    run = begun()
    change = tell_trouble(run, trouble="archived", facts={"channel": "C1"}, at=LATER)
    assert change.run == run
    assert change.events[0].facts == {"kind": "archived", "channel": "C1"}
    assert change.events[0].by == "clock"
    ended = cancel_run(run, reason="x", by=LEAD, at=LATER).run
    for act in (
        lambda: tell_trouble(ended, trouble="archived", facts={}, at=LATER),
        lambda: recast(ended), lambda: move_run(ended, channel="C2", by=LEAD, at=LATER),
    ):  # fmt: skip
        assert refused(act)[0] == "run_cancelled"
