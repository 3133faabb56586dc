"""Leaves: who is away when, and what the clock has to do about it."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, cast, or_, select

from playbooks.leave import OPEN, Leave, LeaveChange
from playbooks.run import RunStatus, StepStatus
from storage import part_tables, tables
from storage.events import EventRepository
from storage.rows import Rows

LEAVE = "leave"  # the subject of their events
_leaves = part_tables.leaves.c
_waits = tables.waits.c
_runs = tables.runs.c
_steps = tables.steps.c
_FIELDS = tuple(field.name for field in fields(Leave))
_OPEN_STEPS = (StepStatus.WAITING.value, StepStatus.ACTIVE.value, StepStatus.DECIDING.value)


class LeaveRepository:
    """Leaves with the events that explain their changes."""

    def __init__(self, connection: Connection, *, events: EventRepository) -> None:
        self._connection = connection
        self._rows = Rows(connection, part_tables.leaves)
        self._events = events

    def get(self, id_: str, *, workspace: str, lock: bool = False) -> Leave | None:
        """One leave; with `lock` nobody else changes it until the transaction ends."""
        query = self._rows.select(workspace, id=id_)
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        return None if row is None else _leave(row)

    def save(self, change: LeaveChange) -> None:
        """Add or change a leave, with its events."""
        leave, events = change.leave, change.events
        values = {name: getattr(leave, name) for name in _FIELDS}
        values |= {"asks": list(leave.asks), "told": list(leave.told)}
        count = len(events)
        if self._rows.insert_once(**values, last_event=count):
            last = count
        else:
            update = self._rows.update(leave.workspace, id=leave.id)
            counted = update.values(last_event=_leaves.last_event + count, **values)
            numbered = counted.returning(_leaves.last_event)
            last = self._connection.execute(numbered).scalar_one()
        self._events.append(
            leave.id, events, workspace=leave.workspace, first=last - count + 1, subject=LEAVE
        )

    def open_of(self, people: Collection[str], *, workspace: str) -> list[Leave]:
        """The leaves of people that hold now or later, the first to begin first."""
        return self._open(workspace, _leaves.person.in_(people))

    def open_for(self, deputy: str, *, workspace: str) -> list[Leave]:
        """The leaves that somebody is to stand in for."""
        return self._open(workspace, _leaves.deputy == deputy)

    def _open(self, workspace: str, which: Any) -> list[Leave]:
        query = self._rows.select(workspace).where(which, _leaves.state.in_(sorted(OPEN)))
        rows = self._connection.execute(query.order_by(_leaves.from_on, _leaves.id))
        return [_leave(row) for row in rows]

    def last_deputy(self, person: str, *, workspace: str) -> str:
        """Who stood in for somebody last; empty where nobody has."""
        query = self._rows.select(workspace, person=person)
        row = self._connection.execute(query.order_by(_leaves.set_at.desc()).limit(1)).first()
        return row.deputy if row else ""

    def due(self, *, at: datetime, limit: int) -> list[tuple[str, str]]:
        """Workspace and id of the leaves the clock has to act on, in any workspace."""
        query = select(_leaves.workspace, _leaves.id).where(_leaves.turn_at <= at)
        rows = self._connection.execute(query.order_by(_leaves.turn_at, _leaves.id).limit(limit))
        return [(row.workspace, row.id) for row in rows]

    def concerned(self, person: str, *, workspace: str) -> list[str]:
        """The active runs in which somebody has something open, or is stood for."""
        return self._runs_where(workspace, _has_open(person))

    def playing(self, person: str, *, workspace: str) -> list[str]:
        """The active runs that somebody leads, plays a role in, or has something open in."""
        roles = cast(_runs.people, String).contains(f'"{person}"', autoescape=True)
        which = or_(_runs.lead == person, _runs.stand_in == person, roles, _has_open(person))
        return self._runs_where(workspace, which)

    def _runs_where(self, workspace: str, which: ColumnElement[bool]) -> list[str]:
        query = select(_runs.id).where(
            _runs.workspace == workspace, _runs.status == RunStatus.ACTIVE.value, which
        )
        return [row.id for row in self._connection.execute(query.order_by(_runs.id))]


def _has_open(person: str) -> ColumnElement[bool]:
    works = select(_steps.key).where(
        _steps.workspace == _runs.workspace, _steps.run_id == _runs.id,
        _steps.status.in_(_OPEN_STEPS), or_(_steps.owner == person, _steps.stands_for == person),
    )  # fmt: skip
    decides = select(_waits.subject).where(
        _waits.workspace == _runs.workspace, _waits.run_id == _runs.id, _waits.kind == "decide",
        or_(_waits.person == person, _waits.stands_for == person),
    )  # fmt: skip
    return or_(works.exists(), decides.exists())


def _leave(row: Row[Any]) -> Leave:
    values = {name: row._mapping[name] for name in _FIELDS}
    return Leave(**values | {"asks": tuple(row.asks), "told": tuple(row.told)})
