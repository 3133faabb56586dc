"""Runs in one line: enough to list them and to show how far they are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, and_, func, select

from playbooks.run import RunStatus, StepStatus
from storage import tables

_runs = tables.runs.c
_steps = tables.steps.c
_DONE = (StepStatus.DONE.value, StepStatus.SKIPPED.value)
_WANTED = (StepStatus.WAITING.value, StepStatus.ACTIVE.value, *_DONE)


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run without its steps; steps switched off are not counted."""

    id: str
    playbook_id: str
    name: str
    channel: str
    lead: str
    status: RunStatus
    started_at: datetime
    anchor_on: date | None
    ended_at: datetime | None
    steps: int
    done: int


def with_progress(query: Select[Any]) -> Select[Any]:
    """Count the steps of every run that the query selects."""
    return query.add_columns(
        _count(_WANTED).label("steps_wanted"), _count(_DONE).label("steps_done")
    )


def build_summary(row: Row[Any]) -> RunSummary:
    """A summary from a row of `with_progress`."""
    return RunSummary(
        id=row.id,
        playbook_id=row.playbook_id,
        name=row.name,
        channel=row.channel,
        lead=row.lead,
        status=RunStatus(row.status),
        started_at=row.started_at,
        anchor_on=row.anchor_on,
        ended_at=row.ended_at,
        steps=row.steps_wanted,
        done=row.steps_done,
    )


def _count(statuses: tuple[str, ...]) -> ScalarSelect[int]:
    of_run = and_(_steps.workspace == _runs.workspace, _steps.run_id == _runs.id)
    counted = select(func.count()).where(of_run, _steps.status.in_(statuses))
    return counted.correlate(tables.runs).scalar_subquery()
