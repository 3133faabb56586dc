"""Running numbers, each given once."""

from sqlalchemy import Connection

from storage import document_tables
from storage.rows import Rows

_counters = document_tables.counters.c


class CounterRepository:
    """Counters of a workspace, by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, document_tables.counters)

    def next(self, name: str, *, workspace: str) -> int:
        """The next number; whoever asks at the same time waits, and gets the one after."""
        if self._rows.insert_once(workspace, name=name, value=1):
            return 1
        counted = self._rows.update(workspace, name=name).values(value=_counters.value + 1)
        return int(self._connection.execute(counted.returning(_counters.value)).scalar_one())

    def last(self, name: str, *, workspace: str) -> int:
        """The number given last; 0 before the first."""
        row = self._rows.find(workspace, name=name)
        return 0 if row is None else int(row.value)
