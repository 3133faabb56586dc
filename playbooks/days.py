"""The cards of a run are drawn anew each morning, and when a decision can be undone no more."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from playbooks.calendars import Facts, local_day, local_moment
from playbooks.levels import DECISIONS
from playbooks.run import Change, Event, EventKind, Run, RunStatus
from playbooks.turns import UNDO_WITHIN, final_at

SLACK = timedelta(seconds=5)
DAWN = time(6)  # in the run's zone, before anybody looks


def next_dawn(zone: str, *, after: datetime) -> datetime:
    """The first six o'clock in the morning later than `after`."""
    day = local_day(after, zone)
    today = local_moment(day, DAWN, zone)
    return today if today > after else local_moment(day + timedelta(days=1), DAWN, zone)


def dawn_of(run: Run, facts: Facts, *, after: datetime) -> datetime:
    """The next morning where the run is at home, or where somebody has a step to do."""
    owners = {step.owner for step in run.steps if not step.is_closed}
    zones = {run.zone} | {facts.person(owner).zone for owner in owners}
    return min(next_dawn(zone, after=after) for zone in zones)


def turn_day(run: Run, facts: Facts, *, at: datetime) -> Change:
    """Draw the run's cards anew, once it is time; `since` is when what is final now was decided."""
    if run.status is not RunStatus.ACTIVE or run.redraw_at is None or run.redraw_at > at:
        return Change(run, ())
    over = [
        final_at(move)
        for step in run.steps
        for move in step.moves
        if move.kind in DECISIONS and final_at(move) > at
    ]
    turned = replace(run, redraw_at=min([dawn_of(run, facts, after=at), *over]))
    since = {"since": (run.redraw_at - UNDO_WITHIN - SLACK).isoformat()}
    return Change(turned, (Event(EventKind.DAY_TURNED, at, "clock", facts=since),))
