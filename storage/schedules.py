"""Schedules: what starts the runs of a playbook one after the other."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, literal_column, select

from playbooks.schedules import Schedule, Skip
from storage import schedule_tables
from storage.rows import Rows

_schedules = schedule_tables.schedules.c
# Written out: PostgreSQL's generic plans use a partial index only for a literal.
_ACTIVE = literal_column("'active'", String)
_COLUMNS = tuple(each.name for each in fields(Schedule))


class ScheduleRepository:
    """Schedules, each with the last run it started."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, schedule_tables.schedules)

    def add(self, schedule: Schedule) -> None:
        """Keep a new schedule; one that is there already stays as it is."""
        self._rows.insert_once(**_values(schedule))

    def get(self, id_: str, *, workspace: str, lock: bool = False) -> Schedule | None:
        """One schedule; with `lock` nobody else changes it until the transaction ends."""
        query = self._rows.select(workspace, id=id_)
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        return None if row is None else _build(row)

    def save(self, schedule: Schedule) -> None:
        """Keep what has become of a schedule."""
        update = self._rows.update(schedule.workspace, id=schedule.id)
        self._connection.execute(update, _values(schedule))

    def all(self, *, workspace: str, limit: int = 100) -> list[Schedule]:
        """The schedules of a workspace, active ones first, then the next to open."""
        query = self._rows.select(workspace).order_by(
            _schedules.state, _schedules.next_at, _schedules.id
        )
        return [_build(row) for row in self._connection.execute(query.limit(limit))]

    def due(self, *, at: datetime, limit: int) -> list[tuple[str, str]]:
        """Workspace and id of what is to open, in any workspace, the longest due first."""
        query = (
            select(_schedules.workspace, _schedules.id)
            .where(_schedules.state == _ACTIVE, _schedules.next_at <= at)
            .order_by(_schedules.next_at)
            .limit(limit)
        )
        return [(row.workspace, row.id) for row in self._connection.execute(query)]


def _values(schedule: Schedule) -> dict[str, Any]:
    return {**{name: getattr(schedule, name) for name in _COLUMNS},
            "skip": asdict(schedule.skip) if schedule.skip else None}  # fmt: skip


def _build(row: Row[Any]) -> Schedule:
    values = {name: row._mapping[name] for name in _COLUMNS}
    return Schedule(**values | {"skip": Skip(**row.skip) if row.skip else None})
