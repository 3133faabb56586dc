"""A calendar link's content: the steps of a person or a run, each at its due moment."""

from datetime import datetime, timedelta

from icalendar import STATUS, TRANSP, Calendar, Event

from bot.exports.agenda import Agenda, Entry
from bot.exports.texts import plain
from bot.views.states import name_of
from bot.words.catalogue import say

EVERY = timedelta(hours=1)  # how often a calendar should look again


def write(agenda: Agenda, address: str) -> bytes:
    """An agenda in iCalendar form; the same steps give the same bytes.

    `address` is the workspace's on the web, for links to cards; empty where it is not known.
    """
    name = _line(agenda.name) if agenda.is_run else say(agenda.language, "feed.name")
    calendar = Calendar.new(
        uid=f"{agenda.id}@sopbot", name=name, prodid="-//SOP Bot//sopbot//EN",
        refresh_interval=EVERY,
    )  # fmt: skip
    calendar.add("x-wr-calname", name)  # what most calendars read in its place
    for entry in sorted(
        agenda.entries, key=lambda one: (one.step.due_at, one.run.id, one.step.key)
    ):
        calendar.add_component(_event(entry, agenda.language, address))
    return bytes(calendar.to_ical())


def _event(entry: Entry, language: str, address: str) -> Event:
    run, step = entry.run, entry.step
    done = "✅ " if step.is_closed else ""
    card = _card(entry, address)
    label = say(language, "export.column_owner") + say(language, "colon")
    owner = label + _line(entry.owner) if entry.owner else ""
    return Event.new(
        uid=f"{run.id}.{step.key}@sopbot",
        summary=done + _line(f"{name_of(run, step, language)} · {run.name}"),
        description="\n".join(filter(None, [owner, card])),
        start=step.due_at,
        stamp=_changed_at(entry),
        status=STATUS.TENTATIVE if step.due_planned else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
    )


def _card(entry: Entry, address: str) -> str:
    if not (entry.card and address):
        return ""
    return f"{address}/archives/{entry.run.channel}/p{entry.card.replace('.', '')}"


def _changed_at(entry: Entry) -> datetime:
    """When a step last came further; not now, or no two answers would be the same."""
    step = entry.step
    return max(filter(None, (entry.run.started_at, step.active_at, step.closed_at)))


def _line(text: str) -> str:
    return " ".join(plain(text).split())
