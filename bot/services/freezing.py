"""Hold on to what was handed in: which files to fetch, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.services.facts import facts_of
from playbooks.digests import files_of
from playbooks.freezing import Found, begin_freezing, freeze_evidence, look_again
from playbooks.run import Change, Run
from storage.blobs import Blob
from storage.database import Database, Transaction

BATCH = 20  # steps looked at in one round


@dataclass(frozen=True, slots=True)
class Attempt:
    """The files of a step that are to be fetched now."""

    workspace: str
    run_id: str
    step: str  # its key
    files: tuple[str, ...]
    until: datetime  # when the next attempt may begin


class FreezingService:
    """What the clock and Slack's news do to submitted files."""

    def __init__(self, database: Database, *, told: Callable[[], None]) -> None:
        self._database = database
        self._told = told  # wakes the announcer

    async def due(self, *, at: datetime) -> list[tuple[str, str, str]]:
        """Workspace, run and step key of what is to be fetched."""
        return await self._database.run(lambda tx: tx.runs.due_freezes(at=at, limit=BATCH))

    async def begin(
        self, workspace: str, run_id: str, step: str, *, at: datetime
    ) -> Attempt | None:
        """Take a step's files up; None where another bot has, or where they are given up."""

        def work(tx: Transaction) -> tuple[Change, Attempt | None] | None:
            run = tx.runs.get(run_id, workspace=workspace, lock=True)
            change = begin_freezing(run, step, at=at) if run else None
            if change is None or change.run == run:
                return None
            tx.runs.save(change)
            return change, _attempt(change.run, step)

        begun = await self._database.run(work)
        if begun and begun[0].events:
            self._told()
        return begun[1] if begun else None

    async def done(
        self, attempt: Attempt, found: Mapping[str, Found], blobs: Mapping[str, Blob], *,
        at: datetime,
    ) -> None:  # fmt: skip
        """Keep the contents that were fetched, by file, and note what came of the others."""

        def work(tx: Transaction) -> Change | None:
            workspace, run_id = attempt.workspace, attempt.run_id
            run = tx.runs.get(run_id, workspace=workspace, lock=True)
            if run is None:
                return None
            for file, blob in blobs.items():
                tx.blobs.keep(blob, workspace=workspace, at=at)
                tx.blobs.hold(file, workspace=workspace, run_id=run_id, step=attempt.step)
            change = freeze_evidence(
                run, attempt.step, facts_of(tx, run), found=found, until=attempt.until, at=at
            )
            if change.run != run or change.events:
                tx.runs.save(change)
            return change

        change = await self._database.run(work)
        if change and change.events:
            self._told()

    async def look_again(self, file: str, *, workspace: str, at: datetime) -> int:
        """Slack has news of a file; returns how many steps hold it."""

        def work(tx: Transaction) -> int:
            holders = tx.blobs.holders(file, workspace=workspace)
            for run_id, step in holders:
                run = tx.runs.get(run_id, workspace=workspace, lock=True)
                if run:
                    tx.runs.save(look_again(run, step, at=at))
            return len(holders)

        return await self._database.run(work)


def _attempt(run: Run, key: str) -> Attempt | None:
    step = run.step(key)
    if step is None or step.freeze_at is None:
        return None
    return Attempt(run.workspace, run.id, key, files_of(step), step.freeze_at)
