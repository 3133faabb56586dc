"""The rows of one table: here, and only here, statements are bound to a workspace."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Row, Select, Table, Update, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

Statement = TypeVar("Statement", Select[Any], Update, Delete)

_Insert = Callable[[Table], postgresql.Insert | sqlite.Insert]
_INSERT: dict[str, _Insert] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class Rows:
    """A table seen through one transaction, always within one workspace."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table

    def select(self, workspace: str, **equal: Any) -> Select[Any]:
        """Select the workspace's rows that hold these values."""
        return self._scoped(select(self._table), workspace, equal)

    def find(self, workspace: str, **equal: Any) -> Row[Any] | None:
        """Fetch the one row that holds these values."""
        return self._connection.execute(self.select(workspace, **equal)).one_or_none()

    def insert(self, workspace: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows."""
        if values := [{**row, "workspace": workspace} for row in rows]:
            self._connection.execute(self._table.insert(), values)

    def insert_once(self, workspace: str, **values: Any) -> bool:
        """Add a row unless its key is taken; tell whether it was added."""
        insert = _INSERT[self._connection.dialect.name](self._table)
        statement = insert.on_conflict_do_nothing().returning(self._table.c.workspace)
        added = self._connection.execute(statement, {**values, "workspace": workspace})
        return added.first() is not None

    def update(self, workspace: str, **equal: Any) -> Update:
        """Update the workspace's rows that hold these values."""
        return self._scoped(update(self._table), workspace, equal)

    def delete(self, workspace: str, **equal: Any) -> Delete:
        """Delete the workspace's rows that hold these values."""
        return self._scoped(delete(self._table), workspace, equal)

    def _scoped(self, statement: Statement, workspace: str, equal: Mapping[str, Any]) -> Statement:
        conditions = (self._table.c[name] == value for name, value in equal.items())
        return statement.where(self._table.c.workspace == workspace, *conditions)
