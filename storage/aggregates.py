"""Runs and steps as rows, and back."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from playbooks.definition import Playbook
from playbooks.run import Comment, Evidence, Run, RunStatus, Step, StepStatus, Tick

_RUN_COLUMNS = tuple(f.name for f in fields(Run) if f.name not in {"playbook", "steps"})
_BODY = {"ticks": Tick, "evidence": Evidence, "comments": Comment}
_STEP_COLUMNS = tuple(f.name for f in fields(Step) if f.name not in _BODY)


def run_values(run: Run) -> dict[str, Any]:
    """A run as a row, its steps apart."""
    values = {name: getattr(run, name) for name in _RUN_COLUMNS}
    return values | {
        "playbook_id": run.playbook.id,
        "status": run.status.value,
        "people": {role: list(people) for role, people in run.people.items()},
        "outsiders": dict(run.outsiders),
        "params": dict(run.params),
    }


def build_run(row: Row[Any], playbook: Playbook, steps: Iterable[Row[Any]]) -> Run:
    """A run from its row, its playbook and the rows of its steps in order."""
    columns = row._mapping
    values = {name: columns[name] for name in _RUN_COLUMNS}
    values["status"] = RunStatus(row.status)
    values["people"] = {role: tuple(people) for role, people in row.people.items()}
    return Run(playbook=playbook, steps=tuple(build_step(step) for step in steps), **values)


def step_values(run_id: str, position: int, step: Step) -> dict[str, Any]:
    """A step as a row."""
    values = {name: getattr(step, name) for name in _STEP_COLUMNS}
    return values | {
        "run_id": run_id,
        "position": position,
        "status": step.status.value,
        "body": {name: [_note(note) for note in getattr(step, name)] for name in _BODY},
    }


def build_step(row: Row[Any]) -> Step:
    """A step from its row."""
    columns = row._mapping
    values = {name: columns[name] for name in _STEP_COLUMNS}
    values["status"] = StepStatus(row.status)
    for name, kind in _BODY.items():
        values[name] = tuple(
            kind(**note | {"at": datetime.fromisoformat(note["at"])}) for note in row.body[name]
        )
    return Step(**values)


def _note(note: Tick | Evidence | Comment) -> dict[str, Any]:
    return asdict(note) | {"at": note.at.astimezone(UTC).isoformat()}
