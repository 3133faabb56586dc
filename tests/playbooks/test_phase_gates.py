"""What people and the clock do at the gates of phases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from playbooks.phase_gates import hold_gate, needs_reason, pass_gate, press_gates, undo_pass
from playbooks.phases import deciders_of, gate_of, is_asked, under_way
from playbooks.records import WhichGate
from playbooks.run import Change, EventKind, Refused, Run, RunStatus, StepStatus
from playbooks.run_actions import cancel_run, change_people
from playbooks.step_actions import reopen_step, skip_step
from playbooks.submission import complete_step
from tests.playbooks.engine import (
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    NINA,
    WEI,
    found,
    kinds,
    playbook_of,
    refused,
    start,
    step,
    utc,
)

PLAN = WhichGate("plan", 1)
SOON = MONDAY + timedelta(minutes=4)
LATER = MONDAY + timedelta(minutes=6)


def gated(**more: Any) -> Run:
    """Plan, decided by Wei; then work, which needs it, and what does not."""
    phases = [
        {"id": "plan", "title": "Plan", "objective": "Agree", "steps": [step("a"), step("b")],
         "gate": {"ask": "Ready?", "by": "writer"}},
        {"id": "do", "title": "Do", "steps": [step("work", needs=["a"]), step("free")]},
        {"id": "watch", "title": "Watch", "steps": [step("count")], "beside": "yes"},
    ]  # fmt: skip
    return start(playbook_of(phases=phases, **{"override": "designer", **more})).run


def done(run: Run, *keys: str, at: Any = MONDAY) -> Change:
    change = Change(run, ())
    for key in keys:
        change = complete_step(change.run, key, FACTS, by=LEAD, at=at)
    return change


def passed(run: Run, **more: Any) -> Run:
    return pass_gate(run, PLAN, FACTS, **{"by": WEI, "at": MONDAY, **more}).run


def status(run: Run, *keys: str) -> list[StepStatus]:
    return [found(run, key).status for key in keys]


def phase(run: Run, id_: str = "plan") -> Any:
    return next(one for one in run.playbook.phases if one.id == id_)


WAITING, ACTIVE, DONE = StepStatus.WAITING, StepStatus.ACTIVE, StepStatus.DONE


def test_a_phase_opens_with_its_first_step_and_only_one_that_says_something_tells_so() -> None:
    run = gated()
    change = start(run.playbook)
    told = [e.facts.get("phase") for e in change.events if e.kind is EventKind.PHASE_OPENED]
    assert told == ["plan"]
    assert kinds(change.events)[1:3] == [(EventKind.PHASE_OPENED, ""), (EventKind.STEP_OPENED, "a")]
    assert under_way(run) == phase(run)


def test_the_gate_is_asked_when_every_step_of_its_phase_is_closed() -> None:
    run = done(gated(), "a").run
    assert status(run, "work", "free", "count") == [WAITING, WAITING, ACTIVE]
    assert gate_of(run, phase(run)) == "shut"
    assert refused(lambda: passed(run)) == "gate_shut"
    change = skip_step(run, "b", FACTS, reason="no need", by=LEAD, at=MONDAY)
    assert kinds(change.events) == [(EventKind.STEP_SKIPPED, "b"), (EventKind.PHASE_ASKED, "")]
    assert is_asked(change.run, phase(run))
    assert status(change.run, "work", "free") == [WAITING, WAITING]


def test_passing_opens_what_needed_the_phase_and_says_who_and_when() -> None:
    run = done(gated(), "a", "b").run
    change = pass_gate(run, PLAN, FACTS, by=WEI, at=SOON)
    assert [event.kind for event in change.events] == [
        EventKind.PHASE_PASSED, EventKind.STEP_OPENED, EventKind.STEP_OPENED,
    ]  # fmt: skip
    assert status(change.run, "work", "free") == [ACTIVE, ACTIVE]
    last = change.run.gates[-1]
    assert (last.phase, last.kind, last.by, last.at, last.reason) == (
        "plan", "passed", WEI, SOON, "",
    )  # fmt: skip
    assert change.run.gate_at is None
    assert refused(lambda: passed(change.run)) == "gate_passed"


def test_only_who_plays_the_role_answers_and_the_refusal_names_them() -> None:
    run = done(gated(), "a", "b").run
    for act in (pass_gate, hold_gate):
        with pytest.raises(Refused) as error:
            act(run, PLAN, FACTS, reason="x", by=LEAD, at=MONDAY)
        assert (error.value.code, error.value.facts["person"]) == ("gate_not_yours", WEI)


def test_where_nobody_has_the_role_its_backup_or_the_lead_answers() -> None:
    run = done(gated(), "a", "b").run
    alone = change_people(
        run, FACTS, people={"lead": (LEAD,)}, outsiders={}, by=LEAD, at=MONDAY
    ).run
    assert deciders_of(alone, phase(run)) == (LEAD,)
    assert status(passed(alone, by=LEAD), "free") == [ACTIVE]


def test_a_not_yet_needs_a_reason_stays_open_and_may_become_a_yes() -> None:
    run = done(gated(), "a", "b").run
    assert refused(
        lambda: hold_gate(run, PLAN, FACTS, reason=" ", by=WEI, at=MONDAY)
    ) == "words_missing"  # fmt: skip
    change = hold_gate(run, PLAN, FACTS, reason=" no budget ", by=WEI, at=MONDAY)
    assert [event.kind for event in change.events] == [EventKind.PHASE_HELD]
    assert change.run.gates[-1].reason == "no budget"
    again = hold_gate(change.run, PLAN, FACTS, reason="no budget", by=WEI, at=SOON)
    assert again == Change(change.run, ())
    assert status(change.run, "work", "free") == [WAITING, WAITING]
    assert status(passed(change.run), "free") == [ACTIVE]


def test_against_a_not_yet_only_the_head_role_passes_and_says_why() -> None:
    run = done(gated(), "a", "b").run
    assert refused(lambda: passed(run, by=DORA, reason="x")) == "gate_not_yours"
    held = hold_gate(run, PLAN, FACTS, reason="no budget", by=WEI, at=MONDAY).run
    assert needs_reason(held, PLAN, by=DORA)
    assert not needs_reason(held, PLAN, by=WEI)
    assert refused(lambda: passed(held, by=DORA)) == "words_missing"
    assert refused(lambda: passed(held, by=LEAD, reason="x")) == "gate_not_yours"
    over = passed(held, by=DORA, reason="the client signed")
    assert status(over, "work", "free") == [ACTIVE, ACTIVE]
    assert [(m.kind, m.by, m.reason) for m in over.gates] == [
        ("asked", LEAD, ""), ("held", WEI, "no budget"), ("overridden", DORA, "the client signed"),
    ]  # fmt: skip


def test_without_an_override_role_nobody_passes_against_a_not_yet() -> None:
    run = done(gated(override=None), "a", "b").run
    held = hold_gate(run, PLAN, FACTS, reason="no budget", by=WEI, at=MONDAY).run
    assert refused(lambda: passed(held, by=DORA, reason="x")) == "gate_not_yours"


def test_a_pass_may_be_taken_back_for_five_minutes() -> None:
    run = passed(done(gated(), "a", "b").run)
    assert refused(lambda: undo_pass(run, PLAN, FACTS, by=LEAD, at=SOON)) == "undo_not_yours"
    assert refused(lambda: undo_pass(run, PLAN, FACTS, by=WEI, at=LATER)) == "gate_undo_late"
    change = undo_pass(run, PLAN, FACTS, by=WEI, at=SOON)
    assert kinds(change.events) == [
        (EventKind.PHASE_UNDONE, ""), (EventKind.STEP_BLOCKED, "work"),
        (EventKind.STEP_BLOCKED, "free"),
    ]  # fmt: skip
    assert is_asked(change.run, phase(run))
    assert status(change.run, "work", "count") == [WAITING, ACTIVE]
    assert change.run.gate_at
    assert refused(
        lambda: undo_pass(change.run, PLAN, FACTS, by=WEI, at=SOON)
    ) == "undo_not_yours"  # fmt: skip


def test_not_once_something_it_unlocked_is_closed() -> None:
    run = passed(done(gated(), "a", "b").run)
    beside = done(run, "count", at=SOON).run
    assert undo_pass(beside, PLAN, FACTS, by=WEI, at=SOON).run.gate_at
    gone_on = done(run, "free", at=SOON).run
    assert refused(
        lambda: undo_pass(gone_on, PLAN, FACTS, by=WEI, at=SOON)
    ) == "gate_undo_passed"  # fmt: skip


def test_a_step_reopened_in_a_passed_phase_has_the_gate_asked_anew() -> None:
    run = done(passed(done(gated(), "a", "b").run), "free", at=SOON).run
    change = reopen_step(run, "b", FACTS, by=LEAD, at=LATER)
    assert kinds(change.events) == [
        (EventKind.STEP_REOPENED, "b"), (EventKind.PHASE_LAPSED, ""),
        (EventKind.STEP_BLOCKED, "work"), (EventKind.STEP_OPENED, "b"),
    ]  # fmt: skip
    assert status(change.run, "work", "free") == [WAITING, DONE]
    again = done(change.run, "b", at=LATER).run
    assert [move.kind for move in again.gates] == ["asked", "passed", "lapsed", "asked"]
    assert refused(lambda: passed(again)) == "gate_asked_anew"
    opened = pass_gate(again, WhichGate("plan", 2), FACTS, by=WEI, at=LATER).run
    assert status(opened, "work", "free") == [ACTIVE, DONE]


def test_a_step_reopened_before_the_answer_takes_the_question_back() -> None:
    run = done(gated(), "a", "b").run
    again = reopen_step(run, "b", FACTS, by=LEAD, at=SOON).run
    assert refused(lambda: passed(again)) == "gate_shut"
    assert again.gate_at is None


def test_the_step_a_gate_locks_says_whose_turn_it_is() -> None:
    run = done(gated(), "a", "b").run
    with pytest.raises(Refused) as error:
        complete_step(run, "work", FACTS, by=LEAD, at=MONDAY)
    assert (error.value.code, error.value.facts) == (
        "waits_for_gate", {"phase": "plan", "person": WEI},
    )  # fmt: skip


def test_a_phase_all_skipped_is_asked_and_one_all_off_is_not() -> None:
    run = gated()
    for key in ("a", "b"):
        run = skip_step(run, key, FACTS, reason="x", by=LEAD, at=MONDAY).run
    assert is_asked(run, phase(run))
    off = step("x", when="param.size = large")
    phases = [
        {"id": "plan", "title": "P", "steps": [off], "gate": {"ask": "?", "by": "lead"}},
        {"id": "do", "title": "D", "steps": [step("free")]},
    ]
    params = [{"id": "size", "title": "Size"}]
    small = start(playbook_of(phases=phases, params=params), params={"size": "small"}).run
    assert status(small, "free") == [ACTIVE]
    assert gate_of(small, phase(small)) == "none"


def test_the_run_is_finished_when_its_last_gate_is_passed() -> None:
    last = {"id": "p", "title": "P", "steps": [step("a")], "gate": {"ask": "?", "by": "lead"}}
    run = done(start(playbook_of(phases=[last])).run, "a").run
    assert run.status is RunStatus.ACTIVE
    change = pass_gate(run, WhichGate("p", 1), FACTS, by=LEAD, at=MONDAY)
    assert kinds(change.events)[-1] == (EventKind.RUN_FINISHED, "")


def test_a_gate_that_is_not_known_or_of_a_run_that_ended_is_refused() -> None:
    run = done(gated(), "a", "b").run
    for which in (WhichGate("do", 1), WhichGate("nowhere", 1)):
        with pytest.raises(Refused, match="no_such_gate"):
            pass_gate(run, which, FACTS, by=WEI, at=MONDAY)
    ended = cancel_run(run, reason="x", by=LEAD, at=MONDAY).run
    assert ended.gate_at is None
    assert refused(lambda: passed(ended)) == "run_cancelled"


def rung(run: Run, when: str) -> tuple[Run, list[tuple[str, str]]]:
    """What the clock says of open gates at a moment."""
    change = press_gates(run, FACTS, at=utc(when))
    return change.run, [(e.facts["rung"], e.facts["to"]) for e in change.events]


def test_who_does_not_answer_is_reminded_and_then_the_lead_hears_of_it() -> None:
    run = done(gated(), "a", "b").run  # Wei works from half past ten; asked on Monday at nine
    assert run.gate_at == utc("2026-03-03 02:30")
    assert press_gates(run, FACTS, at=utc("2026-03-03 02:29")) == Change(run, ())
    told = []
    for day in range(3, 20):
        run, said = rung(run, f"2026-03-{day:02} 04:00")
        told += [(day, *one) for one in said]
    assert told == [
        (3, "remind", WEI), (4, "remind", WEI), (5, "escalate", LEAD), (12, "remind", WEI),
        (19, "remind", WEI),
    ]  # fmt: skip


def test_after_a_not_yet_its_author_alone_is_reminded() -> None:
    run = done(gated(), "a", "b").run
    run = hold_gate(run, PLAN, FACTS, reason="x", by=WEI, at=utc("2026-03-04 05:00")).run
    told = []
    for day in range(5, 13):
        run, said = rung(run, f"2026-03-{day:02} 06:00")
        told += [(day, *one) for one in said]
    assert told == [(5, "remind", WEI), (6, "remind", WEI), (9, "remind", WEI)]


def test_nobody_is_reminded_at_night_or_twice() -> None:
    run = done(gated(), "a", "b").run
    waits, said = rung(run, "2026-03-03 16:00")  # midnight in Shanghai
    assert (said, waits.gate_at) == ([], utc("2026-03-04 02:30"))
    once, said = rung(waits, "2026-03-04 02:30")
    assert said == [("remind", WEI)]
    assert rung(once, "2026-03-04 02:30") == (once, [])


def test_a_lead_who_decides_is_not_told_of_themselves() -> None:
    run = done(gated(), "a", "b").run
    run = replace(run, people={**run.people, "writer": (LEAD,), "designer": (NINA,)})
    told = []
    for day in range(3, 7):
        run, said = rung(run, f"2026-03-{day:02} 15:00")
        told += said
    assert ("escalate", NINA) in told
    assert ("escalate", LEAD) not in told
