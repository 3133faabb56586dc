"""What the clock has said to people lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select, text

from playbooks.nudges import Said
from storage import nudge_tables, tables
from storage.rows import Rows

KEPT_FOR = timedelta(days=30)

_nudges = nudge_tables.nudges.c
_runs, _steps = tables.runs.c, tables.steps.c
# Written out: PostgreSQL's generic plans use a partial index only for a literal.
_IS_OPEN = text("runs.status = 'active' AND steps.status = 'active'")
_UNDER_WAY = text("steps.status IN ('active', 'deciding')")
_OF_RUN = and_(_steps.workspace == _runs.workspace, _steps.run_id == _runs.id)


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A digest as it is kept: whose, of which day, and what it names in order."""

    person: str
    on: date
    said: tuple[Said, ...]


class NudgeRepository:
    """What was said to whom, and who is to hear something."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, nudge_tables.nudges)

    def people_due(self, *, at: datetime, limit: int) -> list[tuple[str, str]]:
        """Workspace and id of who is to hear something now, the longest waiting first."""
        return [(row.workspace, row.person) for row in self._due(at, limit)]

    def next_due(self) -> datetime | None:
        """When somebody is to hear something next, in any workspace."""
        found = (self._connection.execute(self._query(own)).first() for own in (True, False))
        return min((row.moment for row in found if row), default=None)

    def _due(self, at: datetime, limit: int) -> list[Row[Any]]:
        found: list[Row[Any]] = []
        for own in (True, False):
            moment = _steps.remind_at if own else _steps.tell_at
            query = self._query(own).where(moment <= at).limit(limit)
            found += self._connection.execute(query)
        return sorted(found, key=lambda row: (row.moment, row.person))[:limit]

    def _query(self, own: bool) -> Any:
        moment = _steps.remind_at if own else _steps.tell_at
        person = _steps.owner if own else _steps.tell_to
        first = func.min(moment, type_=moment.type).label("moment")
        return (
            select(_steps.workspace, person.label("person"), first)
            .join(tables.runs, _OF_RUN)
            .where(_IS_OPEN, _UNDER_WAY, moment.is_not(None))
            .group_by(_steps.workspace, person)
            .order_by(first, person)
        )

    def runs_for(self, person: str, *, workspace: str, until: datetime) -> list[str]:
        """The active runs that somebody is to hear of by then, in the order of their ids."""
        mine = and_(_steps.owner == person, _steps.remind_at <= until)
        others = and_(_steps.tell_to == person, _steps.tell_at <= until)
        query = (
            select(_steps.run_id)
            .join(tables.runs, _OF_RUN)
            .where(_steps.workspace == workspace, _IS_OPEN, or_(mine, others))
            .distinct()
            .order_by(_steps.run_id)
        )
        return list(self._connection.execute(query).scalars())

    def said(self, person: str, *, workspace: str, on: date) -> list[Said]:
        """What somebody heard on a day of theirs, the earliest first."""
        query = self._rows.select(workspace, person=person, said_on=on)
        return [_said(row) for row in self._connection.execute(query.order_by(*_ORDER))]

    def add(self, person: str, said: Iterable[Said], *, workspace: str, on: date) -> None:
        """Keep what somebody hears; what is long past is forgotten."""
        for one in said:
            self._rows.insert_once(
                workspace, person=person, said_at=one.at, run_id=one.run, step=one.step,
                said_on=on, how=one.how, about=one.about, late=one.late,
            )  # fmt: skip
        past = self._rows.delete(workspace, person=person).where(_nudges.said_on < on - KEPT_FOR)
        self._connection.execute(past)

    def digests_naming(self, run_id: str, *, workspace: str) -> list[DigestRow]:
        """The latest digest of each person that names a run."""
        latest = (
            self._rows.select(workspace, run_id=run_id, how="digest")
            .with_only_columns(_nudges.person, func.max(_nudges.said_on).label("on"))
            .group_by(_nudges.person)
            .order_by(_nudges.person)
        )
        return [
            DigestRow(row.person, row.on, tuple(self._digest(row.person, row.on, workspace)))
            for row in self._connection.execute(latest).all()
        ]

    def _digest(self, person: str, on: date, workspace: str) -> list[Said]:
        return [s for s in self.said(person, workspace=workspace, on=on) if s.how == "digest"]


_ORDER = (_nudges.said_at, _nudges.run_id, _nudges.step)


def _said(row: Row[Any]) -> Said:
    return Said(row.said_at, row.run_id, row.step, row.how, row.about, row.late)
