"""A record's open steps as a calendar: each due moment, which takes nobody's time."""

from icalendar import STATUS, TRANSP, Calendar, Event

from bot.exports.record import Record
from bot.exports.texts import plain
from bot.views.states import name_of
from bot.words.catalogue import say
from playbooks.run import RunStatus, Step


def write(record: Record) -> bytes:
    """A calendar; empty where the run has ended."""
    run = record.run
    calendar = Calendar.new(uid=run.id, name=_line(run.name), prodid="-//SOP Bot//sopbot//EN")
    for step in run.steps:
        if run.status is RunStatus.ACTIVE and step.due_at and not step.is_closed:
            calendar.add_component(_event(record, step))
    return bytes(calendar.to_ical())


def _event(record: Record, step: Step) -> Event:
    run = record.run
    owner = say(run.language, "export.column_owner") + say(run.language, "colon")
    return Event.new(
        uid=f"{run.id}.{step.key}@sopbot",
        summary=_line(f"{name_of(run, step, run.language)} · {run.name}"),
        description=_line(owner + record.name(step.owner)),
        start=step.due_at,
        stamp=record.at,
        status=STATUS.TENTATIVE if step.due_planned else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
    )


def _line(text: str) -> str:
    return " ".join(plain(text).split())
