"""Steps that somebody asks for when they are needed, as often as they are."""

from dataclasses import replace
from datetime import date, datetime

from playbooks.answers import is_on
from playbooks.calendars import Facts, in_reach, local_day, local_moment
from playbooks.definition import DUE_LIMIT, PlaybookStep
from playbooks.due_dates import END_OF_DAY, due_of
from playbooks.flow import TEXT_LIMIT, advance, require_open
from playbooks.run import Change, Comment, Event, EventKind, Refused, Run
from playbooks.series import occurrence
from playbooks.switches import in_tier


def on_demand(run: Run, facts: Facts) -> tuple[PlaybookStep, ...]:
    """The steps that can be opened once more in a run."""
    return tuple(
        told
        for told in run.playbook.steps
        if told.repeat and told.repeat.on_demand
        and in_tier(run, occurrence(run, told, 1)) and is_on(run, told.when, facts.lists)
    )  # fmt: skip


def proposed_day(run: Run, told: PlaybookStep, facts: Facts, *, at: datetime) -> date:
    """The day another one would be due: by its rule counted from today, where it counts on."""
    today = local_day(at, run.zone)
    due_at, _ = due_of(replace(run, start_on=today), occurrence(run, told, 1), facts)
    day = local_day(due_at, run.zone) if due_at else today
    return day if day >= today else facts.calendar.first_workday(today)


def open_another(
    run: Run, id_: str, facts: Facts, *, due_on: date | None, note: str = "", by: str, at: datetime
) -> Change:
    """Open one more occurrence of a step, due at the end of a day."""
    require_open(run)
    told = next((one for one in on_demand(run, facts) if one.id == id_), None)
    if told is None:
        raise Refused("not_on_demand", step=id_)
    if by not in {run.lead, *(person for people in run.people.values() for person in people)}:
        raise Refused("no_part", lead=run.lead)
    if len(run.of(id_)) >= DUE_LIMIT:
        raise Refused("on_demand_full", step=id_)
    step = occurrence(run, told, len(run.of(id_)) + 1)
    day = due_on or proposed_day(run, told, facts, at=at)
    zone = facts.person(step.owner).zone
    if not in_reach(day):
        raise Refused("day_far")
    if day < local_day(at, zone):
        raise Refused("day_past")
    step = replace(step, due_at=local_moment(day, END_OF_DAY, zone))
    added = [Event(EventKind.STEP_ADDED, at, by, step.key)]
    if note := note.strip()[:TEXT_LIMIT]:
        step = replace(step, comments=(Comment(note, by, at),))
    opened = advance(replace(run, steps=(*run.steps, step)), facts, by=by, at=at)
    if note:
        opened = Change(
            opened.run,
            (*opened.events, Event(EventKind.COMMENT_ADDED, at, by, step.key, {"text": note})),
        )
    return Change(opened.run, (*added, *opened.events))
