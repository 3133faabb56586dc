"""Runs that start by themselves: opened by the clock, left out or stopped by people."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Self

import structlog

from bot.services.facts import facts_of
from bot.services.runs import BATCH, Follow, Receipt, run_id_of
from playbooks.content import version_of
from playbooks.cycles import Labels, Turn, open_cycle
from playbooks.deliveries import with_requests
from playbooks.library import Library
from playbooks.run import Change, Refused, Run
from playbooks.schedules import Schedule, Scheduled, begin, first_opening
from playbooks.start import StartForm
from storage.database import Database, Transaction
from storage.runs import AlreadyThere
from storage.watch import Unreachable

log = structlog.get_logger(__name__)

Act = Callable[[Schedule, Run], Scheduled]


class ScheduleService:
    """What people and the clock do to schedules."""

    def __init__(
        self, database: Database, *, told: Callable[[], None], follow: Follow,
        library: Callable[[], Library], labels: Labels,
    ) -> None:  # fmt: skip
        self._database = database
        self._told = told  # wakes the announcer
        self._follow = follow  # what other records do when their run changes
        self._library = library
        self._labels = labels

    def hurried(self, database: Database) -> Self:
        """The same for people who wait, on a database that gives up sooner."""
        hurried = copy(self)
        hurried._database = database
        return hurried

    def begin(self, tx: Transaction, run: Run, form: StartForm, at: datetime) -> None:
        """Give rise to a schedule, where the start form says that the run repeats."""
        opening = first_opening(
            run.playbook, calendar=run.calendar, zone=run.zone, start_on=run.start_on, at=at
        )
        if form.repeat and opening:
            tx.schedules.add(begin(run, opening))

    async def all(self, *, workspace: str) -> list[tuple[Schedule, Run]]:
        """The schedules of a workspace, each with its last run."""

        def work(tx: Transaction) -> list[tuple[Schedule, Run]]:
            found = tx.schedules.all(workspace=workspace)
            runs = [tx.runs.get(each.run_id, workspace=workspace) for each in found]
            return [(each, run) for each, run in zip(found, runs, strict=True) if run]

        return await self._database.run(work)

    async def get(self, id_: str, *, workspace: str) -> tuple[Schedule, Run]:
        """A schedule with its last run; raises Refused when there is none."""
        return await self._database.run(lambda tx: _both(tx, id_, workspace))

    async def change(
        self, id_: str, act: Act, *, workspace: str, receipt: Receipt | None = None
    ) -> Schedule:
        """Let an action change a schedule; its last run's history tells of it."""

        def work(tx: Transaction) -> Scheduled:
            schedule, run = _both(tx, id_, workspace, lock=True)
            if receipt and not tx.receipts.first_time(
                receipt.key, workspace=workspace, at=receipt.at
            ):
                return Scheduled(schedule, ())
            done = act(schedule, run)
            tx.schedules.save(done.schedule)
            if done.events:
                tx.runs.save(Change(run, done.events))
            return done

        done = await self._database.run(work)
        if done.events:
            self._told()
        return done.schedule

    async def open_due(self, *, at: datetime) -> int:
        """Start the runs that are due; returns how many schedules were dealt with."""
        due = await self._database.run(lambda tx: tx.schedules.due(at=at, limit=BATCH))
        return sum([await self._open(*each, at=at) for each in due])

    async def _open(self, workspace: str, id_: str, *, at: datetime) -> bool:
        """Whether it was dealt with; one that fails stops no other."""
        try:
            is_opened = await self._database.run(lambda tx: self._turn(tx, workspace, id_, at))
        except Unreachable:
            raise
        except Exception as error:
            log.error("no next run", schedule=id_, exc_info=error)
            return False
        self._told()
        return is_opened

    def _turn(self, tx: Transaction, workspace: str, id_: str, at: datetime) -> bool:
        """Whether we were the ones to open it: what others have opened meanwhile is left alone."""
        schedule, last = _both(tx, id_, workspace, lock=True)
        if schedule.state != "active" or schedule.next_at > at:
            return False
        playbook = self._library().get(schedule.playbook_id) or last.playbook
        turn = open_cycle(
            schedule, last, playbook, facts_of(tx, last), labels=self._labels,
            run_id=run_id_of(playbook.id, workspace, f"{schedule.id}/{schedule.cycle}"),
            version=version_of(playbook), at=at,
        )  # fmt: skip
        self._keep(tx, last, turn)
        return True

    def _keep(self, tx: Transaction, last: Run, turn: Turn) -> None:
        if turn.last.events:
            change = self._follow(tx, last, turn.last, facts_of(tx, last))
            tx.runs.save(with_requests(last, change))
        if turn.new:
            try:
                tx.runs.add(turn.new)
            except AlreadyThere:
                log.info("started before", run=turn.new.run.id)
        tx.schedules.save(turn.schedule)


def _both(tx: Transaction, id_: str, workspace: str, *, lock: bool = False) -> tuple[Schedule, Run]:
    """A schedule, then its last run, locked in this order."""
    schedule = tx.schedules.get(id_, workspace=workspace, lock=lock)
    run = schedule and tx.runs.get(schedule.run_id, workspace=workspace, lock=lock)
    if not (schedule and run):
        raise Refused("no_such_schedule")
    return schedule, run
