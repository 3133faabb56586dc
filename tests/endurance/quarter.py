"""A quarter on a virtual clock: people, their runs, and what the clock says to whom."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

from bot.services.leaves import LeaveService, Wanted
from bot.services.nudges import NudgeService
from bot.services.runs import RunService
from bot.services.turning import TurningService
from playbooks.calendars import Facts, WorkCalendar
from playbooks.definition import Playbook
from playbooks.events import Event
from playbooks.moving import move_date
from playbooks.people import Person
from playbooks.phase_gates import pass_gate
from playbooks.phases import asked_phases, deciders_of, round_of
from playbooks.records import WhichGate
from playbooks.redating import NewDate
from playbooks.rehearsal import decided, handed_whole
from playbooks.run import Change, Run, RunStatus, Step, StepStatus
from playbooks.start import StartForm
from playbooks.submission import complete_step
from storage.database import Database

TEAM, PLACE = 30, "T1"
CALENDAR = WorkCalendar("CN")
ZONES = ("Asia/Shanghai", "Asia/Shanghai", "Asia/Shanghai", "Europe/Berlin")
FIRST, LAST = date(2025, 9, 1), date(2025, 11, 28)  # the National Day week lies in between
EVERY = timedelta(minutes=10)
Plan = tuple[date, str, int]  # a person and their deputy, or a run and working days
LEAVES: tuple[Plan, ...] = (
    (date(2025, 9, 8), "U01", 2), (date(2025, 9, 22), "U02", 3), (date(2025, 10, 13), "U04", 11),
    (date(2025, 10, 20), "U05", 4), (date(2025, 11, 3), "U00", 6),
)  # fmt: skip
MOVES: tuple[Plan, ...] = ((date(2025, 9, 18), "Run 2", 8), (date(2025, 10, 16), "Run 7", -4))
LATE_BY = (-1, 0, 0, 0, 0, 0, 1, 1, 2, 4, 9)  # working days


@dataclass
class Quarter:
    """Thirty people and twelve runs; the same seed gives the same quarter."""

    database: Database
    playbook: Playbook
    seed: int = 1
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311
        self.runs = RunService(self.database, told=lambda: None)
        self.nudges = NudgeService(self.database, self.runs, told=lambda: None)
        self.people = {
            f"U{n:02}": Person(f"U{n:02}", f"Person {n}", zone=ZONES[n % len(ZONES)])
            for n in range(TEAM)
        }
        self.leaves = LeaveService(self.database, told=lambda: None)
        self.turning = TurningService(self.database, self.runs, told=lambda: None)
        self._done_at: dict[tuple[str, str, str], datetime] = {}

    async def begin(self) -> None:
        """Let everybody be known, and start the runs, one a week."""
        for person in self.people.values():
            await self.database.run(
                lambda tx, person=person: tx.people.save(person, workspace=PLACE, at=_at(FIRST))  # type: ignore[misc]
            )
        for number in range(12):
            day = CALENDAR.first_workday(FIRST + timedelta(days=2 * number))
            await self._start(number, day)

    async def _start(self, number: int, day: date) -> None:
        roles = tuple(self.playbook.roles)
        # A third of the people do most of the work, as everywhere.
        busy, all_ = sorted(self.people)[: TEAM // 3], sorted(self.people)
        cast = [self._random.choice(self._random.choice((busy, busy, all_))) for _ in roles]
        people = {role: (who,) for role, who in zip(roles, cast, strict=True)}
        form = StartForm(
            name=f"Run {number}", channel=f"C{number:02}", start_on=day, calendar="CN",
            anchor_on=CALENDAR.shift(day, 30), people=people,
            stand_in=self._random.choice(sorted(self.people)),
        )  # fmt: skip
        await self.runs.start(
            self.playbook, form, request=f"r{number}", workspace=PLACE, by=cast[0], at=_at(day)
        )

    async def play(self, *, outage: tuple[datetime, datetime]) -> None:
        """Go from moment to moment; between the two ends of the outage the clock does not look."""
        at, last = _at(FIRST), _at(LAST)
        plans = [*LEAVES, *MOVES]
        while at < last:
            for plan in [one for one in plans if _at(one[0]) <= at]:
                plans.remove(plan)
                await self._happen(plan, at)
            for run in await self._active():
                await self._work(run, at)
                await self._pass_gates(run, at)
            if not outage[0] <= at < outage[1]:
                for act in (
                    self.turning.turn_due, self.nudges.remind_due, self.runs.press_gates
                ):  # fmt: skip
                    await act(at=at)
            at = await self._next(at, outage)

    async def _happen(self, plan: Plan, at: datetime) -> None:
        """Somebody goes on leave, with a deputy who accepts; or a run is given another date."""
        day, name, more = plan
        if name not in self.people:
            anchor = partial(_moved, more, at)
            runs = [run for run in await self._active() if run.name == name]
            await self.runs.change(runs[0].id, anchor, workspace=PLACE)
            return
        deputy = f"U{more:02}"
        until_on = CALENDAR.shift(day, 9)
        wanted = Wanted(name, day, until_on, deputy, request=f"{name} {day}")
        leave = await self.leaves.set(wanted, workspace=PLACE, by=name, at=at)
        await self.leaves.answer(leave.id, accepts=True, workspace=PLACE, by=deputy, at=at)

    async def _pass_gates(self, run: Run, at: datetime) -> None:
        for phase in asked_phases(run):
            which, by = WhichGate(phase.id, round_of(run, phase)), deciders_of(run, phase)[0]
            act = partial(_passed, which, by, at)
            await self.runs.change(run.id, act, workspace=PLACE)

    async def _next(self, at: datetime, outage: tuple[datetime, datetime]) -> datetime:
        """The next moment at which somebody works, or the clock has something to say."""
        runs = await self._active()
        moments = [self._when(run, step, at) for run in runs for step in run.steps]
        moments += [run.gate_at for run in runs]
        moments.append(at + timedelta(hours=12))  # the days turn
        moments.append(await self.database.run(lambda tx: tx.nudges.next_due()))
        moments += [step.remind_at for run in runs for step in run.steps]
        later = [moment for moment in moments if moment and moment > at]
        if outage[0] <= at < outage[1]:
            later = [max(moment, at + EVERY) for moment in later] + [outage[1]]
        return min(later, default=_at(LAST))

    async def _active(self) -> list[Run]:
        found = await self.database.run(lambda tx: tx.runs.all(workspace=PLACE))
        return [run for run in found if run.status is RunStatus.ACTIVE]

    async def _work(self, run: Run, at: datetime) -> None:
        for step in run.steps:
            when = self._when(run, step, at)
            if when and when <= at:
                self._done_at.pop((run.id, step.key, step.status), None)
                await self.runs.change(run.id, partial(_done, step.key, at), workspace=PLACE)

    def _when(self, run: Run, step: Step, at: datetime) -> datetime | None:
        """When somebody does what a step waits for; late now and then."""
        if step.status not in {StepStatus.ACTIVE, StepStatus.DECIDING}:
            return None
        key = (run.id, step.key, step.status)
        if key not in self._done_at:
            days = self._random.choice(LATE_BY)
            if step.status is StepStatus.DECIDING:
                base, days = at, max(days, 0)
            else:
                base = max(step.due_at or at, at)
            day = CALENDAR.shift(base.date(), days) if days else base.date()
            hour = time(self._random.randrange(2, 9), 30)  # a time when all of Asia works
            self._done_at[key] = max(datetime.combine(day, hour, UTC), at + EVERY)
        return self._done_at[key]


def _done(key: str, at: datetime, run: Run, facts: Facts) -> Change:
    """Hand the step in whole, or let those who are asked decide."""
    step = run.step(key)
    if step is None:
        return Change(run, ())
    events: list[Event] = []
    if step.status is StepStatus.ACTIVE:
        handed = handed_whole(run, step, at)
        return complete_step(run, key, facts, by=step.owner, at=at, handed=handed)
    for change in decided(run, key, facts, at):
        run, events = change.run, [*events, *change.events]
    return Change(run, tuple(events))


def _passed(which: WhichGate, by: str, at: datetime, run: Run, facts: Facts) -> Change:
    return pass_gate(run, which, facts, by=by, at=at)


def _moved(days: int, at: datetime, run: Run, facts: Facts) -> Change:
    anchor_on = facts.calendar.shift(run.anchor_on or FIRST, days)
    return move_date(run, facts, NewDate(anchor_on), by=run.lead, at=at)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(1), UTC)  # nine in the morning in Shanghai
