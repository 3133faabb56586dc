"""Who else hears that a step is late: the run's lead, then the head."""

from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts, local_day
from playbooks.phases import overriders_of
from playbooks.questions import PROFILES
from playbooks.reminders import late_since, rung_days
from playbooks.run import Run, Step


def is_late(step: Step, at: datetime) -> bool:
    """Whether a step is past its due moment."""
    return step.due_at is not None and step.due_at < at


def people_above(run: Run, step: Step) -> tuple[str, ...]:
    """Lead and head, without the owner, each once."""
    above = (run.lead, *overriders_of(run)[:1])
    return tuple(dict.fromkeys(person for person in above if person != step.owner))


def due_rung(run: Run, step: Step, facts: Facts, *, at: datetime) -> int:
    """How many of the people above are to have heard by now."""
    if step.due_at is None or step.help_by:
        return 0
    rule = run.told(step).remind or PROFILES["std"]
    zone = facts.person(step.owner).zone
    late_on = local_day(late_since(run, step, step.due_at), zone)
    days = rung_days(late_on, rule, facts.calendar_of(step.owner))
    reached = sum(day <= local_day(at, zone) for day in days)
    return min(reached, len(people_above(run, step)))


def climbed(run: Run, step: Step, facts: Facts, *, at: datetime) -> Step:
    """The step, with whom to tell next that it is late.

    Its owner has heard of it before, and nobody is passed over.
    """
    if step.reminded < 2 or due_rung(run, step, facts, at=at) <= step.escalated:
        return step
    rung = step.escalated + 1
    to = people_above(run, step)[rung - 1]
    return replace(step, escalated=rung, tell_to=to, tell_at=facts.next_working(to, at))
