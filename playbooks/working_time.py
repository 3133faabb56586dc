"""Spans of somebody's working time."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from playbooks.calendars import Facts, local_moment
from playbooks.due_rules import Span
from playbooks.run import Run


def working_after(facts: Facts, who: str, start: datetime, span: Span) -> datetime:
    """The moment a span of somebody's working time after `start` is over."""
    start = facts.next_working(who, start)
    person = facts.person(who)
    local = start.astimezone(ZoneInfo(person.zone))
    if span.unit in {"hours", "minutes"}:
        return _working_hours(facts, who, start, timedelta(**{span.unit: span.count}))
    if span.unit == "workdays":
        day = facts.calendar_of(who).shift(local.date(), span.count)
    else:
        day = local.date() + timedelta(days=span.count * (7 if span.unit == "weeks" else 1))
    return facts.next_working(who, local_moment(day, local.time(), person.zone))


def waited_since(run: Run, since: datetime) -> datetime:
    """`since`, put off by the time in which the run has stood still: that is nobody's silence."""
    for pause in run.pauses:
        if pause.until and pause.until > since:
            since += pause.until - max(since, pause.at)
    return since


def _working_hours(facts: Facts, who: str, start: datetime, left: timedelta) -> datetime:
    person = facts.person(who)
    while True:
        day = start.astimezone(ZoneInfo(person.zone)).date()
        closes = local_moment(day, person.to_hour, person.zone)
        if start + left < closes:
            return start + left
        left -= closes - start
        midnight = local_moment(day + timedelta(days=1), time(0), person.zone)
        start = facts.next_working(who, midnight)
