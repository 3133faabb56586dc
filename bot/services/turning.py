"""The clock lets the runs follow a leave: what is open goes to the deputy, and comes back."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.services.leave_news import holders_of
from bot.services.leaves import facts_about, found
from bot.services.runs import BATCH, Receipt, RunService
from playbooks.calendars import Facts
from playbooks.leave import Leave, LeaveChange
from playbooks.leave_actions import answer_leave, turn_leave
from playbooks.leaving import leave_run, left
from playbooks.run import Change, Event, EventKind, Run
from playbooks.standing_in import with_stand_ins
from storage.database import Database, Transaction
from storage.watch import Unreachable

log = structlog.get_logger(__name__)


class TurningService:
    """What the clock does about leaves; every run follows under its own lock."""

    def __init__(self, database: Database, runs: RunService, *, told: Callable[[], None]) -> None:
        self._database = database
        self._runs = runs
        self._told = told  # wakes the announcer

    async def turn_due(self, *, at: datetime) -> int:
        """Do what leaves call for: reroute, bring back; returns how many were dealt with."""
        due = await self._database.run(lambda tx: tx.leaves.due(at=at, limit=BATCH))
        return sum([await self._turn(*each, at=at) for each in due])

    async def _turn(self, workspace: str, id_: str, *, at: datetime) -> bool:
        """One leave; the runs first, so that a crash between leaves it due."""
        try:
            leave = await self._database.run(lambda tx: tx.leaves.get(id_, workspace=workspace))
            if leave is None or leave.turn_at is None or leave.turn_at > at:
                return False
            await self._follow(leave, at)
            await self._database.run(lambda tx: tx.leaves.save(_turned(tx, leave, at)))
        except Unreachable:
            raise  # nor can any other leave be worked with
        except Exception as error:
            log.error("the clock's work failed", leave=id_, exc_info=error)
            return False
        self._told()
        return True

    async def _follow(self, leave: Leave, at: datetime) -> None:
        """Let every run agree with a leave; a departure is dealt with once in each."""
        for run_id in await self._database.run(lambda tx: _concerned(tx, leave)):
            once = Receipt(f"leaver/{leave.id}/{run_id}", at) if leave.state == "leaving" else None
            await self._runs.change(
                run_id, lambda run, facts: _agreeing(run, facts, leave, at), receipt=once,
                workspace=leave.workspace, people=(leave.person, leave.deputy),
            )  # fmt: skip


def _concerned(tx: Transaction, leave: Leave) -> list[str]:
    """The runs that may change with a leave; so may those of whom the person stands in for."""
    person, workspace = leave.person, leave.workspace
    if leave.state == "leaving":
        return tx.leaves.playing(person, workspace=workspace)
    others = tx.leaves.open_for(person, workspace=workspace)
    people = {person, *(other.person for other in others)}
    ids = (id_ for one in sorted(people) for id_ in tx.leaves.concerned(one, workspace=workspace))
    return list(dict.fromkeys(ids))


def _agreeing(run: Run, facts: Facts, leave: Leave, at: datetime) -> Change:
    if leave.state == "leaving":
        return leave_run(run, facts, leave, at=at)
    return with_stand_ins(Change(run, ()), facts, at=at)


def _turned(tx: Transaction, leave: Leave, at: datetime) -> LeaveChange:
    """What the clock notes of a leave; one that has changed meanwhile is due again."""
    now = found(tx, leave.id, leave.workspace)
    if now.state == "leaving":
        for other in tx.leaves.open_for(now.person, workspace=now.workspace):
            tx.leaves.save(answer_leave(other, accepts=False, by=now.person, at=at))
        return left(now, _handed(tx, now), at=at)
    facts = facts_about(tx, {now.person, now.deputy}, now.workspace)
    if now != leave:
        return LeaveChange(now)
    return turn_leave(now, facts, holders=holders_of(tx, now), at=at)


def _handed(tx: Transaction, leave: Leave) -> dict[str, Event]:
    """What went to a successor, by run: from the record, whoever has dealt with which run."""
    known = {"from": leave.person, "to": leave.deputy}.items()
    handed = {}
    for id_ in tx.leaves.playing(leave.deputy, workspace=leave.workspace):
        for event in tx.events.history(id_, workspace=leave.workspace):
            is_it = event.kind is EventKind.EVERYTHING_HANDED and known <= event.facts.items()
            if is_it and event.at >= leave.set_at:
                handed[id_] = event
    return handed
