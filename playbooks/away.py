"""Who is away, and who stands in for them."""

from collections.abc import Iterator
from datetime import datetime

from playbooks.calendars import Facts
from playbooks.leave import Leave
from playbooks.run import Run


def away_in(run: Run, who: str, facts: Facts, at: datetime) -> Leave | None:
    """The leave on account of which somebody is stood for in a run.

    What a lead has set holds in the runs they lead: nobody takes another's decisions away.
    """
    person = facts.person(who)
    on = [leave for leave in person.leaves if leave.covers(at, person.zone)]
    counted = [leave for leave in on if leave.set_by in {who, run.lead}]
    return next((leave for leave in counted if leave.set_by == who), next(iter(counted), None))


def deputies(run: Run, who: str, facts: Facts, at: datetime) -> Iterator[str]:
    """Who stands in for somebody away: their deputy, else the deputy's, each asked once."""
    seen, leave = {who}, away_in(run, who, facts, at)
    while leave and leave.is_held and leave.deputy not in seen:
        deputy = leave.deputy
        seen.add(deputy)
        leave = away_in(run, deputy, facts, at)
        if leave is None and not facts.person(deputy).is_bot:
            yield deputy


def here(run: Run, who: str, facts: Facts, at: datetime) -> Iterator[str]:
    """Somebody where they are not away, else who stands in for them."""
    if not who:
        return
    if away_in(run, who, facts, at):
        yield from deputies(run, who, facts, at)
    else:
        yield who
