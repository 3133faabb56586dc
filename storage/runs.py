"""Runs: loaded and saved whole, together with the events that explain a change."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    and_,
    case,
    literal_column,
    or_,
    select,
    text,
)

from playbooks.definition import Playbook
from playbooks.run import Change, Run, RunStatus, Step, StepStatus
from storage import tables
from storage.aggregates import build_run, run_values, step_values
from storage.company_days import CompanyDayRepository
from storage.events import EventRepository
from storage.playbooks import PlaybookRepository
from storage.rows import Rows
from storage.waits import WaitRepository

_runs = tables.runs.c
_steps = tables.steps.c
# Written out: PostgreSQL's generic plans use a partial index only for a literal.
_ACTIVE = literal_column("'active'", String)
_UNDER_WAY = text("steps.status IN ('active', 'deciding')")
_OPEN = (StepStatus.WAITING.value, StepStatus.ACTIVE.value)
_step_of_run = and_(_steps.workspace == _runs.workspace, _steps.run_id == _runs.id)


class AlreadyThere(Exception):
    """A run of this id has been started before."""


class RunRepository:
    """Runs with their steps and the playbook version they are pinned to."""

    def __init__(
        self, connection: Connection, *, playbooks: PlaybookRepository, events: EventRepository,
        waits: WaitRepository, days: CompanyDayRepository,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._runs = Rows(connection, tables.runs)
        self._steps = Rows(connection, tables.steps)
        self._playbooks = playbooks
        self._events = events
        self._waits = waits
        self._days = days
        self._known: dict[tuple[str, str], tuple[Step, ...]] = {}  # as they are stored

    def add(self, change: Change) -> None:
        """Save a new run with its playbook; raise AlreadyThere if its id is taken."""
        run = change.run
        self._playbooks.save(
            run.playbook, workspace=run.workspace, version=run.version, at=run.started_at
        )
        if not self._runs.insert_once(**run_values(run), last_event=len(change.events)):
            raise AlreadyThere(run.id)
        self._steps.insert(
            run.workspace, (step_values(run.id, i, step) for i, step in enumerate(run.steps))
        )
        if run.gates:
            self._waits.save(run)
        self._events.append(run.id, change.events, workspace=run.workspace, first=1)

    def get(self, run_id: str, *, workspace: str, lock: bool = False) -> Run | None:
        """One run; with `lock` nobody else changes it until the transaction ends."""
        query = self._runs.select(workspace, id=run_id)
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        return None if row is None else self._load([row], workspace)[0]

    def save(self, change: Change) -> None:
        """Save a changed run and its events; steps are added or changed, never removed."""
        run = change.run
        update = self._runs.update(run.workspace, id=run.id)
        counted = update.values(last_event=_runs.last_event + len(change.events))
        numbered = counted.returning(_runs.last_event)
        last = self._connection.execute(numbered, run_values(run)).scalar_one()
        if self._save_steps(run) or run.gates:
            self._waits.save(run)
        first = last - len(change.events) + 1
        self._events.append(run.id, change.events, workspace=run.workspace, first=first)

    def due_reminders(
        self, *, at: datetime, limit: int, deciding: bool = False
    ) -> list[tuple[str, str, str]]:
        """Workspace, run and step key of what is due in any workspace, the longest due first.

        With `deciding` only what waits for a decision.
        """
        query = (
            select(_steps.workspace, _steps.run_id, _steps.key)
            .join(tables.runs, _step_of_run)
            .where(_UNDER_WAY, _steps.remind_at <= at, _runs.status == _ACTIVE)
        )
        if deciding:
            query = query.where(_steps.status == StepStatus.DECIDING.value)
        return self._steps_of(query.order_by(_steps.remind_at).limit(limit))

    def due_acknowledgements(self, *, at: datetime, limit: int) -> list[tuple[str, str, str]]:
        """The same of decisions to be acknowledged; their steps, even their runs may be closed."""
        query = (
            select(_steps.workspace, _steps.run_id, _steps.key)
            .join(tables.runs, _step_of_run)
            .where(_steps.ack_at <= at, _runs.status != RunStatus.PAUSED.value)
        )
        return self._steps_of(query.order_by(_steps.ack_at).limit(limit))

    def _steps_of(self, query: Select[Any]) -> list[tuple[str, str, str]]:
        return [(row.workspace, row.run_id, row.key) for row in self._connection.execute(query)]

    def due_redraws(self, *, at: datetime, limit: int) -> list[tuple[str, str]]:
        """Workspace and id of active runs whose cards are to be drawn anew, in any workspace."""
        return self._due(_runs.redraw_at, at, limit)

    def due_gates(self, *, at: datetime, limit: int) -> list[tuple[str, str]]:
        """Workspace and id of active runs with an open gate to speak of, in any workspace."""
        return self._due(_runs.gate_at, at, limit)

    def _due(self, moment: ColumnElement[Any], at: datetime, limit: int) -> list[tuple[str, str]]:
        query = (
            select(_runs.workspace, _runs.id)
            .where(_runs.status == _ACTIVE, moment <= at)
            .order_by(moment)
            .limit(limit)
        )
        return [(row.workspace, row.id) for row in self._connection.execute(query)]

    def due_freezes(self, *, at: datetime, limit: int) -> list[tuple[str, str, str]]:
        """Workspace, run and step key of files to fetch, in any workspace, the longest due first.

        What was handed in is fetched though its run has ended since.
        """
        query = (
            select(_steps.workspace, _steps.run_id, _steps.key)
            .where(_steps.freeze_at <= at)
            .order_by(_steps.freeze_at)
            .limit(limit)
        )
        return [(row.workspace, row.run_id, row.key) for row in self._connection.execute(query)]

    def active_in(
        self, channel: str, *, workspace: str, limit: int = 20, paused: bool = False
    ) -> list[Run]:
        """The active runs of a channel, the latest first; the paused ones after them on wish."""
        here = or_(_runs.status == _ACTIVE, _runs.status == RunStatus.PAUSED.value)
        query = self._runs.select(workspace, channel=channel)
        query = query.where(here if paused else _runs.status == _ACTIVE)
        return self._latest(query, workspace, limit)

    def led_or_owned(self, person: str, *, workspace: str, limit: int = 20) -> list[Run]:
        """The active runs that a person leads or owns a step of, the latest first."""
        owned = select(_steps.key).where(_step_of_run, _steps.owner == person).exists()
        query = self._runs.select(workspace).where(_runs.status == _ACTIVE)
        return self._latest(query.where(or_(_runs.lead == person, owned)), workspace, limit)

    def all(self, *, workspace: str, limit: int = 100) -> list[Run]:
        """The runs of a workspace, active ones first, then the latest."""
        return self._latest(self._runs.select(workspace), workspace, limit)

    def home_of(self, run_id: str) -> str | None:
        """The workspace a run is in: an operator knows the run alone, whose id is made of both."""
        query = select(_runs.workspace).where(_runs.id == run_id).limit(1)
        return self._connection.execute(query).scalar_one_or_none()

    def newest(self, *, limit: int = 300) -> list[tuple[str, str]]:
        """Id and name of the runs of any workspace, the latest first."""
        query = select(_runs.id, _runs.name).order_by(_runs.started_at.desc(), _runs.id)
        return [(row.id, row.name) for row in self._connection.execute(query.limit(limit))]

    def open_steps(self, person: str, *, workspace: str, limit: int = 50) -> list[tuple[Run, Step]]:
        """The open steps that a person owns in active runs, the first due first."""
        query = (
            self._steps.select(workspace, owner=person)
            .join(tables.runs, _step_of_run)
            .where(_runs.status == _ACTIVE, _steps.status.in_(_OPEN))
            .order_by(_steps.due_at.nulls_last(), _steps.run_id, _steps.position)
            .limit(limit)
        )
        found = [(row.run_id, row.key) for row in self._connection.execute(query)]
        return self._with_runs(found, workspace)

    def to_decide(self, person: str, *, workspace: str, limit: int = 50) -> list[tuple[Run, Step]]:
        """The steps of active runs that wait for a person's decision."""
        found = self._waits.of(person, "decide", workspace=workspace, limit=limit)
        return self._with_runs([(run_id, wait.subject) for run_id, wait in found], workspace)

    def _with_runs(
        self, found: Sequence[tuple[str, str]], workspace: str
    ) -> list[tuple[Run, Step]]:
        """Steps by run and key, with their runs."""
        runs = self.several({run_id for run_id, _ in found}, workspace=workspace)
        steps = {(run.id, step.key): step for run in runs.values() for step in run.steps}
        return [(runs[run_id], steps[run_id, key]) for run_id, key in found]

    def several(self, ids: Collection[str], *, workspace: str) -> dict[str, Run]:
        """Those of these runs that there are, by id."""
        rows = self._connection.execute(self._runs.select(workspace).where(_runs.id.in_(ids)))
        return {run.id: run for run in self._load(rows.all(), workspace)}

    def _latest(self, query: Select[Any], workspace: str, limit: int) -> list[Run]:
        active_first = case((_runs.status == _ACTIVE, 0), else_=1)
        query = query.order_by(active_first, _runs.started_at.desc(), _runs.id).limit(limit)
        return self._load(self._connection.execute(query).all(), workspace)

    def _load(self, rows: Sequence[Row[Any]], workspace: str) -> list[Run]:
        query = self._steps.select(workspace).where(_steps.run_id.in_([row.id for row in rows]))
        steps = defaultdict(list)
        for step in self._connection.execute(query.order_by(_steps.position)):
            steps[step.run_id].append(step)
        own_days = self._days.worked(workspace=workspace) if rows else {}
        runs = []
        for row in rows:
            # The foreign key keeps the playbook there.
            playbook = cast(Playbook, self._playbooks.get(row.version, workspace=workspace))
            runs.append(build_run(row, playbook, steps[row.id], own_days))
        self._known |= {(workspace, run.id): run.steps for run in runs}
        return runs

    def _save_steps(self, run: Run) -> bool:
        """Save what changed; tell whether the run waits for anybody, or did."""
        if (run.workspace, run.id) not in self._known:
            self.get(run.id, workspace=run.workspace)
        known = self._known[run.workspace, run.id]
        before = {step.key: (position, step) for position, step in enumerate(known)}
        for position, step in enumerate(run.steps):
            if before.get(step.key) == (position, step):
                continue
            values = step_values(run.id, position, step)
            if step.key in before:
                update = self._steps.update(run.workspace, run_id=run.id, key=step.key)
                self._connection.execute(update, values)
            else:
                self._steps.insert(run.workspace, [values])
        self._known[run.workspace, run.id] = run.steps
        asks = (step.status is StepStatus.DECIDING or step.moves for step in (*known, *run.steps))
        return any(asks)
