"""When steps are due: rules of the playbook turned into moments of a run."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from math import ceil
from zoneinfo import ZoneInfo

from playbooks.calendars import Facts, local_day, local_moment
from playbooks.due_rules import DueRule
from playbooks.openings import openings
from playbooks.run import Run, Step

END_OF_DAY = time(18)  # in the owner's zone, where a rule names no time
START_OF_DAY = time(9)  # where a rule counts hours from a day


def due_of(run: Run, step: Step, facts: Facts) -> tuple[datetime | None, bool]:
    """When a step is due, and whether that still hangs on an open step."""
    return _due(run, step, facts, seen=frozenset({step.id}))


def _due(run: Run, step: Step, facts: Facts, seen: frozenset[str]) -> tuple[datetime | None, bool]:
    due_at, planned = _moment(run, rule_of(run, step), facts, owner=step.owner, seen=seen)
    repeat = run.told(step).repeat
    if due_at is None or repeat is None or repeat.every is None:
        return due_at, planned
    zone = facts.person(step.owner).zone
    since = local_day(due_at, run.zone)  # its rule says from when on the series runs
    days = openings(repeat.every, repeat.day, facts.calendar, run.zone, since=since)
    later = (opening.on for opening in days if opening.on >= since)
    day = next(islice(later, max(step.occurrence - 1, 0), None), None)
    if day is None:
        return None, planned
    at = repeat.day.at
    return local_moment(day, at or END_OF_DAY, run.zone if at else zone), planned


def rule_of(run: Run, step: Step) -> DueRule:
    """The due rule of a step, or of this occurrence of it."""
    rules = run.told(step).due_rules(run.tier)
    return rules[max(step.occurrence - 1, 0)] if len(rules) > 1 else rules[0]


def _moment(
    run: Run, rule: DueRule, facts: Facts, *, owner: str, seen: frozenset[str]
) -> tuple[datetime | None, bool]:
    base, planned = _base(run, rule, facts, seen)
    if base is None:
        return None, planned
    day, clock = base
    if rule.unit in {"hours", "minutes"} and rule.count:
        start = local_moment(day, clock or START_OF_DAY, run.zone)
        return start + timedelta(**{rule.unit: rule.count}), planned
    day = _shifted(run, rule, day, facts)
    if rule.at or (clock and rule.base == "param"):
        return local_moment(day, rule.at or clock or END_OF_DAY, run.zone), planned
    return local_moment(day, END_OF_DAY, facts.person(owner).zone), planned


def _base(
    run: Run, rule: DueRule, facts: Facts, seen: frozenset[str]
) -> tuple[tuple[date, time | None] | None, bool]:
    if rule.base == "start":
        return (facts.calendar.first_workday(run.start_on), None), False
    if rule.base == "anchor":
        return ((run.anchor_on, None) if run.anchor_on else None), False
    if rule.base == "param":
        return _param(run, rule.ref or ""), False
    return _after(run, rule.ref or "", facts, seen)


def _param(run: Run, id_: str) -> tuple[date, time | None] | None:
    value = run.params.get(id_)
    if not value:
        return None
    if ":" in value:
        return run.anchor_on or run.start_on, time.fromisoformat(value)
    return date.fromisoformat(value), None


def _after(
    run: Run, id_: str, facts: Facts, seen: frozenset[str]
) -> tuple[tuple[date, time | None] | None, bool]:
    steps = run.of(id_)
    if not steps or id_ in seen:
        return None, False
    planned = not all(step.is_closed for step in steps)
    if planned:
        moment = _expected(run, steps[-1], facts, seen | {id_})
    else:
        moment = max(step.closed_at or run.started_at for step in steps)
    if moment is None:
        return None, True
    local = moment.astimezone(ZoneInfo(run.zone))
    return (local.date(), local.time()), planned


def _expected(run: Run, step: Step, facts: Facts, seen: frozenset[str]) -> datetime | None:
    """When a step should be closed: a date given by hand or hurry counts before its rule."""
    if step.closed_at or (step.due_at and not step.due_planned):
        return step.closed_at or step.due_at
    return _due(run, step, facts, seen)[0]


def _shifted(run: Run, rule: DueRule, day: date, facts: Facts) -> date:
    count = _scaled(run, rule)
    if rule.unit == "workdays":
        return facts.calendar.shift(day, count)
    if rule.unit == "weeks":
        count *= 7
    return day + timedelta(days=count if rule.unit in {"days", "weeks"} else 0)


def _scaled(run: Run, rule: DueRule) -> int:
    """Stretch offsets before the anchor by the run's size, rounded away from the anchor."""
    if rule.base != "anchor" or rule.unit != "workdays":
        return rule.count
    for param in run.playbook.params:
        if param.scales_beyond is None or rule.count >= -param.scales_beyond:
            continue
        chosen = run.params.get(param.id, param.default)
        scale = next((choice.scale for choice in param.choices if choice.id == chosen), None)
        if scale:
            # Decimal: 10 x 1.1 are 11 days, which floats would round up to 12.
            return -max(param.scales_beyond, ceil(-rule.count * Decimal(str(scale))))
    return rule.count


def is_past(due_at: datetime | None, at: datetime, zone: str) -> bool:
    """Whether a due day lies before today in `zone`."""
    return due_at is not None and local_day(due_at, zone) < local_day(at, zone)
