"""What people and the clock do to a leave: pure actions that return a change, or refuse."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from playbooks.calendars import Facts, WorkCalendar, in_reach, local_day, local_moment
from playbooks.events import Event, EventKind
from playbooks.fitting import Problem
from playbooks.leave import Leave, LeaveChange, LeaveState
from playbooks.people import Person
from playbooks.run import Refused

LONGEST = timedelta(days=366)
COMMENT = 300  # characters


def ask_leave(
    leave: Leave, facts: Facts, *, days: tuple[date | None, date | None], deputy: str,
    comment: str = "", by: str, at: datetime,
) -> LeaveChange:  # fmt: skip
    """Set or change a leave; the deputy is asked, unless they have agreed to it before.

    Whoever changes a leave that has begun keeps its first day or moves it.
    """
    _require_open(leave)
    first, last = _require_right(leave, facts, days, deputy, by=by, at=at)
    kept = leave.deputy == deputy and leave.state == "accepted"
    now = replace(
        leave, from_on=first, until_on=last, deputy=deputy, comment=comment.strip()[:COMMENT],
        state="accepted" if kept else "asked", asks=(*leave.asks, deputy), set_at=at,
        answered_at=leave.answered_at if kept else None, told=leave.told if kept else (),
        turn_at=at,
    )  # fmt: skip
    return LeaveChange(now, (Event(EventKind.LEAVE_ASKED, at, by, facts={"to": deputy}),))


def _require_right(
    leave: Leave, facts: Facts, days: tuple[date | None, date | None], deputy: str, *, by: str,
    at: datetime,
) -> tuple[date, date]:  # fmt: skip
    person = facts.person(leave.person)
    first, last = days
    wrong = {
        "person": "person_bot" if person.is_bot else "",
        "from_on": _first_problem(leave, first, local_day(at, person.zone)),
        "until_on": _last_problem(first, last, local_day(at, person.zone)),
        "deputy": _deputy_problem(leave, facts, deputy),
    }
    fields = {name: Problem(f"away.{why}", {}) for name, why in wrong.items() if why}
    if fields or first is None or last is None:
        raise Refused("form_invalid", fields=fields)
    return first, last


def _first_problem(leave: Leave, first: date | None, today: date) -> str:
    if first is None:
        return "day_missing"
    if not in_reach(first) or first - today > LONGEST:
        return "day_far"
    has_begun = first == leave.from_on and bool(leave.asks)
    return "day_past" if first < today and not has_begun else ""


def _last_problem(first: date | None, last: date | None, today: date) -> str:
    if last is None:
        return "day_missing"
    if not in_reach(last) or last - today > LONGEST:
        return "day_far"
    if first and last < first:
        return "until_before"
    return "until_past" if last < today else ""


def _deputy_problem(leave: Leave, facts: Facts, deputy: str) -> str:
    if not deputy:
        return "deputy_missing"
    if deputy == leave.person:
        return "deputy_self"
    return "deputy_bot" if facts.person(deputy).is_bot else ""


def answer_leave(leave: Leave, *, accepts: bool, by: str, at: datetime) -> LeaveChange:
    """The deputy stands in, or cannot; who has agreed may still say that they cannot."""
    if by != leave.deputy:
        raise Refused("not_deputy", person=leave.deputy)
    _require_open(leave)
    state: LeaveState = "accepted" if accepts else "declined"
    if leave.state == state:
        return LeaveChange(leave)
    told = leave.told if accepts else tuple(one for one in leave.told if one != leave.deputy)
    answered = replace(leave, state=state, answered_at=at, turn_at=at, told=told)
    return LeaveChange(answered, (Event(EventKind.LEAVE_ANSWERED, at, by, facts={"state": state}),))


def end_leave(leave: Leave, facts: Facts, *, by: str, at: datetime) -> LeaveChange:
    """Back early, or not away after all: what was rerouted comes back at once."""
    if by not in {leave.person, leave.set_by}:
        raise Refused("leave_not_yours", person=leave.person)
    _require_open(leave)
    has_begun = leave.from_on <= local_day(at, facts.person(leave.person).zone)
    ended = replace(leave, state="ended" if has_begun else "cancelled", turn_at=at)
    return LeaveChange(ended, (Event(EventKind.LEAVE_ENDED, at, by),))


def _require_open(leave: Leave) -> None:
    if not leave.is_open:
        raise Refused("leave_over")


def turn_leave(
    leave: Leave, facts: Facts, *, holders: Iterable[str] = (), at: datetime
) -> LeaveChange:
    """What the clock notes once the runs agree: the leave has begun, or is over, and when again.

    `holders` have something of the person's now; each gets one list.
    """
    if not leave.is_open:
        over = [Event(EventKind.LEAVE_OVER, at, "clock")] if leave.state == "ended" else []
        return LeaveChange(replace(leave, turn_at=None), tuple(over))
    today = local_day(at, facts.person(leave.person).zone)
    if today > leave.until_on:
        ended = replace(leave, state="ended", turn_at=None)
        return LeaveChange(ended, (Event(EventKind.LEAVE_OVER, at, "clock"),))
    if today < leave.from_on:
        first = _morning(leave.from_on, leave.person, leave.deputy, facts)
        return LeaveChange(replace(leave, turn_at=first))
    back = _morning(leave.until_on + timedelta(days=1), leave.person, leave.person, facts)
    new = [holder for holder in holders if holder not in leave.told]
    begun = (Event(EventKind.LEAVE_BEGUN, at, "clock", facts={"to": holder}) for holder in new)
    return LeaveChange(replace(leave, turn_at=back, told=(*leave.told, *new)), tuple(begun))


def _morning(day: date, person: str, reader: str, facts: Facts) -> datetime:
    """When a reader first works once a day has begun where somebody lives."""
    begins = local_moment(day, time(0), facts.person(person).zone)
    return _at_work(facts.person(reader)).next_working(reader, begins)


def _at_work(person: Person) -> Facts:
    return Facts(WorkCalendar(person.calendar or "none"), {person.id: person})
