"""Who somebody is: what Slack says of them, kept for a day."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

from playbooks.people import Person
from storage.database import Database, Transaction

FRESH_FOR = timedelta(days=1)
RECALLED = 10_000  # people kept in mind

Ask = Callable[[str], Awaitable[Person | None]]


class PeopleService:
    """People by their Slack id; whoever is not known yet is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._met: dict[tuple[str, str], Person] = {}

    def recall(self, person: str, *, workspace: str) -> Person | None:
        """Somebody met before, where the database cannot be asked."""
        return self._met.get((workspace, person))

    async def meet(
        self, ids: Collection[str], *, ask: Ask, workspace: str, at: datetime
    ) -> dict[str, Person]:
        """These people; `ask` looks up whom we do not know, or have not asked about for a day."""

        def look(tx: Transaction) -> tuple[set[str], dict[str, Person]]:
            stale = tx.people.stale(ids, workspace=workspace, before=at - FRESH_FOR)
            return stale, tx.people.many(ids, workspace=workspace)

        stale, known = await self._database.run(look)
        found = [person for person in await asyncio.gather(*map(ask, stale)) if person]

        def keep(tx: Transaction) -> dict[str, Person]:
            for person in found:
                tx.people.save(person, workspace=workspace, at=at)
            return tx.people.many(ids, workspace=workspace)

        met = await self._database.run(keep) if found else known
        if len(self._met) > RECALLED:
            self._met.clear()
        self._met |= {(workspace, id_): person for id_, person in met.items()}
        return met

    async def choose_language(self, person: str, language: str, *, workspace: str) -> None:
        """Let somebody read the bot in a language."""
        await self._database.run(
            lambda tx: tx.people.choose_language(person, workspace=workspace, language=language)
        )
