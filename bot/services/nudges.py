"""What the clock says to people: reminders, and presses for decisions, within their measure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from bot.services.facts import facts_of
from bot.services.runs import BATCH, RunService
from playbooks.acknowledgements import ask_again
from playbooks.calendars import Facts, local_day
from playbooks.nudges import CEILING, Said, Subject, messages
from playbooks.nudging import Nudged, nudge, put_press_off
from playbooks.patience import press_approval, to_press
from playbooks.people import Person
from playbooks.run import Change, Run
from storage.database import Database, Transaction
from storage.watch import Unreachable

log = structlog.get_logger(__name__)

AHEAD = timedelta(days=1)  # how far a digest may look: to the end of anybody's day
Quiet = Callable[[str, str, datetime], Awaitable[datetime | None]]


class NudgeService:
    """Looks who is to hear something; one transaction per person."""

    def __init__(
        self, database: Database, runs: RunService, *, told: Callable[[], None],
        reminded: Callable[[timedelta], None] = lambda _: None, quiet: Quiet | None = None,
    ) -> None:  # fmt: skip
        self._database = database
        self._runs = runs
        self._told = told  # wakes the announcer
        self._reminded = reminded  # hears how late the clock called for a reminder
        self._quiet = quiet  # until when somebody wants to hear nothing, by workspace and id

    async def remind_due(self, *, at: datetime) -> int:
        """Say what is due to people; returns how many people and decisions were dealt with."""
        people = await self._database.run(lambda tx: tx.nudges.people_due(at=at, limit=BATCH))
        heard = [await self._nudge(*each, at=at) for each in people]
        deciding = await self._database.run(
            lambda tx: tx.runs.due_reminders(at=at, limit=BATCH, deciding=True)
        )
        pressed = [await self._press(*each, at=at) for each in deciding]
        unread = await self._database.run(
            lambda tx: tx.runs.due_acknowledgements(at=at, limit=BATCH)
        )
        asked = [await self._ask_again(*each, at=at) for each in unread]
        return sum(heard) + sum(pressed) + sum(asked)

    async def _nudge(self, workspace: str, person: str, *, at: datetime) -> bool:
        """Remind one person; whoever cannot be reminded does not stop the others."""
        try:
            quiet = await self._quiet(workspace, person, at) if self._quiet else None
            nudged = await self._database.run(
                lambda tx: _nudged(tx, person, workspace=workspace, at=at, quiet_until=quiet)
            )
        except Unreachable:
            raise  # nor can anybody else be reminded
        except Exception as error:
            log.error("somebody was not reminded", person=person, exc_info=error)
            return False
        if nudged.said:
            self._told()
        for late_by in nudged.late_by:
            self._reminded(late_by)
        return bool(nudged.changes)

    async def _press(self, workspace: str, run_id: str, key: str, *, at: datetime) -> bool:
        """Press whoever is to decide, unless they have heard enough for a day."""
        whom = await self._database.run(
            lambda tx: _pressed(tx, run_id, key, workspace=workspace, at=at)
        )

        def act(run: Run, facts: Facts) -> Change:
            if whom and whom.has_enough:
                return put_press_off(run, key, facts.person(whom.id), facts, at=at)
            return press_approval(run, key, facts, at=at)

        def note(tx: Transaction, change: Change) -> None:
            if whom and change.events:
                said = Said(at, run_id, key, "press", "decide")
                tx.nudges.add(whom.id, [said], workspace=workspace, on=whom.on)

        return await self._runs.tick(workspace, run_id, act, note)

    async def _ask_again(self, workspace: str, run_id: str, key: str, *, at: datetime) -> bool:
        return await self._runs.tick(
            workspace, run_id, lambda run, facts: ask_again(run, key, facts, at=at)
        )


@dataclass(frozen=True, slots=True)
class _Pressed:
    """An approver who is to be pressed: their day, and whether they have heard enough in it."""

    id: str
    on: date
    has_enough: bool


def _pressed(
    tx: Transaction, run_id: str, key: str, *, workspace: str, at: datetime
) -> _Pressed | None:
    run = tx.runs.get(run_id, workspace=workspace)
    facts = facts_of(tx, run) if run else None
    id_ = to_press(run, key, facts, at=at) if run and facts else ""
    if not (facts and id_):
        return None
    on = local_day(at, facts.person(id_).zone)
    said = tx.nudges.said(id_, workspace=workspace, on=on)
    return _Pressed(id_, on, messages(said) >= CEILING)


def _nudged(
    tx: Transaction, id_: str, *, workspace: str, at: datetime, quiet_until: datetime | None
) -> Nudged:
    tx.people.lock(id_, workspace=workspace)
    ids = tx.nudges.runs_for(id_, workspace=workspace, until=at + AHEAD)
    runs = filter(None, (tx.runs.get(run, workspace=workspace, lock=True) for run in ids))
    subjects = [Subject(run, facts_of(tx, run)) for run in runs]
    if not subjects:
        return Nudged((), (), ())
    person = subjects[0].facts.person(id_)
    on = local_day(at, person.zone)
    said = tx.nudges.said(id_, workspace=workspace, on=on)
    nudged = nudge(person, subjects, said, at=at, quiet_until=quiet_until)
    for change in nudged.changes:
        tx.runs.save(change)
    heard = [*nudged.said, *(_to_decide(tx, person, workspace, at) if nudged.has_digest else ())]
    tx.nudges.add(id_, heard, workspace=workspace, on=on)
    return nudged


def _to_decide(tx: Transaction, person: Person, workspace: str, at: datetime) -> list[Said]:
    """A digest names what waits for their decision too."""
    waiting = tx.runs.to_decide(person.id, workspace=workspace)
    return [Said(at, run.id, step.key, "digest", "decide") for run, step in waiting]
