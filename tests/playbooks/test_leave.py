"""What a leave may be, who answers it, and when the clock acts on it."""

from datetime import date, timedelta

import pytest

from playbooks.events import EventKind
from playbooks.leave import Leave, LeaveState
from playbooks.leave_actions import answer_leave, ask_leave, end_leave, turn_leave
from playbooks.leaving import new_leave
from tests.playbooks.engine import (
    BOT,
    DORA,
    FACTS,
    LEAD,
    MONDAY,
    NINA,
    PEOPLE,
    STRANGER,
    WEI,
    refused,
    started,
    step,
    utc,
)

MON, TUE, FRI = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6)
RUN = started(step("brief"))


def asked(first: date | None = TUE, last: date | None = FRI, deputy: str = WEI) -> Leave:
    blank = new_leave(
        [RUN], [], person=DORA, deputy=deputy, id_="l", workspace="T1", by=DORA, at=MONDAY
    )
    return ask_leave(blank, FACTS, days=(first, last), deputy=deputy, by=DORA, at=MONDAY).leave


@pytest.mark.parametrize(("first", "last", "deputy"), [
    (None, FRI, WEI), (TUE, None, WEI), (FRI, TUE, WEI), (date(2026, 2, 27), FRI, WEI),
    (date(2026, 2, 26), date(2026, 2, 27), WEI), (TUE, date(2028, 1, 1), WEI),
    (date(9999, 1, 1), date(9999, 1, 2), WEI), (TUE, FRI, DORA), (TUE, FRI, BOT), (TUE, FRI, ""),
])  # fmt: skip
def test_what_makes_no_sense_is_refused(first: date | None, last: date | None, deputy: str) -> None:
    assert refused(lambda: asked(first, last, deputy)) == "form_invalid"


@pytest.mark.parametrize("by", [NINA, STRANGER])
def test_only_the_person_or_a_lead_of_theirs_sets_it(by: str) -> None:
    def set_() -> Leave:
        return new_leave([RUN], [], person=DORA, deputy=WEI, id_="l", workspace="T1", by=by,
                         at=MONDAY)  # fmt: skip

    assert refused(set_) == "form_invalid"


def test_nobody_has_two_leaves_of_their_own() -> None:
    def again() -> Leave:
        return new_leave([RUN], [asked()], person=DORA, deputy=WEI, id_="m", workspace="T1",
                         by=DORA, at=MONDAY)  # fmt: skip

    assert refused(again) == "form_invalid"


def test_it_is_held_once_the_deputy_has_accepted_and_no_longer_when_they_decline() -> None:
    leave = asked()
    assert not leave.is_held
    leave = answer_leave(leave, accepts=True, by=WEI, at=MONDAY).leave
    assert leave.is_held
    assert answer_leave(leave, accepts=True, by=WEI, at=MONDAY).events == ()
    assert not answer_leave(leave, accepts=False, by=WEI, at=MONDAY).leave.is_held
    assert refused(lambda: answer_leave(leave, accepts=True, by=NINA, at=MONDAY)) == "not_deputy"


def test_whom_a_lead_names_holds_it_at_once() -> None:
    blank = new_leave(
        [RUN], [], person=DORA, deputy=WEI, id_="l", workspace="T1", by=LEAD, at=MONDAY
    )
    assert ask_leave(blank, FACTS, days=(MON, FRI), deputy=WEI, by=LEAD, at=MONDAY).leave.is_held


def test_the_same_deputy_stays_agreed_when_the_days_change_another_is_asked() -> None:
    leave = answer_leave(asked(), accepts=True, by=WEI, at=MONDAY).leave
    longer = ask_leave(
        leave, FACTS, days=(TUE, FRI + timedelta(3)), deputy=WEI, by=DORA, at=MONDAY
    ).leave
    assert longer.state == "accepted"
    assert longer.asks == (WEI, WEI)
    other = ask_leave(leave, FACTS, days=(TUE, FRI), deputy=NINA, by=DORA, at=MONDAY).leave
    assert (other.state, other.asks) == ("asked", (WEI, NINA))


def test_a_leave_that_has_begun_keeps_its_first_day() -> None:
    later = utc("2026-03-05 09:00")
    longer = ask_leave(asked(), FACTS, days=(TUE, FRI), deputy=WEI, by=DORA, at=later).leave
    assert longer.from_on == TUE


def test_the_days_are_those_where_the_person_lives() -> None:
    leave, zone = asked(), PEOPLE[DORA].zone  # in Berlin
    assert not leave.covers(utc("2026-03-02 22:59"), zone)
    assert leave.covers(utc("2026-03-02 23:00"), zone)
    assert leave.covers(utc("2026-03-06 22:59"), zone)
    assert not leave.covers(utc("2026-03-06 23:00"), zone)


def test_the_clock_acts_when_somebody_reads_it_begins_and_ends() -> None:
    leave = answer_leave(asked(), accepts=True, by=WEI, at=MONDAY).leave
    waits = turn_leave(leave, FACTS, at=MONDAY)
    assert waits.events == ()
    assert waits.leave.turn_at == utc("2026-03-03 02:30")  # Wei begins at half past ten
    begun = turn_leave(waits.leave, FACTS, holders=[WEI, LEAD], at=utc("2026-03-03 02:30"))
    assert [event.facts["to"] for event in begun.events] == [WEI, LEAD]
    assert begun.leave.turn_at == utc("2026-03-09 08:00")  # Monday at nine in Berlin
    again = turn_leave(begun.leave, FACTS, holders=[WEI], at=utc("2026-03-04 02:30"))
    assert again.events == ()
    over = turn_leave(begun.leave, FACTS, at=utc("2026-03-09 08:00"))
    assert [event.kind for event in over.events] == [EventKind.LEAVE_OVER]
    assert (over.leave.state, over.leave.turn_at) == ("ended", None)


@pytest.mark.parametrize(("at", "state", "kinds"), [
    ("2026-03-02 09:00", "cancelled", []),
    ("2026-03-04 09:00", "ended", [EventKind.LEAVE_OVER]),
])  # fmt: skip
def test_it_may_end_before_its_last_day_or_never_begin(
    at: str, state: LeaveState, kinds: list[EventKind]
) -> None:
    ended = end_leave(asked(), FACTS, by=DORA, at=utc(at)).leave
    assert (ended.state, ended.turn_at) == (state, utc(at))
    turned = turn_leave(ended, FACTS, at=utc(at))
    assert [event.kind for event in turned.events] == kinds
    assert refused(lambda: end_leave(ended, FACTS, by=DORA, at=utc(at))) == "leave_over"
    assert refused(lambda: end_leave(asked(), FACTS, by=WEI, at=utc(at))) == "leave_not_yours"
