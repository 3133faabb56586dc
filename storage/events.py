"""The history of runs and leaves, and the part of it that Slack has not heard yet."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from playbooks.run import Event, EventKind
from storage import part_tables, tables
from storage.rows import Rows

_RUN = "run"  # what nearly every event is about

_events = tables.events.c
_queues = tables.queues.c
_runs = tables.runs.c
_leaves = part_tables.leaves.c


class EventRepository:
    """Events, numbered within their run."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, tables.events)

    def append(
        self, id_: str, events: Iterable[Event], *, workspace: str, first: int, subject: str = _RUN
    ) -> None:
        """Add events, numbered from `first`."""
        self._rows.insert(
            workspace,
            (
                {
                    "subject": subject,
                    "subject_id": id_,
                    "number": number,
                    "kind": event.kind.value,
                    "at": event.at,
                    "by": event.by,
                    "step": event.step,
                    "facts": dict(event.facts),
                }
                for number, event in enumerate(events, first)
            ),
        )

    def history(self, run_id: str, *, workspace: str) -> list[Event]:
        """Every event of a run, the oldest first."""
        query = self._rows.select(workspace, subject=_RUN, subject_id=run_id)
        return [_event(row) for row in self._connection.execute(query.order_by(_events.number))]

    def unannounced(
        self, id_: str, *, workspace: str, subject: str = _RUN
    ) -> list[tuple[int, Event]]:
        """The events of a run that Slack has not heard yet, numbered, the oldest first."""
        query = self._rows.select(workspace, subject=subject, subject_id=id_)
        query = query.where(_events.announced_at.is_(None)).order_by(_events.number)
        return [(row.number, _event(row)) for row in self._connection.execute(query)]

    def mark_announced(
        self, id_: str, numbers: Collection[int], *, workspace: str, at: datetime,
        subject: str = _RUN,
    ) -> None:  # fmt: skip
        """Note that Slack has heard these events."""
        update = self._rows.update(workspace, subject=subject, subject_id=id_)
        self._connection.execute(update.where(_events.number.in_(numbers)).values(announced_at=at))

    def unannounced_count(self) -> int:
        """How many events of any workspace Slack has not heard yet."""
        query = select(func.count()).where(_events.announced_at.is_(None))
        return self._connection.execute(query).scalar_one()

    def unannounced_runs(self, *, at: datetime, limit: int) -> list[tuple[str, str, str]]:
        """Workspace, run and channel of what waits to be said in any workspace, longest first.

        A channel whose queue rests until after `at` is left out.
        """
        query = (
            select(_events.workspace, _events.subject_id, _runs.channel)
            .join(
                tables.runs,
                and_(_runs.workspace == _events.workspace, _runs.id == _events.subject_id),
            )
            .outerjoin(
                tables.queues,
                and_(_queues.workspace == _runs.workspace, _queues.channel == _runs.channel),
            )
            .where(_events.subject == _RUN, _events.announced_at.is_(None))
            .where(or_(_queues.next_at.is_(None), _queues.next_at <= at))
            .group_by(_events.workspace, _events.subject_id, _runs.channel)
            .order_by(func.min(_events.at), _events.subject_id)
            .limit(limit)
        )
        return [
            (row.workspace, row.subject_id, row.channel) for row in self._connection.execute(query)
        ]

    def unannounced_leaves(self, *, at: datetime, limit: int) -> list[tuple[str, str, str]]:
        """The same of leaves: workspace, leave and the person it is about, whose queue it is."""
        query = (
            select(_events.workspace, _events.subject_id, _leaves.person)
            .join(
                part_tables.leaves,
                and_(_leaves.workspace == _events.workspace, _leaves.id == _events.subject_id),
            )
            .outerjoin(
                tables.queues,
                and_(_queues.workspace == _leaves.workspace, _queues.channel == _leaves.person),
            )
            .where(_events.subject == "leave", _events.announced_at.is_(None))
            .where(or_(_queues.next_at.is_(None), _queues.next_at <= at))
            .group_by(_events.workspace, _events.subject_id, _leaves.person)
            .order_by(func.min(_events.at), _events.subject_id)
            .limit(limit)
        )
        return [
            (row.workspace, row.subject_id, row.person) for row in self._connection.execute(query)
        ]


def _event(row: Row[Any]) -> Event:
    return Event(EventKind(row.kind), row.at, row.by, row.step, row.facts)
