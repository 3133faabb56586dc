"""What approvers do: approve, request changes, reject, ask, delegate."""

from functools import partial

import pytest

from playbooks.approvals import approve, ask, changes_of, request_changes
from playbooks.run import EventKind, Refused, Run, StepStatus
from playbooks.run_actions import cancel_run
from playbooks.step_actions import reopen_step
from playbooks.submission import wanted_changes
from tests.playbooks.engine import DORA, LEAD, NINA, STRANGER, WEI, found, kinds, refusal, refused
from tests.playbooks.engine import step as told_step
from tests.playbooks.reviewing import (
    FACTS,
    HAN,
    HEAD,
    LATER,
    MANAGER,
    SAM,
    SELF,
    THREE,
    ZOE,
    answered,
    asked,
    begun,
    board,
    change,
    drawing,
    handed,
    may,
    no,
    open_levels,
    outcome,
    submit,
    submitted,
    which,
    yes,
)  # fmt: skip


def resubmit(run: Run) -> Run:
    return submit(run).run


def test_requested_changes_open_the_step_count_the_round_and_number_the_items() -> None:
    run = submitted(*THREE)
    change = request_changes(
        run, which(run), FACTS, comment="1. Logo larger\n- Quote the claim\n\n", by=WEI, at=LATER
    )
    step = drawing(change.run)
    assert kinds(change.events) == [(EventKind.DECIDED, "draw")]
    assert (step.status, step.rounds, outcome(change.run)) == (StepStatus.ACTIVE, 1, "changes")
    assert wanted_changes(step) == ("Logo larger", "Quote the claim")


@pytest.mark.parametrize(
    ("comment", "items"),
    [
        ("Larger", ("Larger",)),
        ("1.5 m is too high\n2. Red", ("1.5 m is too high", "Red")),
        ("-5 % is wrong\n- Blue\n–Green", ("-5 % is wrong", "Blue", "Green")),
        ("*Bold* please\n* Star", ("*Bold* please", "Star")),
        ("1、字体太小\n（2）换颜色\n3.写上日期", ("字体太小", "换颜色", "写上日期")),
        ("2026 is the year\n12) Twelve", ("2026 is the year", "Twelve")),
        ("10.10. is a holiday", ("10.10. is a holiday",)),
    ],
)
def test_changes_are_a_line_each_without_their_own_numbers(
    comment: str, items: tuple[str, ...]
) -> None:
    assert changes_of(comment) == items


def test_more_than_twenty_changes_lose_nothing() -> None:
    found = changes_of("\n".join(f"change {n}" for n in range(1, 31)))
    assert len(found) == 20
    assert all(f"change {n}" in " ".join(found) for n in range(1, 31))


@pytest.mark.parametrize("comment", ["", " \n ", "-", "1.\n2)\n*"])
def test_changes_and_rejections_need_words(comment: str) -> None:
    run = submitted(*THREE)
    assert refused(lambda: change(run, "manager", WEI, comment)) == "words_missing"
    if not comment.strip():
        assert refused(lambda: asked(run, "manager", WEI, comment)) == "words_missing"


def test_changes_requested_twice_come_back_to_the_same_people_each_time() -> None:
    run = change(yes(submitted(MANAGER, board("any")), "manager", WEI), "board", HAN)
    run = resubmit(run)
    assert (open_levels(run), may(run, "manager")) == (["manager"], (WEI,))
    run = yes(run, "manager", WEI)
    assert may(run, "board") == (HAN,)
    assert refused(lambda: yes(run, "board", ZOE)) == "decides_other"
    run = resubmit(change(run, "board", HAN, "Still not"))
    assert (drawing(run).rounds, len(drawing(run).versions)) == (2, 3)
    run = yes(yes(run, "manager", WEI), "board", HAN)
    assert drawing(run).status is StepStatus.DONE


def test_a_version_taken_back_comes_to_the_same_people_again() -> None:
    run = resubmit(change(submitted(board("any")), "board", ZOE))
    run = resubmit(reopen_step(run, "draw", FACTS, by=DORA, at=LATER).run)
    assert (len(drawing(run).versions), may(run, "board")) == (3, (ZOE,))


def test_whoever_decided_before_is_not_waited_for_where_they_cannot_decide_any_more() -> None:
    levels = ({"level": "a", "by": "board"}, {**board("any"), "parallel": "yes"})
    run = resubmit(change(submitted(*levels), "a", WEI))
    run = yes(run, "board", WEI)  # who is on both levels
    assert may(run, "a") == (HAN, ZOE)


