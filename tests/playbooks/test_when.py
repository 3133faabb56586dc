"""Conditions on questions, levels, steps and list totals act; what is not known yet does not."""

from dataclasses import replace
from typing import Any

import pytest

from playbooks.answers import Given, questions_of
from playbooks.approvals import approve
from playbooks.records import Which
from playbooks.run import Refused, Run, StepStatus
from playbooks.step_actions import reopen_step
from playbooks.submission import Handed, complete_step
from tests.playbooks.engine import (
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    WEI,
    found,
    playbook_of,
    start,
    step,
)

BIG = replace(FACTS, lists={"list.budget.total.planned": 80000.0, "list.budget.rows": 3})
SMALL = replace(FACTS, lists={"list.budget.total.planned": 20000.0, "list.budget.rows": 3})
THRESHOLD = "list.budget.total.planned > 50000"
OFF, WAITING, ACTIVE = StepStatus.OFF, StepStatus.WAITING, StepStatus.ACTIVE


def asked(*questions: dict[str, Any], **more: Any) -> Run:
    return start(playbook_of(step("brief", questions=list(questions), **more))).run


def hand_in(run: Run, facts: Any = FACTS, **given: str) -> Run:
    values = {id_: Given(value) for id_, value in given.items()}
    handed = Handed(given=values, signed=True)
    return complete_step(run, "brief", facts, by=LEAD, at=MONDAY, handed=handed).run


def wrong(run: Run, facts: Any = FACTS, **given: str) -> set[str]:
    with pytest.raises(Refused) as error:
        hand_in(run, facts, **given)
    return set(error.value.facts["fields"])


PAID = {
    "id": "paid", "ask": "Paid?", "type": "choice",
    "choices": [{"id": "yes", "title": "Y"}, {"id": "no", "title": "N"}],
}  # fmt: skip
PRICE = {
    "id": "price", "ask": "Price?", "type": "number", "required": "yes",
    "when": "answer.brief.paid = yes",
}  # fmt: skip


def test_a_question_is_required_only_when_an_answer_of_the_same_form_asks_for_it() -> None:
    run = asked(PAID, PRICE)
    assert wrong(run, paid="yes") == {"question.price"}
    assert found(hand_in(run, paid="no"), "brief").status is StepStatus.DONE
    done = hand_in(run, paid="yes", price="9")
    assert [a.value for a in found(done, "brief").answers] == ["yes", "9"]


def test_what_was_answered_to_a_question_that_is_off_is_not_kept() -> None:
    done = hand_in(asked(PAID, PRICE), paid="no", price="9")
    assert [a.question for a in found(done, "brief").answers] == ["paid"]


def test_a_question_whose_condition_is_not_known_yet_is_asked() -> None:
    run = asked(PAID, PRICE)
    assert [q.id for q in questions_of(run, found(run, "brief"))] == ["paid", "price"]


def test_a_level_applies_as_the_answers_say_and_stays_as_it_was_when_submitted() -> None:
    levels = [
        {"level": "manager", "by": "designer"},
        {"level": "head", "by": "writer", "when": "answer.brief.price > 100"},
    ]
    price = {"id": "price", "ask": "Price?", "type": "number"}
    run = asked(price, approvals=levels)
    assert found(hand_in(run, price="90"), "brief").versions[-1].levels == ("manager",)
    dear = hand_in(run, price="900")
    assert found(dear, "brief").versions[-1].levels == ("manager", "head")
    once = approve(dear, Which("brief", 1, "manager"), FACTS, by=DORA, at=MONDAY).run
    assert found(once, "brief").status is StepStatus.DECIDING
    done = approve(once, Which("brief", 1, "head"), FACTS, by=WEI, at=MONDAY).run
    assert found(done, "brief").status is StepStatus.DONE


def test_a_level_is_decided_though_its_condition_is_no_longer_true() -> None:
    level = {"level": "head", "by": "writer", "when": THRESHOLD}
    run = hand_in(asked(approvals=[level]), BIG)
    done = approve(run, Which("brief", 1, "head"), SMALL, by=WEI, at=MONDAY).run
    assert [m.level for m in found(done, "brief").moves] == ["head"]


