"""The people of a workspace, as far as reminders and texts need them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case

from playbooks.leave import Leave
from playbooks.people import Person
from storage import tables
from storage.leaves import LeaveRepository
from storage.rows import Rows

_people = tables.people.c
_FIELDS = tuple(field.name for field in fields(Person) if field.name != "leaves")
# What people set themselves; Slack knows nothing of it.
_OWN = frozenset({"from_hour", "to_hour", "calendar", "digest_at", "digest_daily"})


class PeopleRepository:
    """People by their Slack user id."""

    def __init__(self, connection: Connection, *, leaves: LeaveRepository) -> None:
        self._connection = connection
        self._rows = Rows(connection, tables.people)
        self._leaves = leaves

    def many(self, ids: Collection[str], *, workspace: str) -> dict[str, Person]:
        """Those of these people who are known, by id, with their leaves."""
        query = self._rows.select(workspace).where(_people.id.in_(ids))
        leaves = defaultdict[str, list[Leave]](list)
        for leave in self._leaves.open_of(ids, workspace=workspace):
            leaves[leave.person].append(leave)
        rows = self._connection.execute(query)
        return {row.id: _person(row, tuple(leaves[row.id])) for row in rows}

    def lock(self, id_: str, *, workspace: str) -> None:
        """Let nobody else say anything to somebody known until the transaction ends."""
        query = self._rows.select(workspace, id=id_).with_for_update()
        self._connection.execute(query).one_or_none()

    def stale(self, ids: Collection[str], *, workspace: str, before: datetime) -> set[str]:
        """Those of these people whom Slack was not asked about since `before`."""
        query = self._rows.select(workspace).where(_people.id.in_(ids), _people.seen_at >= before)
        return set(ids) - {row.id for row in self._connection.execute(query)}

    def save(self, person: Person, *, workspace: str, at: datetime) -> None:
        """Save what Slack says of a person at this moment; what they chose themselves stays."""
        values = _values(person) | {"seen_at": at}
        if self._rows.insert_once(workspace, language_chosen=False, **values):
            return
        known = {name: value for name, value in values.items() if name not in _OWN}
        kept = case((_people.language_chosen, _people.language), else_=person.language)
        update = self._rows.update(workspace, id=person.id)
        self._connection.execute(update.values(known | {"language": kept}))

    def set(self, person: Person, *, workspace: str) -> None:
        """Save what a person has chosen about their days and hours."""
        own = {name: value for name, value in _values(person).items() if name in _OWN}
        if not self._rows.insert_once(workspace, language_chosen=False, **_values(person)):
            self._connection.execute(self._rows.update(workspace, id=person.id).values(own))

    def choose_language(self, id_: str, *, workspace: str, language: str) -> None:
        """Let a person read the bot in a language, whatever Slack says of them later."""
        chosen = {"language": language, "language_chosen": True}
        unknown = _values(Person(id_, name="")) | chosen
        if not self._rows.insert_once(workspace, **unknown):
            self._connection.execute(self._rows.update(workspace, id=id_).values(chosen))


def _values(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in _FIELDS}


def _person(row: Row[Any], leaves: tuple[Leave, ...]) -> Person:
    return Person(**{name: row._mapping[name] for name in _FIELDS}, leaves=leaves)