def test_several_approvers_are_all_asked_again_those_of_the_last_round_first() -> None:
    run = resubmit(change(submitted(board(2)), "board", ZOE))
    assert may(run, "board") == (ZOE, HAN, WEI)


def test_an_old_version_cannot_be_decided() -> None:
    run = resubmit(change(submitted(*THREE), "manager", WEI))
    with pytest.raises(Refused) as error:
        approve(run, which(run, version=1), FACTS, by=WEI, at=LATER)
    assert refusal(error.value) == ("version_passed", {"version": 1, "now": 2})
    assert refused(
        lambda: approve(run, which(run, version=3), FACTS, by=WEI, at=LATER)
    ) == "version_passed"  # fmt: skip


def test_nothing_is_decided_before_it_is_handed_in_or_after_the_run_has_ended() -> None:
    assert refused(lambda: yes(begun(*THREE), "manager", WEI)) == "nothing_to_decide"
    run = cancel_run(submitted(*THREE), reason="x", by=LEAD, at=LATER).run
    assert refused(lambda: yes(run, "manager", WEI)) == "run_cancelled"


def test_whoever_comes_after_the_last_approval_of_a_run_hears_who_gave_it() -> None:
    run = yes(submitted(board("any")), "board", HAN)
    with pytest.raises(Refused) as error:
        yes(run, "board", ZOE)
    assert refusal(error.value) == ("already_decided", {"by": HAN, "at": LATER})


def test_what_was_taken_back_or_decided_is_told_as_what_it_is() -> None:
    back = reopen_step(submitted(*THREE), "draw", FACTS, by=DORA, at=LATER).run
    with pytest.raises(Refused) as error:
        yes(back, "manager", WEI)
    assert refusal(error.value) == ("version_withdrawn", {"by": DORA, "at": LATER})
    run = no(submitted(*THREE), "manager", WEI)
    with pytest.raises(Refused) as error:
        yes(run, "head", NINA)
    assert refusal(error.value) == ("already_decided", {"by": WEI, "at": LATER})


NEEDS = {"before": [told_step("brief", "lead")], "needs": ["brief"]}


def briefed() -> Run:
    run = submit(begun(*THREE, **NEEDS), key="brief", by=LEAD).run
    return submit(run).run


def test_a_change_may_begin_in_an_earlier_step_which_is_opened_again() -> None:
    run = briefed()
    change = request_changes(
        run, which(run), FACTS, comment="The aim", other="brief", by=WEI, at=LATER
    )
    assert found(change.run, "brief").status is StepStatus.ACTIVE
    assert (drawing(change.run).status, outcome(change.run)) == (StepStatus.WAITING, "changes")
    assert kinds(change.events) == [
        (EventKind.DECIDED, "draw"), (EventKind.STEP_REOPENED, "brief"),
        (EventKind.STEP_BLOCKED, "draw"), (EventKind.STEP_OPENED, "brief"),
    ]  # fmt: skip


def test_a_change_does_not_open_a_step_that_has_nothing_to_do_with_it() -> None:
    run = submit(begun(*THREE, after=[told_step("print", "lead")]), key="print", by=LEAD).run
    run = submit(run).run
    for other in ("print", "nowhere"):
        assert refused(partial(change, run, "manager", WEI, other=other)) == "no_such_step"


def test_a_rejection_hands_the_step_back_with_its_reason() -> None:
    run = no(submitted(*THREE), "manager", WEI)
    step = drawing(run)
    assert (step.status, step.moves[-1].text, outcome(run)) == (StepStatus.ACTIVE, "No", "rejected")
    assert drawing(resubmit(run)).status is StepStatus.DECIDING


def test_a_question_goes_to_whoever_handed_it_in_and_the_level_stays_open() -> None:
    run = submitted(*THREE)
    change = ask(run, which(run), FACTS, question="Why red?", by=WEI, at=LATER)
    assert change.events[0].facts["to"] == DORA
    assert open_levels(change.run) == ["manager"]
    assert ask(change.run, which(run), FACTS, question="Why red?", by=WEI, at=LATER).events == ()
    run = answered(change.run, "manager")
    assert (drawing(run).moves[-1].to, drawing(run).moves[-1].text) == (WEI, "So")
    assert drawing(yes(run, "manager", WEI)).moves[-1].kind == "approve"


