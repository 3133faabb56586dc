"""What people set: their own days and hours, and the days of the company."""

from datetime import date, datetime

from playbooks.calendars import local_day
from playbooks.company_days import NAME_LIMIT, CompanyDay, check_company_day
from playbooks.people import Person
from playbooks.preferences import check_preferences
from playbooks.run import Refused
from storage.database import Database, Transaction


class PreferenceService:
    """Preferences of people, and company days of a workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, person: Person, *, workspace: str) -> None:
        """Keep what somebody chose; raises Refused "form_invalid" with the wrong fields."""
        if wrong := check_preferences(person):
            raise Refused("form_invalid", fields=wrong)

        def work(tx: Transaction) -> None:
            tx.people.set(person, workspace=workspace)
            tx.people.choose_language(person.id, workspace=workspace, language=person.language)

        await self._database.run(work)

    async def leads(self, person: str, *, workspace: str) -> bool:
        """Whether somebody leads a run, or has led one."""
        return await self._database.run(lambda tx: tx.desk.leads(person, workspace=workspace))

    async def own_days(self, *, workspace: str) -> dict[date, bool]:
        """Whether the company works, on each day of its own."""
        return await self._database.run(lambda tx: tx.company_days.worked(workspace=workspace))

    async def coming(self, by: Person, *, workspace: str, at: datetime) -> list[CompanyDay]:
        """The company days to come, for a lead."""
        return await self._database.run(lambda tx: _coming(tx, by, workspace, at))

    async def put(
        self, day: date | None, *, works: bool, name: str, by: Person, workspace: str, at: datetime
    ) -> list[CompanyDay]:  # fmt: skip
        """Keep a day of the company's; returns those to come."""

        def work(tx: Transaction) -> list[CompanyDay]:
            others = [one for one in _coming(tx, by, workspace, at) if one.day != day]
            wrong = check_company_day(day, len(others), today=local_day(at, by.zone))
            if day is None or wrong:
                raise Refused("form_invalid", fields=wrong)
            kept = CompanyDay(day, works, name[:NAME_LIMIT])
            tx.company_days.put(kept, workspace=workspace)
            return _coming(tx, by, workspace, at)

        return await self._database.run(work)

    async def remove(
        self, day: date, *, by: Person, workspace: str, at: datetime
    ) -> list[CompanyDay]:  # fmt: skip
        """Take a day of the company's back; returns those to come."""

        def work(tx: Transaction) -> list[CompanyDay]:
            _coming(tx, by, workspace, at)
            tx.company_days.remove(day, workspace=workspace)
            return _coming(tx, by, workspace, at)

        return await self._database.run(work)


def _coming(tx: Transaction, by: Person, workspace: str, at: datetime) -> list[CompanyDay]:
    if by.is_external or not tx.desk.leads(by.id, workspace=workspace):
        raise Refused("leads_only")
    return tx.company_days.since(local_day(at, by.zone), workspace=workspace)
