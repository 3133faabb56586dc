"""The days a company has off, or works, of its own."""

from datetime import date

from sqlalchemy import Connection

from playbooks.company_days import CompanyDay
from storage import desk_tables
from storage.rows import Rows

_days = desk_tables.company_days.c


class CompanyDayRepository:
    """Company days of a workspace, one for each day at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = Rows(connection, desk_tables.company_days)

    def since(self, day: date, *, workspace: str) -> list[CompanyDay]:
        """Those from a day on, in order."""
        query = self._rows.select(workspace).where(_days.day >= day).order_by(_days.day)
        return [CompanyDay(row.day, row.works, row.name) for row in self._connection.execute(query)]

    def worked(self, *, workspace: str) -> dict[date, bool]:
        """Whether each of all these days is worked."""
        query = self._rows.select(workspace)
        return {row.day: row.works for row in self._connection.execute(query)}

    def put(self, day: CompanyDay, *, workspace: str) -> None:
        """Keep a day, in place of what was said of it before."""
        values = {"works": day.works, "name": day.name}
        if not self._rows.insert_once(workspace, day=day.day, **values):
            update = self._rows.update(workspace, day=day.day)
            self._connection.execute(update.values(values))

    def remove(self, day: date, *, workspace: str) -> None:
        """Let the country's calendar decide about a day again."""
        self._connection.execute(self._rows.delete(workspace, day=day))
