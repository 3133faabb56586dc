"""The records of runs, to be exported."""

from datetime import datetime

from bot.exports.record import Record, named_in
from playbooks.run import Refused
from storage.database import Database, Transaction


class RecordService:
    """Everything there is of a run."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, run_id: str, *, workspace: str, at: datetime) -> Record:
        """A run with its history, as of now; raises Refused when there is none."""

        def work(tx: Transaction) -> Record:
            run = tx.runs.get(run_id, workspace=workspace)
            if run is None:
                raise Refused("no_such_run")
            events = tuple(tx.events.history(run_id, workspace=workspace))
            known = tx.people.many(named_in(run, events), workspace=workspace)
            names = {id_: person.name for id_, person in known.items() if person.name}
            return Record(run, events, at, names)

        return await self._database.run(work)

    async def home_of(self, run_id: str) -> str | None:
        """The workspace a run is in, for an operator who knows its id alone."""
        return await self._database.run(lambda tx: tx.runs.home_of(run_id))

    async def newest(self) -> list[tuple[str, str]]:
        """Id and name of the runs there are, the latest first."""
        return await self._database.run(lambda tx: tx.runs.newest())
