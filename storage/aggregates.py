"""Runs and steps as rows, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from playbooks.definition import Playbook
from playbooks.records import (
    Answer,
    Comment,
    Evidence,
    GateMove,
    Move,
    Override,
    Pause,
    Tick,
    Version,
)
from playbooks.run import Run, RunStatus, Step, StepStatus

_ELSEWHERE = {"playbook", "steps", "own_days"}
_RUN_COLUMNS = tuple(f.name for f in fields(Run) if f.name not in _ELSEWHERE)
# What a step keeps of what was done to it, as JSON: each a tuple of records.
_BODY: dict[str, TypeAdapter[Any]] = {
    "ticks": TypeAdapter(tuple[Tick, ...]),
    "evidence": TypeAdapter(tuple[Evidence, ...]),
    "comments": TypeAdapter(tuple[Comment, ...]),
    "answers": TypeAdapter(tuple[Answer, ...]),
    "overrides": TypeAdapter(tuple[Override, ...]),
    "versions": TypeAdapter(tuple[Version, ...]),
    "moves": TypeAdapter(tuple[Move, ...]),
}
_GATES = TypeAdapter(tuple[GateMove, ...])
_PAUSES = TypeAdapter(tuple[Pause, ...])
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
        "pauses": _PAUSES.dump_python(run.pauses, mode="json", exclude_defaults=True),
        "gates": _GATES.dump_python(run.gates, mode="json", exclude_defaults=True),
    }


def build_run(
    row: Row[Any], playbook: Playbook, steps: Iterable[Row[Any]], own_days: Mapping[date, bool]
) -> Run:
    """A run from its row, its playbook, the rows of its steps in order and the company's days."""
    columns = row._mapping
    values = {name: columns[name] for name in _RUN_COLUMNS}
    values["status"] = RunStatus(row.status)
    values["people"] = {role: tuple(people) for role, people in row.people.items()}
    values["pauses"] = _PAUSES.validate_python(row.pauses)
    values["gates"] = _GATES.validate_python(row.gates)
    found = tuple(build_step(step) for step in steps)
    return Run(playbook=playbook, steps=found, own_days=own_days, **values)


def step_values(run_id: str, position: int, step: Step) -> dict[str, Any]:
    """A step as a row."""
    values = {name: getattr(step, name) for name in _STEP_COLUMNS}
    return values | {
        "run_id": run_id,
        "position": position,
        "status": step.status.value,
        "body": {
            name: records.dump_python(held, mode="json", exclude_defaults=True)
            for name, records in _BODY.items()
            if (held := getattr(step, name))
        },
    }


def build_step(row: Row[Any]) -> Step:
    """A step from its row."""
    columns = row._mapping
    values = {name: columns[name] for name in _STEP_COLUMNS}
    values["status"] = StepStatus(row.status)
    for name, records in _BODY.items():
        values[name] = records.validate_python(row.body.get(name, ()))
    return Step(**values)
