"""Leave and leavers: what people set, answer and end; the clock then lets the runs follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from bot.services.facts import facts_of, known_people
from playbooks.calendars import Facts, WorkCalendar
from playbooks.leave import Leave, LeaveChange
from playbooks.leave_actions import answer_leave, ask_leave, end_leave
from playbooks.leaving import leave_for_good, new_leave
from playbooks.run import Refused, Run
from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form about a leave says."""

    person: str
    from_on: date | None
    until_on: date | None
    deputy: str
    comment: str = ""
    id: str = ""  # of the leave that is changed; empty for a new one
    request: str = ""  # the same request again sets the same leave


class LeaveService:
    """What people do to leaves."""

    def __init__(self, database: Database, *, told: Callable[[], None]) -> None:
        self._database = database
        self._told = told  # wakes the announcer

    async def open_of(self, person: str, *, workspace: str) -> list[Leave]:
        """The leaves of somebody that hold now or later."""
        return await self._database.run(lambda tx: tx.leaves.open_of([person], workspace=workspace))

    async def one(self, id_: str, *, workspace: str) -> Leave:
        """A leave that holds; raises Refused where it is over."""
        leave = await self._database.run(lambda tx: tx.leaves.get(id_, workspace=workspace))
        if leave is None or not leave.is_open:
            raise Refused("leave_over")
        return leave

    async def last_deputy(self, person: str, *, workspace: str) -> str:
        """Who stood in for somebody last."""
        return await self._database.run(
            lambda tx: tx.leaves.last_deputy(person, workspace=workspace)
        )

    async def runs_of(self, person: str, *, workspace: str) -> list[tuple[Run, Facts]]:
        """The active runs somebody has a part in, with what their rules need to know."""
        return await self._database.run(lambda tx: runs_of(tx, person, workspace))

    async def set(self, wanted: Wanted, *, workspace: str, by: str, at: datetime) -> Leave:
        """Set a leave or change it; raises Refused where it makes no sense."""

        def work(tx: Transaction) -> LeaveChange:
            facts = facts_about(tx, {wanted.person, wanted.deputy, by}, workspace)
            id_ = _id_of(workspace, wanted.request)
            if known := tx.leaves.get(id_, workspace=workspace):  # the form was sent twice
                return LeaveChange(known)
            leave = _begun(tx, wanted, id_, workspace, by, at)
            return ask_leave(
                leave, facts, days=(wanted.from_on, wanted.until_on), deputy=wanted.deputy,
                comment=wanted.comment, by=by, at=at,
            )  # fmt: skip

        return await self._saved(work)

    async def answer(
        self, id_: str, *, accepts: bool, workspace: str, by: str, at: datetime
    ) -> Leave:
        """The deputy accepts, or cannot."""
        return await self._saved(
            lambda tx: answer_leave(found(tx, id_, workspace), accepts=accepts, by=by, at=at)
        )

    async def end(self, id_: str, *, workspace: str, by: str, at: datetime) -> Leave:
        """Back early, or not away after all."""

        def work(tx: Transaction) -> LeaveChange:
            leave = found(tx, id_, workspace)
            return end_leave(leave, facts_about(tx, {leave.person}, workspace), by=by, at=at)

        return await self._saved(work)

    async def hand_everything(
        self, person: str, to: str, *, request: str, workspace: str, by: str, at: datetime
    ) -> Leave:
        """Let all of somebody go to their successor."""

        def work(tx: Transaction) -> LeaveChange:
            id_ = _id_of(workspace, request)
            if known := tx.leaves.get(id_, workspace=workspace):
                return LeaveChange(known)
            facts = facts_about(tx, {person, to}, workspace)
            runs = [run for run, _ in runs_of(tx, person, workspace)]
            return leave_for_good(
                runs, facts, person=person, to=to, id_=id_, workspace=workspace, by=by, at=at
            )  # fmt: skip

        return await self._saved(work)

    async def _saved(self, work: Callable[[Transaction], LeaveChange]) -> Leave:
        def save(tx: Transaction) -> LeaveChange:
            change = work(tx)
            tx.leaves.save(change)
            return change

        change = await self._database.run(save)
        if change.events:
            self._told()
        return change.leave


def _begun(
    tx: Transaction, wanted: Wanted, id_: str, workspace: str, by: str, at: datetime
) -> Leave:
    """The leave that a form changes, or a new one."""
    if wanted.id:
        leave = found(tx, wanted.id, workspace)
        if by not in {leave.person, leave.set_by}:
            raise Refused("leave_not_yours", person=leave.person)
        return leave
    runs = [run for run, _ in runs_of(tx, wanted.person, workspace)]
    known = tx.leaves.open_of([wanted.person], workspace=workspace)
    return new_leave(
        runs, known, person=wanted.person, deputy=wanted.deputy, id_=id_, workspace=workspace,
        by=by, at=at,
    )  # fmt: skip


def runs_of(tx: Transaction, person: str, workspace: str) -> list[tuple[Run, Facts]]:
    """The active runs somebody plays a part in, with what their rules need to know."""
    ids = tx.leaves.playing(person, workspace=workspace)
    runs = [run for id_ in ids if (run := tx.runs.get(id_, workspace=workspace))]
    return [(run, facts_of(tx, run, (person,))) for run in runs]


def facts_about(tx: Transaction, ids: set[str], workspace: str) -> Facts:
    """What the rules of leaves need to know of people."""
    return Facts(WorkCalendar("none"), known_people(tx, ids - {""}, workspace=workspace))


def found(tx: Transaction, id_: str, workspace: str) -> Leave:
    """A leave, locked; raises Refused where there is none."""
    leave = tx.leaves.get(id_, workspace=workspace, lock=True)
    if leave is None:
        raise Refused("leave_over")
    return leave


def _id_of(workspace: str, request: str) -> str:
    return sha256(f"{workspace}/leave/{request}".encode()).hexdigest()[:16]
