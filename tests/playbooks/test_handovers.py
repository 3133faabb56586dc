"""What a receiver may do about a version handed over, and what follows from it."""

from datetime import timedelta
from functools import partial

import pytest

from playbooks.approvals import approve, reject, request_changes
from playbooks.handing_over import accept, give_back
from playbooks.levels import standing, waiting_for
from playbooks.run import StepStatus
from playbooks.signing_rounds import is_signing
from playbooks.step_actions import reopen_step
from playbooks.submission import wanted_changes
from playbooks.undo import undo_decision
from tests.playbooks.engine import DORA, FACTS, LEAD, MONDAY, NINA, WEI, refused
from tests.playbooks.handed import (
    PARTS,
    accepted,
    handed_in,
    handed_run,
    prices,
    returned,
    which,
)

LATER = MONDAY + timedelta(minutes=4)


def test_what_is_handed_in_waits_for_the_receiver_alone() -> None:
    run = handed_in(handed_run())
    assert prices(run).status is StepStatus.DECIDING
    assert waiting_for(run, prices(run)) == (WEI,)


def test_what_was_accepted_is_done_and_the_next_step_opens() -> None:
    run = accepted(handed_in(handed_run()))
    assert [step.status for step in run.steps] == [StepStatus.DONE, StepStatus.ACTIVE]
    assert prices(run).closed_by == DORA


def test_a_return_needs_a_criterion_that_was_agreed_and_a_reason() -> None:
    run = handed_in(handed_run())
    for values, code in (
        ({"criterion": "taste", "reason": "Ugly"}, "form_invalid"),
        ({"criterion": "", "reason": "Ugly"}, "form_invalid"),
        ({"criterion": "codes", "reason": " \n "}, "words_missing"),
    ):
        act = partial(give_back, run, which(run), FACTS, **values, by=WEI, at=MONDAY)
        assert refused(act) == code


def test_the_first_return_goes_back_to_the_owner_with_what_to_mend() -> None:
    run = returned(handed_in(handed_run()))
    assert prices(run).status is StepStatus.ACTIVE
    assert wanted_changes(prices(run)) == ("Missing",)
    now = standing(run, prices(run))
    assert now
    assert now.outcome == "returned"


@pytest.mark.parametrize("act", [approve, request_changes, reject])
def test_a_hand_over_is_not_decided_like_an_approval(act: object) -> None:
    run = handed_in(handed_run())
    words = {} if act is approve else {"comment": "No"}
    code = refused(lambda: act(run, which(run), FACTS, by=WEI, at=MONDAY, **words))  # type: ignore[operator]
    assert code == "no_such_level"


def test_an_approval_is_not_accepted_like_a_hand_over() -> None:
    run = handed_in(handed_run(approvals=[{"level": "lead", "by": "lead"}]))
    assert waiting_for(run, prices(run)) == (LEAD,)
    level = which(run, "lead")
    assert refused(lambda: accept(run, level, FACTS, by=LEAD, at=MONDAY)) == "no_such_level"
    assert refused(lambda: accept(run, which(run), FACTS, by=WEI, at=MONDAY)) == "decides_later"
    run = approve(run, level, FACTS, by=LEAD, at=MONDAY).run
    assert waiting_for(run, prices(run)) == (WEI,)


def test_who_approved_may_receive_too_for_a_hand_over_is_no_level_of_an_approval() -> None:
    people = PARTS | {"data": (LEAD,)}
    run = handed_in(handed_run(people=people, approvals=[{"level": "lead", "by": "lead"}]))
    run = approve(run, which(run, "lead"), FACTS, by=LEAD, at=MONDAY).run
    assert prices(accepted(run, by=LEAD)).status is StepStatus.DONE


def test_nobody_receives_their_own_work() -> None:
    run = handed_in(handed_run(people=PARTS | {"data": (DORA,)}))
    assert waiting_for(run, prices(run)) == ()
    assert refused(lambda: accepted(run, by=DORA)) == "handover_own"
    helped = handed_in(handed_run(people=PARTS | {"data": (DORA,)}, stand_in=NINA))
    assert waiting_for(helped, prices(helped)) == (NINA,)


def test_reopening_what_was_accepted_needs_a_new_version() -> None:
    run = accepted(handed_in(handed_run()))
    run = reopen_step(run, "prices", FACTS, by=DORA, at=LATER).run
    assert refused(lambda: accepted(run)) == "version_withdrawn"
    assert waiting_for(handed_in(run), prices(handed_in(run))) == (WEI,)


def test_what_was_accepted_and_reopened_cannot_be_taken_back() -> None:
    run = accepted(handed_in(handed_run()))
    run = reopen_step(run, "prices", FACTS, by=DORA, at=LATER).run
    act = which(run)
    assert refused(lambda: undo_decision(run, act, FACTS, by=WEI, at=LATER)) == "undo_passed"


def test_what_is_signed_is_signed_after_it_was_received() -> None:
    signed = [{"side": "ours", "by": "lead"}]
    run = handed_in(handed_run(sign=signed, approvals=[{"level": "boss", "by": "sponsor"}]))
    assert not is_signing(run, prices(run))
    run = approve(run, which(run, "boss"), FACTS, by=NINA, at=MONDAY).run
    assert waiting_for(run, prices(run)) == (WEI,)
    assert not is_signing(run, prices(run))
    run = accepted(run)
    assert prices(run).status is StepStatus.DECIDING
    assert is_signing(run, prices(run))
