"""Nobody answers: what was declared happens, in the approver's working hours; nothing passes."""

from datetime import timedelta
from typing import Any

import pytest

from playbooks.due_rules import Span
from playbooks.patience import ladder, next_press
from playbooks.run import EventKind, Run, StepStatus
from playbooks.run_actions import cancel_run
from playbooks.working_time import working_after
from tests.playbooks.engine import DORA, LEAD, NINA, PEOPLE, WEI, facts_of, refused, utc
from tests.playbooks.reviewing import (
    FACTS,
    HAN,
    HEAD,
    LATER,
    MANAGER,
    SAM,
    THREE,
    ZOE,
    answered,
    asked,
    board,
    change,
    drawing,
    handed,
    may,
    open_levels,
    outcome,
    pressed,
    submit,
    submitted,
    yes,
)  # fmt: skip

AFTER = {"remind": "1 workday", "backup": "2 workdays", "escalate": "3 workdays"}
DAY = timedelta(days=1)
# Handed in on Monday 2 March 2026, 11:00 in Shanghai.


def waiting(level: dict[str, Any] = MANAGER, *others: Any, **no_answer: Any) -> Run:
    return submitted({**level, "no-answer": no_answer or AFTER}, *others)


def let_pass(run: Run, days: int, hour: int = 3) -> list[tuple[str, str, str]]:
    """Ring whenever the clock is due; what was said, to whom, when in UTC."""
    said = []
    until = utc(f"2026-03-02 {hour:02}:00") + days * DAY
    while (at := drawing(run).remind_at) and at <= until and open_levels(run):
        run, events = pressed(run, at)
        said += [(e.facts["rung"], e.facts["to"], f"{at:%m-%d %H:%M}") for e in events]
    return said


def test_the_ladder_is_known_before_anybody_has_to_ask() -> None:
    run = waiting()
    [level] = run.told(drawing(run)).approvals
    rungs = [(press.rung, press.to, press.at) for press in ladder(run, drawing(run), level, FACTS)]
    assert rungs == [
        ("remind", WEI, utc("2026-03-03 03:00")),
        ("backup", NINA, utc("2026-03-04 03:00")),
        ("escalate", LEAD, utc("2026-03-05 03:00")),
    ]
    assert drawing(run).remind_at == utc("2026-03-03 03:00")


def test_a_reminder_a_backup_an_escalation_and_then_it_waits() -> None:
    assert let_pass(waiting(), 30) == [
        ("remind", WEI, "03-03 03:00"), ("backup", NINA, "03-04 03:00"),
        ("escalate", LEAD, "03-05 03:00"),
        ("remind", WEI, "03-12 03:00"), ("remind", WEI, "03-19 03:00"),
        ("remind", WEI, "03-26 03:00"),
    ]  # fmt: skip


def test_silence_approves_nothing_however_long_it_lasts() -> None:
    run = waiting()
    for _ in range(60):
        at = drawing(run).remind_at
        assert at
        run, _ = pressed(run, at)
        assert (outcome(run), drawing(run).status) == ("open", StepStatus.DECIDING)


def test_a_level_that_declares_nothing_is_reminded_of_and_escalated_all_the_same() -> None:
    said = let_pass(submitted(MANAGER), 4)
    assert [(rung, to) for rung, to, _ in said] == [
        ("remind", WEI), ("remind", WEI), ("escalate", LEAD),
    ]  # fmt: skip


def test_the_backup_may_decide_once_asked_and_not_before() -> None:
    run = waiting()
    assert refused(lambda: yes(run, "manager", NINA)) == "decides_other"
    run, _ = pressed(run, utc("2026-03-03 03:00"))
    run, events = pressed(run, utc("2026-03-04 03:00"))
    assert events[0].facts["to"] == NINA
    assert may(run, "manager") == (WEI, NINA)
    assert outcome(yes(run, "manager", NINA)) == "approved"


def test_nobody_is_a_backup_whom_another_level_needs() -> None:
    run = submitted({**MANAGER, "no-answer": AFTER}, HEAD)  # the manager's backup is the head
    assert [rung for rung, _, _ in let_pass(run, 4)] == ["remind", "remind", "escalate"]


def test_a_backup_counts_as_one_of_all() -> None:
    run = waiting(board("all"))
    run = yes(yes(run, "board", HAN), "board", ZOE)
    for at in ("03-03", "03-04"):
        run, _ = pressed(run, utc(f"2026-{at} 03:00"))
    assert may(run, "board") == (WEI, NINA)
    assert outcome(yes(run, "board", NINA)) == "approved"


