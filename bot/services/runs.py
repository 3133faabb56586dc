"""The one mechanism: an action changes a run in one transaction, then Slack hears of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import structlog

from bot.services.facts import facts_of, known_people, with_consequences
from playbooks.acknowledgements import ask_again
from playbooks.calendars import Facts, WorkCalendar
from playbooks.content import version_of
from playbooks.days import turn_day
from playbooks.definition import Playbook
from playbooks.patience import press_approval
from playbooks.phase_gates import press_gates
from playbooks.reminders import remind_step
from playbooks.run import Change, Event, EventKind, Refused, Run
from playbooks.run_actions import tell_trouble
from playbooks.start import StartForm, start_run
from storage.database import Database, Transaction
from storage.runs import AlreadyThere
from storage.watch import Unreachable

log = structlog.get_logger(__name__)

Action = Callable[[Run, Facts], Change]
Follow = Callable[[Transaction, Run, Change, Facts], Change]

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
        reminded: Callable[[timedelta], None] | None = None,
    ) -> None:  # fmt: skip
        self._database = database
        self._told = told  # wakes the announcer
        self._follow = follow  # what other records do when their run changes
        self._reminded = reminded  # hears how late the clock called for a reminder

    async def change(
        self, run_id: str, action: Action, *, workspace: str, people: tuple[str, ...] = (),
        receipt: Receipt | None = None,
    ) -> Change:  # fmt: skip
        """Let an action change a run; `people` it names who have no part in it yet.

        Raises Refused when the rules do not allow the action. A `receipt` is noted with what it
        did; where it is noted already, nothing is done again.
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
            if change.run != run or change.events:
                tx.runs.save(change)
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
            facts = Facts(WorkCalendar(form.calendar), known)
            version = version_of(playbook)
            told = {"run_id": run_id, "workspace": workspace, "version": version}
            change = start_run(playbook, form, facts, **told, by=by, at=at)
            try:
                tx.runs.add(change := with_consequences(change.run, change, facts))
            except AlreadyThere:
                return tx.runs.get(run_id, workspace=workspace) or change.run
            return change.run

        run = await self._database.run(work)
        self._told()
        return run

    async def remind_due(self, *, at: datetime) -> int:
        """Remind the owners of what is due; returns how many steps were dealt with."""
        due = await self._database.run(lambda tx: tx.runs.due_reminders(at=at, limit=BATCH))
        unread = await self._database.run(
            lambda tx: tx.runs.due_acknowledgements(at=at, limit=BATCH)
        )
        asked = [await self._ask_again(*each, at=at) for each in unread]
        return sum([await self._remind(*each, at=at) for each in due]) + sum(asked)

    async def _ask_again(self, workspace: str, run_id: str, key: str, *, at: datetime) -> bool:
        return await self._tick(
            workspace, run_id, lambda run, facts: ask_again(run, key, facts, at=at)
        )

    async def _remind(self, workspace: str, run_id: str, key: str, *, at: datetime) -> bool:
        due_at: list[datetime] = []  # the work may run again: the last counts

        def action(run: Run, facts: Facts) -> Change:
            step, change = run.step(key), press_approval(run, key, facts, at=at)
            if change.run == run:
                change = remind_step(run, key, facts, at=at)
            if step and step.remind_at and change.events:
                due_at.append(step.remind_at)
            return change

        done = await self._tick(workspace, run_id, action)
        if done and due_at and self._reminded:
            self._reminded(at - due_at[-1])
        return done

    async def turn_days(self, *, at: datetime) -> int:
        """Draw the cards of runs anew whose day has turned; returns how many were dealt with."""

        def turn(run: Run, facts: Facts) -> Change:
            return turn_day(run, facts, at=at)

        due = await self._database.run(lambda tx: tx.runs.due_redraws(at=at, limit=BATCH))
        return sum([await self._tick(*each, turn) for each in due])

    async def press_gates(self, *, at: datetime) -> int:
        """Speak of gates that nobody has passed; returns how many runs were dealt with."""
        due = await self._database.run(lambda tx: tx.runs.due_gates(at=at, limit=BATCH))
        return sum([
            await self._tick(*each, lambda run, facts: press_gates(run, facts, at=at))
            for each in due
        ])  # fmt: skip

    async def _tick(self, workspace: str, run_id: str, action: Action) -> bool:
        """Do what the clock does to one run; a run that fails does not stop the others."""
        try:
            await self.change(run_id, action, workspace=workspace)
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
            if run is None or run.ended_at or any(_same(event, told, at) for event in past):
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
