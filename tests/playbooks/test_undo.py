"""A decision is taken back within five minutes, unless the work has gone on since."""

from datetime import timedelta
from functools import partial

from playbooks.run import EventKind, Run, StepStatus
from playbooks.step_actions import ask_help, reopen_step, skip_step
from playbooks.undo import undo_decision
from tests.playbooks.engine import DORA, LEAD, NINA, WEI, found, kinds, refused, step
from tests.playbooks.reviewing import (
    FACTS,
    HAN,
    HEAD,
    LATER,
    MANAGER,
    THREE,
    ZOE,
    asked,
    begun,
    board,
    change,
    drawing,
    may,
    no,
    open_levels,
    outcome,
    submit,
    submitted,
    undone,
    which,
    yes,
)  # fmt: skip

IN_TIME, LATE = LATER + timedelta(minutes=5), LATER + timedelta(minutes=5, seconds=1)
PRINT = step("print", "lead", needs=["draw"])


def printing() -> Run:
    return submitted(MANAGER, after=[PRINT])


def test_an_approval_is_taken_back_and_its_level_is_open_again() -> None:
    run = undone(yes(submitted(*THREE), "manager", WEI), "manager", WEI, IN_TIME)
    assert (open_levels(run), may(run, "manager")) == (["manager"], (WEI,))
    assert [move.undone for move in drawing(run).moves] == [True]  # and stays on record
    assert outcome(yes(yes(run, "manager", WEI), "head", NINA)) == "approved"


def test_only_the_level_that_was_asked_through_it_is_asked_anew() -> None:
    run = undone(yes(submitted(board("all"), *THREE[2:]), "board", WEI), "board", WEI)
    assert [move.recalled for move in drawing(run).moves] == [()]  # nobody else was asked yet
    run = undone(yes(submitted(*THREE), "manager", WEI), "manager", WEI)
    again = undone(yes(run, "manager", WEI), "manager", WEI)
    assert [move.recalled for move in drawing(again).moves] == [("head",), ("head",)]


def test_after_five_minutes_a_decision_stands() -> None:
    run = yes(submitted(*THREE), "manager", WEI)
    assert refused(lambda: undone(run, "manager", WEI, LATE)) == "undo_late"


def test_only_one_s_own_decision_is_taken_back_and_once() -> None:
    run = yes(submitted(*THREE), "manager", WEI)
    for by in (DORA, NINA, LEAD):
        assert refused(partial(undone, run, "manager", by)) == "undo_not_yours"
    again = undone(run, "manager", WEI)
    assert refused(lambda: undone(again, "manager", WEI)) == "undo_not_yours"
    asking = asked(submitted(*THREE), "manager", WEI)
    assert refused(lambda: undone(asking, "manager", WEI)) == "undo_not_yours"


def test_what_opened_with_the_last_approval_waits_again() -> None:
    run = yes(printing(), "manager", WEI)
    assert found(run, "print").status is StepStatus.ACTIVE
    change = undo_decision(run, which(run), FACTS, by=WEI, at=IN_TIME)
    assert kinds(change.events) == [
        (EventKind.DECISION_UNDONE, "draw"), (EventKind.STEP_BLOCKED, "print"),
    ]  # fmt: skip
    assert (found(change.run, "print").status, drawing(change.run).closed_at) == (
        StepStatus.WAITING, None,
    )  # fmt: skip
    assert drawing(change.run).status is StepStatus.DECIDING
    assert drawing(change.run).remind_at


def test_requested_changes_and_a_rejection_are_taken_back_with_their_round() -> None:
    for decided in (
        change(submitted(*THREE), "manager", WEI),
        no(submitted(*THREE), "manager", WEI),
    ):
        run = ask_help(decided, "draw", by=DORA, at=LATER).run
        run = undone(run, "manager", WEI, IN_TIME)
        assert (drawing(run).status, drawing(run).rounds) == (StepStatus.DECIDING, 0)
        assert (outcome(run), drawing(run).help_by) == ("open", "")


def test_nothing_is_taken_back_once_a_new_version_is_there() -> None:
    run = submit(change(submitted(*THREE), "manager", WEI)).run
    assert refused(
        lambda: undo_decision(run, which(run, version=1), FACTS, by=WEI, at=LATER)
    ) == "version_passed"  # fmt: skip


def test_a_step_skipped_since_is_not_revived() -> None:
    run = change(submitted(MANAGER, after=[PRINT]), "manager", WEI)
    run = skip_step(run, "draw", FACTS, reason="x", by=DORA, at=LATER).run
    assert refused(lambda: undone(run, "manager", WEI)) == "undo_passed"


def test_a_step_reopened_since_is_not_decided_again() -> None:
    run = reopen_step(yes(printing(), "manager", WEI), "draw", FACTS, by=DORA, at=LATER).run
    assert refused(lambda: undone(run, "manager", WEI)) == "undo_passed"


def test_a_version_taken_back_since_is_not_decided_again() -> None:
    run = yes(submitted(*THREE), "manager", WEI)
    run = reopen_step(run, "draw", FACTS, by=DORA, at=LATER).run
    assert refused(lambda: undone(run, "manager", WEI)) == "undo_passed"


def test_the_next_level_s_decision_stands_on_this_one() -> None:
    run = yes(yes(submitted(*THREE, after=[PRINT]), "manager", WEI), "head", NINA)
    assert refused(lambda: undone(run, "manager", WEI)) == "undo_passed"
    assert open_levels(undone(run, "head", NINA)) == ["head"]
    sent_back = change(yes(submitted(*THREE), "manager", WEI), "head", NINA)
    assert refused(lambda: undone(sent_back, "manager", WEI)) == "undo_passed"


def test_a_question_of_the_next_level_stands_in_nobody_s_way() -> None:
    run = asked(yes(submitted(*THREE), "manager", WEI), "head", NINA)
    assert open_levels(undone(run, "manager", WEI)) == ["manager"]


def test_the_others_of_a_level_and_parallel_levels_do_not_stand_on_it() -> None:
    run = yes(yes(submitted(board("all")), "board", HAN), "board", ZOE)
    assert may(undone(run, "board", HAN), "board") == (HAN, WEI)
    levels = (MANAGER, {**HEAD, "parallel": "yes"})
    run = yes(yes(submitted(*levels, after=[PRINT]), "manager", WEI), "head", NINA)
    assert open_levels(undone(run, "manager", WEI)) == ["manager"]


def test_an_approval_is_not_taken_back_after_somebody_has_sent_it_back() -> None:
    run = change(yes(submitted(board("all")), "board", HAN), "board", ZOE)
    assert refused(lambda: undone(run, "board", HAN)) == "undo_passed"
    assert may(undone(run, "board", ZOE), "board") == (ZOE, WEI)


def test_changes_that_opened_an_earlier_step_are_not_taken_back() -> None:
    run = begun(MANAGER, before=[step("brief", "lead")], needs=["brief"])
    run = submit(submit(run, key="brief", by=LEAD).run).run
    run = change(run, "manager", WEI, other="brief")
    assert refused(lambda: undone(run, "manager", WEI)) == "undo_passed"
