"""What a form shows of a run before something big is done to it."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.services.facts import facts_of
from playbooks.calendars import Facts
from playbooks.run import EventKind, Refused, Run
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Prospect:
    """A run with what its rules need to know."""

    run: Run
    facts: Facts
    sent: Collection[str]  # keys of steps of which somebody outside has a link or document


class PlanService:
    """Looks at runs; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def prospect(self, run_id: str, *, workspace: str) -> Prospect:
        """A run as it stands; raises Refused where there is none."""

        def work(tx: Transaction) -> Prospect:
            run = tx.runs.get(run_id, workspace=workspace)
            if run is None:
                raise Refused("no_such_run")
            return Prospect(run, facts_of(tx, run), _sent(tx, run))

        return await self._database.run(work)


def _sent(tx: Transaction, run: Run) -> frozenset[str]:
    """The steps that a client has something of in hand."""
    history = tx.events.history(run.id, workspace=run.workspace)
    links = {event.step for event in history if event.kind is EventKind.DOCUMENT_SENT}
    documents = tx.documents.of_run(run.id, workspace=run.workspace)
    asked = {
        key
        for key, document in documents.items()
        if any(a.side == "client" for a in document.asked)
    }
    return frozenset(links | asked)