def test_a_backup_who_hands_it_over_makes_all_no_more() -> None:
    run = waiting(board("all"))
    for at in ("03-03", "03-04"):
        run, _ = pressed(run, utc(f"2026-{at} 03:00"))
    run = handed(run, "board", NINA, SAM)
    assert may(run, "board") == (HAN, ZOE, WEI, SAM)
    run = yes(yes(yes(run, "board", HAN), "board", ZOE), "board", SAM)
    assert outcome(run) == "approved"


def test_the_lead_who_decides_is_not_told_of_their_own_silence() -> None:
    run = submitted({**MANAGER, "no-answer": AFTER}, HEAD, people={"manager": (LEAD,)})
    assert ("escalate", NINA) in [(rung, to) for rung, to, _ in let_pass(run, 4)]


def test_whose_work_it_is_is_not_asked_to_press_their_own_approver() -> None:
    levels = ({**MANAGER, "no-answer": AFTER}, HEAD)
    run = submitted(*levels, people={"designer": (LEAD,)}, by=LEAD)
    assert ("escalate", NINA) in [(rung, to) for rung, to, _ in let_pass(run, 4)]
    alone = submitted(levels[0], people={"designer": (LEAD,)}, by=LEAD)
    assert ("escalate", LEAD) in [(rung, to) for rung, to, _ in let_pass(alone, 4)]


def test_whoever_is_told_of_the_silence_may_hand_the_decision_over() -> None:
    run = submitted({**MANAGER, "no-answer": {"escalate": "1 workday"}}, HEAD,
                    people={"manager": (LEAD,)})  # fmt: skip
    assert refused(lambda: handed(run, "manager", NINA, SAM)) == "not_to_name"
    run, _ = pressed(run, utc("2026-03-03 03:00"))
    assert may(handed(run, "manager", NINA, SAM), "manager") == (SAM,)


def test_a_level_that_lapses_hands_the_step_back_undecided() -> None:
    run = waiting(remind="1 workday", escalate="2 workdays", then="lapse")
    while drawing(run).status is StepStatus.DECIDING:
        at = drawing(run).remind_at
        assert at
        run, events = pressed(run, at)
    assert (at, events[0].facts["rung"]) == (utc("2026-03-06 03:00"), "lapse")
    assert (outcome(run), drawing(run).closed_at) == ("lapsed", None)
    assert refused(lambda: yes(run, "manager", WEI)) == "version_lapsed"
    again = submit(run, at=utc("2026-03-06 04:00")).run
    assert open_levels(again) == ["manager"]


def test_a_level_that_lapses_without_saying_when_lapses() -> None:
    said = let_pass(waiting(then="lapse"), 30)
    assert said == [("lapse", DORA, "03-10 03:00")]


def test_of_parallel_levels_that_lapse_at_once_one_is_told() -> None:
    lapses = {"no-answer": {"remind": "1 workday", "then": "lapse"}}
    run = submitted({**MANAGER, **lapses}, {**HEAD, **lapses, "parallel": "yes"})
    run, events = pressed(run, utc("2026-03-09 03:00"))
    assert [event.facts["rung"] for event in events] == ["lapse"]
    assert outcome(run) == "lapsed"


def test_who_let_a_round_lapse_is_not_waited_for_alone_in_the_next() -> None:
    level = {**board("any"), "no-answer": {"remind": "1 workday", "then": "lapse"}}
    run = submit(change(submitted(level), "board", ZOE)).run
    while drawing(run).status is StepStatus.DECIDING:
        at = drawing(run).remind_at
        assert at
        run, _ = pressed(run, at)
    assert may(submit(run, at=utc("2026-04-01 03:00")).run, "board") == (HAN, ZOE, WEI)


def test_a_question_stops_the_clock_of_the_approver_and_starts_that_of_the_submitter() -> None:
    run = asked(waiting(), "manager", WEI, at=utc("2026-03-03 02:00"))
    run, events = pressed(run, utc("2026-03-04 02:00"))
    assert [(e.facts["rung"], e.facts["to"]) for e in events] == [("remind", DORA)]
    assert let_pass(run, 30)[0][:2] == ("remind", DORA)
    run = answered(run, "manager", at=utc("2026-03-10 06:00"))
    assert drawing(run).remind_at == utc("2026-03-11 06:00")
    assert [rung for rung, _, _ in let_pass(run, 12, 6)] == ["remind", "backup", "escalate"]