def test_only_the_submitter_the_owner_and_the_lead_answer() -> None:
    run = asked(submitted(MANAGER), "manager", WEI)
    for by in (WEI, NINA, STRANGER):
        assert refused(partial(answered, run, "manager", by)) == "not_yours"
    assert drawing(answered(run, "manager", LEAD)).moves[-1].kind == "answer"
    assert refused(lambda: answered(submitted(MANAGER), "manager")) == "nothing_asked"
    assert refused(lambda: answered(answered(run, "manager"), "manager")) == "nothing_asked"


def test_a_lead_who_asks_does_not_answer_themselves() -> None:
    run = asked(submitted(MANAGER, people={"manager": (LEAD,)}), "manager", LEAD)
    assert refused(lambda: answered(run, "manager", LEAD)) == "not_yours"


def test_the_questions_of_several_approvers_are_each_answered() -> None:
    run = asked(asked(submitted(board(2)), "board", HAN), "board", ZOE, "Where?")
    run = yes(run, "board", WEI)  # who needs no answer for the others
    run = answered(run, "board")
    assert drawing(run).moves[-1].to == HAN
    run = answered(run, "board")
    assert drawing(run).moves[-1].to == ZOE
    assert refused(lambda: answered(run, "board", asker=HAN)) == "nothing_asked"


def test_a_decision_is_handed_over_and_its_former_holder_has_it_no_longer() -> None:
    run = handed(submitted(*THREE), "manager", WEI, SAM)
    assert may(run, "manager") == (SAM,)
    assert refused(lambda: yes(run, "manager", WEI)) == "decides_other"
    assert open_levels(yes(run, "manager", SAM)) == ["head"]


def test_a_hand_over_lasts_for_the_rounds_that_follow() -> None:
    run = resubmit(change(handed(submitted(MANAGER), "manager", WEI, SAM), "manager", SAM))
    assert may(run, "manager") == (SAM,)


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (DORA, "delegate_author"), (NINA, "delegate_twice"), (WEI, "delegate_same"),
        ("U8BOT", "cannot_decide"), ("", "cannot_decide"),
    ],
)  # fmt: skip
def test_a_decision_is_not_handed_to_whoever_may_not_make_it(to: str, code: str) -> None:
    assert refused(lambda: handed(submitted(*THREE), "manager", WEI, to)) == code


def test_all_is_not_made_fewer_by_handing_over_to_somebody_who_has_approved() -> None:
    run = yes(submitted(board("all")), "board", HAN)
    assert refused(lambda: handed(run, "board", ZOE, HAN)) == "delegate_same"
    run = handed(run, "board", ZOE, SAM)
    assert may(run, "board") == (SAM, WEI)
    assert outcome(yes(run, "board", SAM)) == "open"


@pytest.mark.parametrize("by", [DORA, NINA, STRANGER])
def test_only_who_decides_and_the_lead_hand_a_decision_over(by: str) -> None:
    with pytest.raises(Refused) as error:
        handed(submitted(*THREE), "manager", by, SAM)
    assert refusal(error.value) == ("not_to_name", {"person": WEI})
    assert error.value.event
    assert error.value.event.kind is EventKind.DECISION_TRIED
    assert may(handed(submitted(*THREE), "manager", LEAD, SAM), "manager") == (SAM,)


def test_a_lead_does_not_choose_who_decides_about_their_own_work() -> None:
    people = {"designer": (LEAD,)}
    run = submitted(*THREE, people=people, by=LEAD)
    assert refused(lambda: handed(run, "manager", LEAD, SAM)) == "not_to_name"


def test_where_nobody_may_decide_the_head_names_somebody_not_the_author() -> None:
    people = {"lead": (WEI,), "designer": (WEI,)}
    run = submitted(SELF, MANAGER, HEAD, people=people, by=WEI)
    assert may(run, "manager") == ()
    assert refused(lambda: handed(run, "manager", WEI, SAM)) == "not_to_name"
    run = handed(run, "manager", NINA, SAM)
    assert may(run, "manager") == (SAM,)
    assert outcome(yes(yes(run, "manager", SAM), "head", NINA)) == "approved"


def test_a_seat_of_all_that_nobody_may_take_is_filled_by_whom_the_lead_names() -> None:
    run = submitted({"level": "first", "by": "manager"}, board("all"))
    run = yes(run, "first", WEI)  # who is on the board as well
    run = yes(yes(run, "board", HAN), "board", ZOE)
    assert (outcome(run), may(run, "board")) == ("open", ())
    run = handed(run, "board", LEAD, SAM)
    assert outcome(yes(run, "board", SAM)) == "approved"
