"""What the lead does to a whole run."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.flow import require_lead, require_open, worded
from playbooks.owners import as_own, own
from playbooks.reminders import next_reminder
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus, Step, StepStatus
from playbooks.settling import all_settled
from playbooks.start import cast


def cancel_run(run: Run, *, reason: str, by: str, at: datetime) -> Change:
    """End a run early, paused or not, for a reason; nothing more is sent for it."""
    if run.pause is None:
        require_open(run)
    require_lead(run, by)
    reason = worded(reason)
    steps = tuple(replace(step, remind_at=None) for step in run.steps)
    ended = replace(
        run, status=RunStatus.CANCELLED, ended_at=at, ended_by=by, reason=reason, steps=steps,
        gate_at=None, pauses=tuple(replace(p, until=p.until or at) for p in run.pauses),
    )  # fmt: skip
    return Change(ended, (Event(EventKind.RUN_CANCELLED, at, by, facts={"reason": reason}),))


def move_run(run: Run, *, channel: str, by: str, at: datetime) -> Change:
    """Carry a run on in another channel."""
    require_open(run)
    require_lead(run, by)
    if not channel:
        raise Refused("words_missing")
    if channel == run.channel:
        raise Refused("same_channel", channel=channel)
    event = Event(EventKind.RUN_MOVED, at, by, facts={"from": run.channel, "to": channel})
    return Change(replace(run, channel=channel), (event,))


def change_people(
    run: Run, facts: Facts, *, people: Mapping[str, tuple[str, ...]],
    outsiders: Mapping[str, str], by: str, at: datetime,
) -> Change:  # fmt: skip
    """Fill the roles anew; open steps follow their role, except those handed over by hand."""
    require_open(run)
    require_lead(run, by)
    lead = people.get(run.playbook.lead) or ()
    if not lead:
        raise Refused("start_invalid", fields={f"role.{run.playbook.lead}": "start.lead_missing"})
    filled = replace(
        run, lead=lead[0],
        people=cast(run.playbook, people),
        outsiders={role: name.strip() for role, name in outsiders.items() if name.strip()},
    )  # fmt: skip
    events: list[Event] = []
    for step in filled.steps:
        moved = _follow(run, filled, step, facts, at)
        if moved.owner != step.owner and moved.status is StepStatus.ACTIVE:
            told = {"from": step.owner, "to": moved.owner}
            events.append(Event(EventKind.STEP_ASSIGNED, at, by, step.key, told))
        filled = filled.with_step(moved)
    if filled == run:
        return Change(run, ())
    now = all_settled(filled, facts, by=by, at=at)
    return Change(now.run, (Event(EventKind.PEOPLE_CHANGED, at, by), *events, *now.events))


def _follow(before: Run, run: Run, step: Step, facts: Facts, at: datetime) -> Step:
    if step.is_closed or as_own(before, step).owner_from == "assigned":
        return step
    owned = own(run, step.role)
    if owned.owner == step.stands_for:  # who is away stays who it is
        return step
    moved = replace(
        step, owner=owned.owner, owner_from=owned.owner_from, reach=owned.reach, stands_for="",
        stands_until=None,
    )  # fmt: skip
    if moved.status is StepStatus.ACTIVE and moved.owner != step.owner:
        moved = replace(moved, help_by="")
        moved = replace(moved, remind_at=next_reminder(run, moved, facts, after=at))
    return moved


def tell_trouble(run: Run, *, trouble: str, facts: Mapping[str, str], at: datetime) -> Change:
    """Record that Slack could not show the run, so that the lead hears how to mend it."""
    require_open(run)
    return Change(run, (Event(EventKind.TROUBLE, at, "clock", facts={"kind": trouble, **facts}),))
