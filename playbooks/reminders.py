"""When the owner of a step hears of it again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import chain, count
from typing import Any, Literal

from playbooks.calendars import Facts, WorkCalendar, local_day, local_moment
from playbooks.due_rules import Span
from playbooks.questions import PROFILES, Reminders
from playbooks.run import Change, Event, EventKind, Run, RunStatus, Step, StepStatus

SETTLE = timedelta(hours=4)  # a step just posted is not reminded at once
SOON = timedelta(hours=1)  # the least notice a reminder on the due day gives
MISSED = timedelta(hours=1)  # the clock stood still, or we did: a reminder says so
OFTEN = 3  # overdue reminders in a row, then one a week
WORKDAYS_IN = {"workdays": 1, "days": 1, "weeks": 5}

Moment = Literal["before", "due", "overdue"]


def next_reminder(run: Run, step: Step, facts: Facts, *, after: datetime) -> datetime | None:
    """The first moment later than `after` when the owner should be reminded, once a day at most."""
    if step.due_at is None or step.help_by:
        return None
    rule = run.told(step).remind or PROFILES["std"]
    settled = (step.active_at or after) + SETTLE
    if step.reminded or step.rounds:  # something may have been said today already
        zone = facts.person(step.owner).zone
        after = local_moment(local_day(after, zone), time.max, zone)
    slots = chain(_early(step.due_at, step, rule, facts), _late(run, step, rule, facts))
    return next((slot for slot in slots if slot > after and slot >= settled), None)


def _early(due_at: datetime, step: Step, rule: Reminders, facts: Facts) -> Iterator[datetime]:
    due_on = local_day(due_at, facts.person(step.owner).zone)
    slots = [_before(due_at, due_on, span, facts, step.owner) for span in rule.before]
    if rule.due:
        slots.append(_on_the_day(due_at, due_on, facts, step.owner))
    yield from (slot for slot in sorted(slots) if slot < due_at)


def _before(due_at: datetime, due_on: date, span: Span, facts: Facts, owner: str) -> datetime:
    if span.unit in {"hours", "minutes"}:
        return facts.next_working(owner, due_at - timedelta(**{span.unit: span.count}))
    if span.unit == "workdays":
        day = facts.calendar_of(owner).shift(due_on, -span.count)
    else:
        day = due_on - timedelta(days=span.count * (7 if span.unit == "weeks" else 1))
    return _morning(facts.calendar_of(owner).last_workday(day), facts, owner)


def _on_the_day(due_at: datetime, due_on: date, facts: Facts, owner: str) -> datetime:
    """When their reminders come on the due day, earlier where it is due earlier."""
    calendar = facts.calendar_of(owner)
    day = calendar.last_workday(due_on)
    morning = _morning(day, facts, owner)
    if day != due_on or morning <= due_at - SOON:
        return morning
    person = facts.person(owner)
    start = local_moment(day, person.from_hour, person.zone)
    if start < due_at:
        return max(start, due_at - SOON)
    return _morning(calendar.shift(day, -1), facts, owner)


def _late(run: Run, step: Step, rule: Reminders, facts: Facts) -> Iterator[datetime]:
    if step.due_at is None:
        return
    since = late_since(run, step, step.due_at)
    day, calendar = local_day(since, facts.person(step.owner).zone), facts.calendar_of(step.owner)
    for late_on in merge(_again(day, rule, calendar), rung_days(day, rule, calendar)):
        yield _morning(late_on, facts, step.owner)


def late_since(run: Run, step: Step, due_at: datetime) -> datetime:
    """From when a step counts as late: it may open when it is, or its run pause meanwhile."""
    going = (pause.until for pause in run.pauses if pause.until)
    return max(due_at, step.active_at or due_at, *going)


def _again(day: date, rule: Reminders, calendar: WorkCalendar) -> Iterator[date]:
    if rule.again is None:
        return
    every = max(1, _workdays(rule.again))
    for number in count(1):
        day = calendar.shift(day, every if number <= OFTEN else max(every, 5))
        yield day


def rung_days(day: date, rule: Reminders, calendar: WorkCalendar) -> Iterator[date]:
    """The days on which lead and head hear that a step due on `day` is late, in order."""
    spans = filter(None, (rule.lead, rule.head))
    yield from (calendar.shift(day, max(1, _workdays(span))) for span in spans)


def _workdays(span: Span) -> int:
    return span.count * WORKDAYS_IN.get(span.unit, 0)


def _morning(day: date, facts: Facts, owner: str) -> datetime:
    person = facts.person(owner)
    return local_moment(day, person.morning, person.zone)


def moment_of(due_at: datetime, at: datetime, zone: str) -> Moment:
    """Whether `at` is before the due day, on it, or past the due moment."""
    if at > due_at:
        return "overdue"
    return "due" if local_day(at, zone) == local_day(due_at, zone) else "before"


def remind_step(run: Run, key: str, facts: Facts, *, at: datetime) -> Change:
    """Remind the owner when it is time; off hours it moves to their next working moment."""
    step = run.step(key)
    if run.status is not RunStatus.ACTIVE or step is None or step.status is not StepStatus.ACTIVE:
        return Change(run, ())
    if step.remind_at is None or step.remind_at > at or step.due_at is None:
        return Change(run, ())
    working = facts.next_working(step.owner, at)
    if working > at:
        return Change(run.with_step(replace(step, remind_at=working)), ())
    zone = facts.person(step.owner).zone
    moment = moment_of(step.due_at, at, zone)
    reminded = replace(step, reminded=step.reminded + 1, held_at=None)
    reminded = replace(reminded, remind_at=next_reminder(run, reminded, facts, after=at))
    said: dict[str, Any] = {
        "moment": moment, "nth": reminded.reminded, "nudged": step.reminded > 0,
    }  # fmt: skip
    if at - step.remind_at > MISSED:
        said["meant"] = step.remind_at.isoformat()
    event = Event(EventKind.REMINDED, at, "clock", key, said)
    return Change(run.with_step(reminded), (event,))
