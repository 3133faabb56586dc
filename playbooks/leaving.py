"""A leave or a departure is begun by the person, or by who leads a run they play a part in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from playbooks.calendars import Facts, local_day
from playbooks.events import Event, EventKind
from playbooks.fitting import Problem
from playbooks.leave import Leave, LeaveChange
from playbooks.leavers import hand_everything, require_successor
from playbooks.run import Change, Refused, Run


def new_leave(
    runs: Iterable[Run], known: Sequence[Leave], *, person: str, deputy: str, id_: str,
    workspace: str, by: str, at: datetime,
) -> Leave:  # fmt: skip
    """A leave still to be filled in; `runs` are the person's, `known` their other leaves."""
    _require_may(runs, person, by, field="person")
    if any(leave.set_by in {person, by} for leave in known):
        raise Refused("form_invalid", fields={"from_on": Problem("away.already", {})})
    today = at.date()
    return Leave(id_, workspace, person, today, today, deputy, "asked", set_by=by, set_at=at)


def _require_may(runs: Iterable[Run], person: str, by: str, *, field: str) -> None:
    if by != person and not any(run.lead == by for run in runs):
        raise Refused("form_invalid", fields={field: Problem("away.not_led", {})})


def leave_for_good(
    runs: Iterable[Run], facts: Facts, *, person: str, to: str, id_: str, workspace: str, by: str,
    at: datetime,
) -> LeaveChange:  # fmt: skip
    """Let everything of somebody go to a successor; the clock then takes run after run."""
    require_successor(facts, person, to)
    _require_may(runs, person, by, field="person")
    today = local_day(at, facts.person(person).zone)
    leave = Leave(
        id_, workspace, person, today, today, to, "leaving", set_by=by, set_at=at, turn_at=at
    )
    return LeaveChange(leave)


def goes_in(run: Run, leave: Leave) -> bool:
    """Whether a departure concerns a run: whoever leads hands over in the runs they lead."""
    return leave.set_by in {leave.person, run.lead}


def leave_run(run: Run, facts: Facts, leave: Leave, *, at: datetime) -> Change:
    """Hand over what a leaver has in one run."""
    if not goes_in(run, leave):
        return Change(run, ())
    return hand_everything(run, facts, person=leave.person, to=leave.deputy, by=leave.set_by, at=at)


def left(leave: Leave, handed: Mapping[str, Event], *, at: datetime) -> LeaveChange:
    """Note that somebody has left, and what went to their successor, by run."""
    runs = {id_: dict(event.facts) for id_, event in handed.items()}
    event = Event(EventKind.SOMEBODY_LEFT, at, leave.set_by, facts={"runs": runs})
    return LeaveChange(replace(leave, state="left", turn_at=None), (event,))