def test_a_hand_over_starts_the_clock_anew() -> None:
    run = handed(waiting(), "manager", WEI, SAM, at=utc("2026-03-04 06:00"))
    assert let_pass(run, 3, 6)[0] == ("remind", SAM, "03-05 06:00")


def test_each_level_has_its_own_clock() -> None:
    levels = ({**MANAGER, "no-answer": AFTER}, {**HEAD, "parallel": "yes"})
    run = yes(submitted(*levels), "head", NINA, at=utc("2026-03-03 02:59"))
    assert drawing(run).remind_at == utc("2026-03-03 03:00")  # as if the head had said nothing
    run = yes(submitted(MANAGER, HEAD), "manager", WEI, at=utc("2026-03-05 02:00"))
    assert drawing(run).remind_at == utc("2026-03-06 02:00")


def test_what_several_rungs_are_due_for_is_said_once() -> None:
    run, events = pressed(waiting(), utc("2026-03-09 03:00"))
    assert [event.facts["rung"] for event in events] == ["escalate"]
    kinds = [move.kind for move in drawing(run).moves]
    assert kinds == ["remind", "backup", "escalate"]
    assert may(run, "manager") == (WEI, NINA)


def test_the_clock_speaks_in_the_working_hours_of_whom_it_speaks_to() -> None:
    run = waiting(remind="1 workday")
    run, events = pressed(run, utc("2026-03-03 15:00"))  # the clock was late: 23:00 in Shanghai
    assert events == ()
    assert drawing(run).remind_at == utc("2026-03-04 01:00")
    _, events = pressed(run, utc("2026-03-04 01:00"))
    assert len(events) == 1


def test_a_level_at_work_is_not_held_up_by_one_that_sleeps() -> None:
    levels = ({**MANAGER, "no-answer": {"remind": "2 hours"}},
              {**HEAD, "parallel": "yes", "no-answer": {"remind": "3 hours"}})  # fmt: skip
    facts = facts_of("CN", NINA=PEOPLE[NINA])  # in New York
    run = submitted(*levels)
    run, _ = pressed(run, utc("2026-03-02 05:00"))
    assert drawing(run).remind_at == utc("2026-03-02 06:00")
    assert next_press(run, drawing(run), facts, at=utc("2026-03-02 07:00")) == utc(
        "2026-03-02 07:00"
    )


def test_nothing_is_pressed_where_nothing_is_to_be_decided() -> None:
    ended = cancel_run(waiting(), reason="x", by=LEAD, at=LATER).run
    for run in (ended, submitted(*THREE[:1]), waiting()):
        at = utc("2026-03-02 09:00") if run is not ended else utc("2026-03-09 03:00")
        assert pressed(run, at) == (run, ())


def test_a_press_is_an_event_of_the_clock() -> None:
    _, [event] = pressed(waiting(), utc("2026-03-03 03:00"))
    assert (event.kind, event.by) == (EventKind.APPROVAL_PRESSED, "clock")
    assert event.facts == {"level": "manager", "version": 1, "rung": "remind", "to": WEI}


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-03-02 03:00", Span(1, "workdays"), "2026-03-03 03:00"),
        ("2026-03-06 03:00", Span(1, "workdays"), "2026-03-09 03:00"),  # over a weekend
        ("2026-03-07 03:00", Span(1, "workdays"), "2026-03-10 01:00"),  # from Monday on
        ("2026-03-02 12:00", Span(1, "workdays"), "2026-03-04 01:00"),  # after six
        ("2026-02-27 03:00", Span(1, "workdays"), "2026-02-28 03:00"),  # a make-up Saturday
        ("2026-02-14 03:00", Span(1, "workdays"), "2026-02-24 03:00"),  # over Spring Festival
        ("2026-03-02 08:00", Span(4, "hours"), "2026-03-03 03:00"),  # two today, two tomorrow
        ("2026-03-06 09:30", Span(45, "minutes"), "2026-03-09 01:15"),
        ("2026-03-02 08:00", Span(2, "hours"), "2026-03-03 01:00"),  # to the stroke of six
        ("2026-03-05 03:00", Span(2, "days"), "2026-03-09 01:00"),  # a Saturday
        ("2026-03-05 03:00", Span(1, "weeks"), "2026-03-12 03:00"),
        ("2026-03-02 03:00", Span(0, "workdays"), "2026-03-02 03:00"),
    ],
)
def test_spans_are_counted_in_working_time(start: str, span: Span, end: str) -> None:
    assert working_after(FACTS, WEI, utc(start), span) == utc(end)
