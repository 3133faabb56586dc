"""Who decides on which level, and what comes of it."""

import pytest

from playbooks.approvals import approve, ask, reject, request_changes
from playbooks.levels import waiting_for
from playbooks.run import EventKind, Refused, StepStatus
from playbooks.run_actions import change_people
from playbooks.step_actions import assign_step
from tests.playbooks.engine import DORA, LEAD, NINA, STRANGER, WEI, kinds, refusal, refused
from tests.playbooks.reviewing import (
    CAST,
    FACTS,
    HAN,
    HEAD,
    LATER,
    MANAGER,
    SAM,
    SELF,
    THREE,
    ZOE,
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


def test_the_three_level_review_is_self_manager_head_in_order() -> None:
    run = submitted(*THREE)
    assert drawing(run).status is StepStatus.DECIDING
    assert drawing(run).versions[-1].levels == ("self", "manager", "head")
    assert (open_levels(run), may(run, "manager")) == (["manager"], (WEI,))
    run = yes(run, "manager", WEI)
    assert (open_levels(run), may(run, "head")) == (["head"], (NINA,))
    change = approve(run, which(run, "head"), FACTS, by=NINA, at=LATER)
    assert outcome(change.run) == "approved"
    assert kinds(change.events) == [
        (EventKind.DECIDED, "draw"), (EventKind.STEP_DONE, "draw"), (EventKind.RUN_FINISHED, ""),
    ]  # fmt: skip
    assert (drawing(change.run).status, drawing(change.run).closed_by) == (StepStatus.DONE, DORA)


def test_without_the_signed_self_review_nothing_is_handed_in() -> None:
    with pytest.raises(Refused) as error:
        submit(begun(*THREE), signed=False)
    code, facts = refusal(error.value)
    assert (code, list(facts["fields"])) == ("form_invalid", ["signed"])


def test_a_step_with_the_own_check_alone_is_done_when_it_is_signed() -> None:
    run = submitted(SELF)
    assert drawing(run).status is StepStatus.DONE
    assert drawing(run).versions[-1].levels == ("self",)


def test_the_own_check_is_no_decision_that_a_click_can_make() -> None:
    run = submitted(*THREE)
    assert refused(lambda: yes(run, "self", DORA)) == "no_such_level"
    assert refused(lambda: yes(run, "nothing", WEI)) == "no_such_level"


@pytest.mark.parametrize("by", [DORA, NINA, STRANGER, LEAD])
def test_whose_turn_it_is_not_changes_nothing_and_the_try_is_kept(by: str) -> None:
    run = submitted(*THREE)
    for act in (approve, lambda *a, **k: reject(*a, comment="x", **k),
                lambda *a, **k: ask(*a, question="x", **k),
                lambda *a, **k: request_changes(*a, comment="x", **k)):  # fmt: skip
        with pytest.raises(Refused) as error:
            act(run, which(run), FACTS, by=by, at=LATER)
        code, facts = refusal(error.value)
        expected = {DORA: "decides_own", NINA: "decides_later"}.get(by, "decides_other")
        assert code == expected
        assert (facts["person"], facts["level"]) == (WEI, 2)
        assert facts.get("mine") == (3 if by == NINA else None)
        event = error.value.event
        assert event
        assert (event.kind, event.by, event.step) == (EventKind.DECISION_TRIED, by, "draw")
        assert event.facts == {"level": "manager", "version": 1, "why": code}


def test_nobody_decides_on_two_levels_of_one_approval() -> None:
    run = submitted(MANAGER, {"level": "again", "by": "board"}, HEAD)
    run = yes(run, "manager", WEI)  # Wei is on the board too
    assert may(run, "again") == (HAN, ZOE)
    assert refused(lambda: yes(run, "again", WEI)) == "decides_twice"


def test_the_author_holds_no_later_level_though_they_have_its_role() -> None:
    run = submitted(MANAGER, people={"manager": (DORA, WEI)})
    assert may(run, "manager") == (WEI,)
    assert refused(lambda: yes(run, "manager", DORA)) == "decides_own"


def test_neither_who_hands_in_nor_who_owns_it_decides() -> None:
    run = submitted(MANAGER, people={"manager": (DORA, LEAD, WEI)}, by=LEAD)
    assert may(run, "manager") == (WEI,)


def test_the_author_does_not_get_around_it_by_handing_the_step_over() -> None:
    run = submitted(MANAGER, people={"manager": (DORA, WEI)}, by=LEAD)
    run = assign_step(run, "draw", FACTS, person=ZOE, by=DORA, at=LATER).run
    assert may(run, "manager") == (WEI,)
    assert refused(lambda: yes(run, "manager", DORA)) == "decides_own"


def test_whoever_gets_the_step_while_it_is_decided_decides_on_it_no_longer() -> None:
    run = submitted(board("all"))
    run = yes(yes(run, "board", HAN), "board", ZOE)
    change = assign_step(run, "draw", FACTS, person=WEI, by=LEAD, at=LATER)
    assert EventKind.STEP_DONE in {event.kind for event in change.events}  # nobody is lacking now
    assert drawing(change.run).status is StepStatus.DONE


def test_any_is_one_all_is_each_and_a_number_is_so_many() -> None:
    assert outcome(yes(submitted(board("any")), "board", ZOE)) == "approved"
    two = yes(submitted(board(2)), "board", ZOE)
    assert (outcome(two), may(two, "board")) == ("open", (HAN, WEI))
    assert outcome(yes(two, "board", WEI)) == "approved"
    every = yes(yes(submitted(board("all")), "board", ZOE), "board", HAN)
    assert (outcome(every), may(every, "board")) == ("open", (WEI,))
    assert outcome(yes(every, "board", WEI)) == "approved"


def test_one_who_requests_changes_of_several_ends_the_round() -> None:
    run = change(yes(submitted(board(2)), "board", ZOE), "board", HAN)
    assert (outcome(run), drawing(run).status) == ("changes", StepStatus.ACTIVE)
    assert refused(lambda: yes(run, "board", WEI)) == "already_decided"
    assert outcome(no(submitted(board(2)), "board", HAN)) == "rejected"


def test_a_second_approval_by_the_same_person_counts_once() -> None:
    run = yes(submitted(board(2)), "board", ZOE)
    with pytest.raises(Refused) as error:
        yes(run, "board", ZOE)
    assert refusal(error.value) == ("already_decided", {"by": ZOE, "at": LATER})


def test_whoever_comes_late_to_a_level_hears_who_has_decided_it() -> None:
    run = yes(submitted({**board("any"), "level": "board"}, HEAD), "board", ZOE)
    with pytest.raises(Refused) as error:
        yes(run, "board", HAN)
    assert refusal(error.value) == ("already_decided", {"by": ZOE, "at": LATER})


def test_levels_are_parallel_only_where_they_say_so() -> None:
    run = submitted(MANAGER, {**HEAD, "parallel": "yes"}, board("any"))
    assert open_levels(run) == ["manager", "head"]
    run = yes(run, "head", NINA)
    assert open_levels(run) == ["manager"]
    assert refused(lambda: yes(run, "board", ZOE)) == "decides_later"
    assert open_levels(yes(run, "manager", WEI)) == ["board"]


def test_a_level_that_does_not_apply_is_none_of_the_version_s() -> None:
    levels = (MANAGER, {**HEAD, "when": "param.size = large"})
    small = yes(submitted(*levels), "manager", WEI)
    assert (outcome(small), drawing(small).versions[-1].levels) == ("approved", ("manager",))
    assert open_levels(yes(submitted(*levels, params={"size": "large"}), "manager", WEI)) == [
        "head"
    ]


def test_nobody_is_asked_whom_a_later_level_needs() -> None:
    people = {"manager": (NINA, WEI), "head": (NINA,)}
    run = submitted(MANAGER, HEAD, people=people)
    assert may(run, "manager") == (WEI,)
    assert refused(lambda: yes(run, "manager", NINA)) == "decides_later"


def test_a_stand_in_decides_where_somebody_would_decide_twice() -> None:
    run = submitted(MANAGER, HEAD, people={"head": (WEI,)}, stand_in=SAM)
    run = yes(run, "manager", WEI)
    assert may(run, "head") == (SAM,)
    assert outcome(yes(run, "head", SAM)) == "approved"


def test_a_stand_in_decides_where_the_manager_s_own_work_is_reviewed() -> None:
    run = submitted(*THREE, people={"designer": (WEI,)}, by=WEI, stand_in=SAM)
    assert may(run, "manager") == (SAM,)
    run = yes(run, "manager", SAM)
    assert may(run, "head") == (NINA,)
    assert may(submitted(*THREE, people={"designer": (WEI,)}, by=WEI), "manager") == ()


def test_a_stand_in_is_asked_once() -> None:
    people = {"board": (DORA,)}
    run = yes(submitted(board(2), people=people, stand_in=SAM), "board", SAM)
    assert (outcome(run), may(run, "board")) == ("open", ())


def test_a_stand_in_never_decides_about_their_own_work_or_twice() -> None:
    people = {"designer": (WEI,)}
    assert may(submitted(MANAGER, people=people, by=WEI, stand_in=WEI), "manager") == ()
    run = submitted(MANAGER, HEAD, people={"head": (WEI,)}, stand_in=WEI)
    assert may(yes(run, "manager", WEI), "head") == ()


def test_all_of_a_role_are_those_who_have_it_when_it_is_filled_anew() -> None:
    run = yes(submitted(board("all"), people={"board": (HAN, ZOE)}), "board", HAN)
    people = {**CAST, "board": (WEI, NINA)}
    run = change_people(run, FACTS, people=people, outsiders={}, by=LEAD, at=LATER).run
    assert may(run, "board") == (WEI, NINA)
    run = yes(run, "board", WEI)
    assert (outcome(run), may(run, "board")) == ("open", (NINA,))


def test_a_level_that_lacks_nobody_any_more_closes_when_the_roles_are_filled_anew() -> None:
    run = yes(submitted(board("all"), people={"board": (HAN, ZOE)}), "board", HAN)
    people = {**CAST, "board": (HAN,)}
    change = change_people(run, FACTS, people=people, outsiders={}, by=LEAD, at=LATER)
    assert (EventKind.STEP_DONE, "draw") in kinds(change.events)
    assert drawing(change.run).status is StepStatus.DONE


def test_a_part_handed_over_goes_when_its_role_is_filled_anew() -> None:
    run = handed(submitted(MANAGER), "manager", WEI, SAM)
    people = {**CAST, "manager": (HAN,)}
    run = change_people(run, FACTS, people=people, outsiders={}, by=LEAD, at=LATER).run
    assert may(run, "manager") == (HAN,)


def test_whose_turn_it_is_can_be_asked_of_a_step() -> None:
    run = submitted(MANAGER, {**HEAD, "parallel": "yes"})
    assert waiting_for(run, drawing(run)) == (WEI, NINA)
    run = change(run, "head", NINA)
    assert waiting_for(run, drawing(run)) == ()