def test_totals_of_lists_drive_levels() -> None:
    run = asked(approvals=[{"level": "head", "by": "writer", "when": THRESHOLD}])
    assert found(hand_in(run, SMALL), "brief").status is StepStatus.DONE
    assert found(hand_in(run, BIG), "brief").status is StepStatus.DECIDING
    assert found(hand_in(run, FACTS), "brief").status is StepStatus.DECIDING  # not known yet


def test_totals_of_lists_drive_questions() -> None:
    why = {"id": "why", "ask": "Why so much?", "required": "yes", "when": THRESHOLD}
    run = asked(why)
    assert wrong(run, BIG) == {"question.why"}
    assert found(hand_in(run, SMALL), "brief").status is StepStatus.DONE
    gate = {"id": "ok", "ask": "OK?", "type": "gate", "blocks-on": "no", "when": THRESHOLD}
    assert found(hand_in(asked(gate), BIG, ok="no"), "brief").status is ACTIVE
    assert found(hand_in(asked(gate), SMALL, ok="no"), "brief").status is StepStatus.DONE


def test_the_owner_signs_only_where_a_total_asks_for_it() -> None:
    run = asked(approvals=[{"level": "self", "by": "owner", "when": THRESHOLD}])
    done = complete_step(run, "brief", SMALL, by=LEAD, at=MONDAY)
    assert found(done.run, "brief").status is StepStatus.DONE
    with pytest.raises(Refused):
        complete_step(run, "brief", BIG, by=LEAD, at=MONDAY)


def follows(when: str) -> Any:
    return playbook_of(
        step("brief", questions=[{"id": "kind", "ask": "Kind?"}]),
        step("stage", needs=["brief"], when=when),
        step("tell", needs=["stage"]),
    )


def test_answers_switch_waiting_steps_off_and_on_again() -> None:
    run = start(follows("answer.brief.kind = live")).run
    assert [s.status for s in run.steps] == [ACTIVE, WAITING, WAITING]
    online = hand_in(run, kind="online")
    assert [s.status for s in online.steps] == [StepStatus.DONE, OFF, ACTIVE]
    again = reopen_step(online, "brief", FACTS, by=LEAD, at=MONDAY).run
    live = hand_in(again, kind="live")
    assert [s.status for s in live.steps] == [StepStatus.DONE, ACTIVE, WAITING]


def test_totals_switch_steps_at_the_start_and_later() -> None:
    playbook = follows(THRESHOLD)
    assert [s.status for s in start(playbook, facts=SMALL).run.steps] == [ACTIVE, OFF, ACTIVE]
    run = start(playbook).run
    assert [s.status for s in run.steps] == [ACTIVE, WAITING, WAITING]
    assert [s.status for s in hand_in(run, SMALL).steps] == [StepStatus.DONE, OFF, ACTIVE]
    assert [s.status for s in hand_in(run, BIG).steps] == [StepStatus.DONE, ACTIVE, WAITING]


def test_a_step_switched_off_in_a_gated_phase_leaves_its_gate_to_the_rest() -> None:
    phases = [
        {"id": "plan", "title": "P", "gate": {"ask": "?", "by": "lead"}, "steps": [
            step("brief", questions=[{"id": "kind", "ask": "Kind?"}]),
            step("stage", needs=["brief"], when="answer.brief.kind = live"),
        ]},
        {"id": "do", "title": "D", "steps": [step("work", needs=["stage"])]},
    ]  # fmt: skip
    run = hand_in(start(playbook_of(phases=phases)).run, kind="online")
    assert [move.kind for move in run.gates] == ["asked"]
    again = reopen_step(run, "brief", FACTS, by=LEAD, at=MONDAY).run
    live = hand_in(again, kind="live")
    assert [move.kind for move in live.gates] == ["asked", "lapsed"]
    assert [s.status for s in live.steps] == [StepStatus.DONE, ACTIVE, WAITING]
