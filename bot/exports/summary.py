"""What stands at the head of a record for people: what the run is, how it stands, who is in it."""

from collections.abc import Iterator
from datetime import datetime

from bot.exports.record import Record
from bot.exports.texts import plain, stamp
from bot.views.states import counts
from bot.words.catalogue import say


def summary(record: Record) -> Iterator[tuple[str, str]]:
    """Names and values, in the run's language."""
    run, language = record.run, record.run.language
    title = run.playbook.title.to(language)
    yield say(language, "export.playbook"), plain(f"{title} ({run.playbook.id}, {run.version})")
    status = say(language, f"export.status_{run.status}")
    yield say(language, "export.status"), f"{status} · {tally(record)}"
    if run.reason:
        yield say(language, "export.reason"), plain(run.reason)
    if run.playbook.anchor and run.anchor_on:
        yield plain(run.playbook.anchor.title.to(language)), run.anchor_on.isoformat()
    yield say(language, "export.started"), _when_and_who(record, run.started_at, run.started_by)
    if run.ended_at:
        yield say(language, "export.ended"), _when_and_who(record, run.ended_at, run.ended_by)
    yield say(language, "export.channel"), run.channel
    yield from _people(record)
    yield say(language, "export.made"), stamp(record.local(record.at))
    yield say(language, "export.zone"), run.zone


def tally(record: Record) -> str:
    """How many steps are closed."""
    told = counts(record.run, record.at)
    return say(record.run.language, "run.tally", done=told.closed, total=told.total)


def _people(record: Record) -> Iterator[tuple[str, str]]:
    run, language = record.run, record.run.language
    for id_, role in run.playbook.roles.items():
        people = [record.name(person) for person in run.people.get(id_, ())]
        people += [run.outsiders[id_]] if run.outsiders.get(id_) else []
        if people:
            yield plain(role.title.to(language)), plain(say(language, "comma").join(people))


def _when_and_who(record: Record, at: datetime, by: str) -> str:
    return f"{stamp(record.local(at))} · {plain(record.name(by))}"
