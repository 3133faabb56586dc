"""Calendar links: made once, known to us by their hash alone, and what they show."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_urlsafe

from bot.exports.agenda import Agenda, Entry
from bot.refs import card_key
from bot.services.links import hash_of
from playbooks.flow import require_lead
from playbooks.people import Person
from playbooks.run import Refused, Run, RunStatus, Step, StepStatus
from storage.database import Database, Transaction
from storage.feeds import Feed

PAST = timedelta(days=90)  # closed steps stay in a calendar for so long
MOST = 1000  # steps in a calendar


class FeedService:
    """Calendar links of people and runs; without a public address there are none."""

    def __init__(self, database: Database, public_url: str) -> None:
        self._database = database
        self._url = public_url

    async def made_at(
        self, *, workspace: str, by: str, run_id: str = ""
    ) -> datetime | None:  # fmt: skip
        """When the link in force was made, of `by` or of a run they lead."""
        whose = _whose(by, run_id)

        def work(tx: Transaction) -> datetime | None:
            self._require(tx, workspace, by, run_id)
            return tx.feeds.made_at(workspace=workspace, **whose)

        return await self._database.run(work)

    async def make(self, *, workspace: str, by: str, at: datetime, run_id: str = "") -> str:
        """Make a link, which replaces the one before; its address is known only now."""
        token, whose = token_urlsafe(32), _whose(by, run_id)
        feed = Feed(workspace, hash_of(token), whose["person"], whose["run_id"], at)

        def work(tx: Transaction) -> None:
            self._require(tx, workspace, by, run_id)
            tx.feeds.revoke(workspace=workspace, at=at, **whose)
            tx.feeds.add(feed)

        await self._database.run(work)
        return f"{self._url}/calendar/{token}.ics"

    async def revoke(self, *, workspace: str, by: str, at: datetime, run_id: str = "") -> None:
        """Let a link work no more."""
        whose = _whose(by, run_id)

        def work(tx: Transaction) -> None:
            self._require(tx, workspace, by, run_id)
            tx.feeds.revoke(workspace=workspace, at=at, **whose)

        await self._database.run(work)

    async def open(self, token: str, *, at: datetime) -> Agenda | None:
        """What a link shows; None for one that does not work, whatever the cause."""
        return await self._database.run(lambda tx: _open(tx, token, at))

    def _require(self, tx: Transaction, workspace: str, by: str, run_id: str) -> None:
        if not self._url:
            raise Refused("no_calendar_url")
        if not run_id:
            return
        run = tx.runs.get(run_id, workspace=workspace)
        if run is None:
            raise Refused("no_such_run")
        require_lead(run, by)


def _whose(by: str, run_id: str) -> dict[str, str]:
    return {"person": "" if run_id else by, "run_id": run_id}


def _open(tx: Transaction, token: str, at: datetime) -> Agenda | None:
    feed = tx.feeds.find(hash_of(token))
    if feed is None:
        return None
    return _of_run(tx, feed) if feed.run_id else _of_person(tx, feed, at)


def _of_run(tx: Transaction, feed: Feed) -> Agenda | None:
    run = tx.runs.get(feed.run_id, workspace=feed.workspace)
    if run is None:
        return None
    people = tx.people.many({step.owner for step in run.steps}, workspace=feed.workspace)
    names = {id_: person.name or id_ for id_, person in people.items()}
    entries = [
        replace(entry, owner=names.get(entry.step.owner, entry.step.owner))
        for entry in _entries(tx, feed, [(run, step) for step in run.steps])
    ]
    return Agenda(run.id, run.name, run.language, is_run=True, entries=tuple(entries))


def _of_person(tx: Transaction, feed: Feed, at: datetime) -> Agenda:
    known = tx.people.many([feed.person], workspace=feed.workspace).get(feed.person)
    person = known or Person(feed.person, "")
    steps = tx.desk.steps_of(person.id, workspace=feed.workspace, since=at - PAST, limit=MOST)
    entries = tuple(_entries(tx, feed, steps))
    return Agenda(person.id, person.name, person.language, is_run=False, entries=entries)


def _entries(tx: Transaction, feed: Feed, steps: Sequence[tuple[Run, Step]]) -> Iterator[Entry]:
    shown = [(run, step) for run, step in steps if _is_shown(run, step)]
    keys = [card_key(run.id, step.key, run.channel) for run, step in shown]
    cards = tx.messages.places(keys, workspace=feed.workspace)
    for (run, step), key in zip(shown, keys, strict=True):
        yield Entry(run, step, card=cards.get(key, ""))


def _is_shown(run: Run, step: Step) -> bool:
    """What is to be done, or is done; nothing of a run that was called off."""
    is_work = step.status not in {StepStatus.OFF, StepStatus.SKIPPED}
    return is_work and step.due_at is not None and run.status is not RunStatus.CANCELLED
