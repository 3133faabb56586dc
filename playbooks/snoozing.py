"""The owner wants to hear of a step later."""

from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts, local_day
from playbooks.flow import TEXT_LIMIT, require_active, require_theirs
from playbooks.run import Change, Event, EventKind, Refused, Run, Step

FREELY = 2  # times without a reason
AT_MOST = 5  # times in all
FARTHEST = 5  # working days ahead


def needs_a_reason(step: Step) -> bool:
    """Whether putting reminders off once more takes a reason."""
    return step.snoozes >= FREELY


def snooze_step(
    run: Run, key: str, facts: Facts, *, until_at: datetime, reason: str, by: str, at: datetime
) -> Change:
    """Put the reminders of a step off, once, to a moment of the owner's working time.

    Its due date stays. From the third time it takes a reason; after the fifth a new date or help.
    """
    step = require_active(run, key)
    require_theirs(run, step, by)
    if step.snoozes >= AT_MOST:
        raise Refused("snoozed_enough", n=step.snoozes)
    reason = reason.strip()[:TEXT_LIMIT]
    if needs_a_reason(step) and not reason:
        raise Refused("snooze_reason", n=step.snoozes + 1)
    if until_at <= at:
        raise Refused("snooze_past")
    zone = facts.person(step.owner).zone
    if local_day(until_at, zone) > facts.calendar.shift(local_day(at, zone), FARTHEST):
        raise Refused("snooze_far", days=FARTHEST)
    until_at = facts.next_working(step.owner, until_at)
    told = {"until": until_at.isoformat(), "reason": reason, "nth": step.snoozes + 1}
    snoozed = replace(
        step, remind_at=until_at, snoozes=step.snoozes + 1, held_at=None, tell_at=None
    )
    return Change(run.with_step(snoozed), (Event(EventKind.STEP_SNOOZED, at, by, key, told),))
