"""What came back twice is decided by who stands above both sides."""

from datetime import timedelta
from functools import partial

import pytest

from playbooks.handing_over import CONCERNED, decide
from playbooks.handovers import DECISION, returns
from playbooks.levels import standing, waiting_for
from playbooks.patience import ladder
from playbooks.records import Which
from playbooks.run import Change, Run, StepStatus
from playbooks.submission import wanted_changes
from playbooks.undo import undo_decision
from tests.playbooks.engine import BOT, DORA, FACTS, LEAD, MONDAY, NINA, STRANGER, WEI, refused
from tests.playbooks.handed import (
    PARTS,
    decided,
    disputed,
    handed_in,
    handed_run,
    prices,
    returned,
    which,
)

LATER = MONDAY + timedelta(minutes=4)


def test_the_second_return_and_each_one_after_it_opens_a_decision() -> None:
    run = disputed()
    assert prices(run).status is StepStatus.DECIDING
    assert waiting_for(run, prices(run)) == (LEAD, NINA)
    assert [move.criterion for move in returns(prices(run))] == ["codes", "currency"]
    again = returned(handed_in(decided(run, "return")))
    assert waiting_for(again, prices(again)) == (LEAD, NINA)


def test_a_return_taken_back_does_not_count() -> None:
    run = returned(handed_in(handed_run()))
    run = undo_decision(run, which(run), FACTS, by=WEI, at=LATER).run
    assert (prices(run).status, prices(run).rounds) == (StepStatus.DECIDING, 0)
    run = returned(run, at=LATER)
    assert prices(run).status is StepStatus.ACTIVE
    run = undo_decision(disputed(), Which("prices", 2, "handover"), FACTS, by=WEI, at=LATER).run
    assert waiting_for(run, prices(run)) == (WEI,)
    assert prices(run).rounds == 1


@pytest.mark.parametrize("verdict", ["accept", "remark"])
def test_a_decision_may_accept_the_version(verdict: str) -> None:
    run = decided(disputed(), verdict)
    assert prices(run).status is StepStatus.DONE
    back = undo_decision(run, which(run, DECISION), FACTS, by=LEAD, at=LATER).run
    assert [step.status for step in back.steps] == [StepStatus.DECIDING, StepStatus.WAITING]
    assert waiting_for(back, prices(back)) == (LEAD, NINA)


def test_a_decision_may_return_it_with_what_has_to_be_done() -> None:
    run = disputed()
    told = decide(
        run, which(run, DECISION), FACTS, verdict="return", reason="- Codes\n- CNY", by=NINA,
        at=MONDAY,
    ).run  # fmt: skip
    assert prices(told).status is StepStatus.ACTIVE
    assert wanted_changes(prices(told)) == ("Codes", "CNY")


def test_a_return_cannot_be_taken_back_once_it_was_decided() -> None:
    run = decided(disputed(), "return")
    act = Which("prices", 2, "handover")
    assert refused(lambda: undo_decision(run, act, FACTS, by=WEI, at=LATER)) == "undo_passed"


def test_neither_side_decides() -> None:
    run = disputed()
    for person, code in (
        (DORA, "dispute_side"),
        (WEI, "dispute_side"),
        (STRANGER, "dispute_other"),
    ):
        assert refused(partial(decided, run, by=person)) == code
    lead_works = disputed_by(PARTS | {"designer": (LEAD,)}, LEAD, WEI)
    assert waiting_for(lead_works, prices(lead_works)) == (NINA,)
    lead_receives = disputed_by(PARTS | {"data": (LEAD,)}, DORA, LEAD)
    assert waiting_for(lead_receives, prices(lead_receives)) == (NINA,)


def disputed_by(people: object, owner: str, receiver: str) -> Run:
    run = handed_run(people=people)
    for _ in range(2):
        run = returned(handed_in(run, by=owner), by=receiver)
    return run


def test_a_decision_needs_a_verdict_a_text_and_people() -> None:
    run = disputed()
    crowd = tuple(f"U{n}" for n in range(CONCERNED + 1))
    for values, code in (
        ({"verdict": "perhaps", "reason": "Why"}, "form_invalid"),
        ({"verdict": "accept", "reason": " "}, "words_missing"),
        ({"verdict": "accept", "reason": "Why", "people": (BOT,)}, "form_invalid"),
        ({"verdict": "accept", "reason": "Why", "people": crowd}, "form_invalid"),
    ):

        def act(values: object = values) -> Change:
            return decide(run, which(run, DECISION), FACTS, **values, by=LEAD, at=MONDAY)  # type: ignore[arg-type]

        assert refused(act) == code


def test_an_open_hand_over_is_pressed_and_a_decision_has_its_deadline() -> None:
    run = handed_in(handed_run())
    now = standing(run, prices(run))
    assert now
    first, second = ladder(run, prices(run), now.open[0], FACTS)
    assert [(first.rung, first.to), (second.rung, second.to)] == [
        ("remind", WEI), ("escalate", LEAD),
    ]  # fmt: skip
    run = disputed()
    now = standing(run, prices(run))
    assert now
    first, second = ladder(run, prices(run), now.open[0], FACTS)
    assert (first.rung, first.to, first.at) == ("remind", LEAD, MONDAY + timedelta(days=1))
    assert (second.rung, second.to, second.at) == ("escalate", NINA, MONDAY + timedelta(days=2))
