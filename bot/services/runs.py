"""The one mechanism: an action changes a run in one transaction, then Slack hears of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import structlog

from bot.services.facts import facts_of, known_people, with_consequences
from playbooks.calendars import Facts, WorkCalendar
from playbooks.content import version_of
from playbooks.days import turn_day
from playbooks.definition import Playbook
from playbooks.phase_gates import press_gates
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus
from playbooks.run_actions import tell_trouble
from playbooks.start import StartForm, start_run
from storage.database import Database, Transaction
from storage.runs import AlreadyThere
from storage.watch import Unreachable

log = structlog.get_logger(__name__)

Action = Callable[[Run, Facts], Change]
Follow = Callable[[Transaction, Run, Change, Facts], Change]
Note = Callable[[Transaction, Change], None]
Begin = Callable[[Transaction, Run, StartForm, datetime], None]

BATCH = 100  # reminders taken at a time
TROUBLE_AGAIN = timedelta(hours=20)  # the lead hears of the same trouble once a day


@dataclass(frozen=True, slots=True)
class Receipt:
    """What tells one delivery of Slack's from all others, and when it came."""

    key: str
    at: datetime


class RunService:
    """What people and the clock do to runs."""

    def __init__(
        self, database: Database, *, told: Callable[[], None], follow: Follow | None = None,
        begin: Begin | None = None,
    ) -> None:  # fmt: skip
        self._database = database
        self._begin = begin  # what a run gives rise to when it is started
        self._told = told  # wakes the announcer
        self._follow = follow  # what other records do when their run changes

    async def change(
        self, run_id: str, action: Action, *, workspace: str, people: tuple[str, ...] = (),
        receipt: Receipt | None = None, note: Note | None = None,
    ) -> Change:  # fmt: skip
        """Let an action change a run; `people` it names who have no part in it yet.

        Raises Refused when the rules do not allow the action. What `note` keeps of the change, and
        the `receipt` of it, are kept with it; where that is there already, nothing is done again.
        """

        def work(tx: Transaction) -> Change:
            run = tx.runs.get(run_id, workspace=workspace, lock=True)
            if run is None:
                raise Refused("no_such_run")
            if not _is_new(tx, receipt, workspace):
                return Change(run, ())
            facts = facts_of(tx, run, people)
            change = _acted(action, run, facts)
            if self._follow and change.events:
                change = self._follow(tx, run, change, facts)
            change = with_consequences(run, change, facts)
            _keep(tx, run, change, note)
            return change

        try:
            change = await self._database.run(work)
        except Refused as refused:
            await self.note(refused)
            raise
        if change.events:
            self._told()
        return change

    async def note(self, refused: Refused, run: Run | None = None) -> None:
        """Keep on record what was tried in vain, where that is kept."""
        tried, of = refused.event, refused.run or run
        if tried and of:
            await self._database.run(lambda tx: _note(tx, of, tried))

    async def start(
        self, playbook: Playbook, form: StartForm, *, request: str, workspace: str, by: str,
        at: datetime, receipt: Receipt | None = None,
    ) -> Run:  # fmt: skip
        """Start a run; the same `request` again gives the run it started the first time."""
        run_id = run_id_of(playbook.id, workspace, request)
        named = {by, form.stand_in, *(person for ids in form.people.values() for person in ids)}

        def work(tx: Transaction) -> Run:
            _is_new(tx, receipt, workspace)
            known = known_people(tx, named, workspace=workspace)
            calendar = WorkCalendar(form.calendar, tx.company_days.worked(workspace=workspace))
            facts, version = Facts(calendar, known), version_of(playbook)
            told = {"run_id": run_id, "workspace": workspace, "version": version}
            change = start_run(playbook, form, facts, **told, by=by, at=at)
            try:
                tx.runs.add(change := with_consequences(change.run, change, facts))
            except AlreadyThere:
                return tx.runs.get(run_id, workspace=workspace) or change.run
            if self._begin:
                self._begin(tx, change.run, form, at)
            return change.run

        run = await self._database.run(work)
        self._told()
        return run

    async def turn_days(self, *, at: datetime) -> int:
        """Draw the cards of runs anew whose day has turned; returns how many were dealt with."""

        def turn(run: Run, facts: Facts) -> Change:
            return turn_day(run, facts, at=at)

        due = await self._database.run(lambda tx: tx.runs.due_redraws(at=at, limit=BATCH))
        return sum([await self.tick(*each, turn) for each in due])

    async def press_gates(self, *, at: datetime) -> int:
        """Speak of gates that nobody has passed; returns how many runs were dealt with."""
        due = await self._database.run(lambda tx: tx.runs.due_gates(at=at, limit=BATCH))
        return sum([
            await self.tick(*each, lambda run, facts: press_gates(run, facts, at=at))
            for each in due
        ])  # fmt: skip

    async def tick(
        self, workspace: str, run_id: str, action: Action, note: Note | None = None
    ) -> bool:
        """Do what the clock does to one run; one that fails is logged and stops no other."""
        try:
            await self.change(run_id, action, workspace=workspace, note=note)
        except Unreachable:
            raise  # nor can any other run be worked with
        except Exception as error:
            log.error("the clock's work failed", run=run_id, exc_info=error)
            return False
        return True

    async def trouble(
        self, run_id: str, *, kind: str, facts: dict[str, str], workspace: str, at: datetime
    ) -> None:
        """Tell the lead that Slack could not show the run; the same trouble once a day."""

        def work(tx: Transaction) -> bool:
            run = tx.runs.get(run_id, workspace=workspace, lock=True)
            past = tx.events.history(run_id, workspace=workspace)
            told = {"kind": kind, **facts}
            if (
                run is None
                or run.status is not RunStatus.ACTIVE
                or any(_same(event, told, at) for event in past)
            ):
                return False
            tx.runs.save(tell_trouble(run, trouble=kind, facts=facts, at=at))
            return True

        if await self._database.run(work):
            self._told()

    async def was_removed(self, run_id: str, channel: str, *, workspace: str) -> bool:
        """Whether somebody has taken the bot out of a run's channel."""
        past = await self._database.run(lambda tx: tx.events.history(run_id, workspace=workspace))
        told = {"channel": channel, "kind": "removed"}
        return any(told.items() <= event.facts.items() for event in past)


def _is_new(tx: Transaction, receipt: Receipt | None, workspace: str) -> bool:
    """Note a receipt; a refusal takes the note back with all else of its transaction."""
    if receipt is None:
        return True
    return tx.receipts.first_time(receipt.key, workspace=workspace, at=receipt.at)


def _keep(tx: Transaction, run: Run, change: Change, note: Note | None) -> None:
    if change.run != run or change.events:
        tx.runs.save(change)
    if note:
        note(tx, change)


def _acted(action: Action, run: Run, facts: Facts) -> Change:
    try:
        return action(run, facts)
    except Refused as refused:
        refused.run = run
        raise


def _note(tx: Transaction, run: Run, tried: Event) -> None:
    now = tx.runs.get(run.id, workspace=run.workspace, lock=True)
    if now:
        tx.runs.save(Change(now, (tried,)))


def _same(event: Event, told: dict[str, str], at: datetime) -> bool:
    is_trouble = event.kind is EventKind.TROUBLE and told.items() <= event.facts.items()
    return is_trouble and at - event.at < TROUBLE_AGAIN


def run_id_of(playbook_id: str, workspace: str, request: str) -> str:
    """The id of the run that a request starts; the same request can start only one."""
    digest = sha256(f"{workspace}/{request}".encode()).hexdigest()
    return f"{playbook_id}-{digest[:10]}"
