"""What a quarter was like for those who lived through it."""

from dataclasses import dataclass
from datetime import timedelta

from playbooks.calendars import Facts
from playbooks.events import EventKind
from playbooks.nudges import messages
from playbooks.run import RunStatus
from storage.database import Transaction
from tests.endurance.quarter import CALENDAR, FIRST, LAST, PLACE, Quarter


@dataclass
class Figures:
    """What the quarter was like for those who lived through it."""

    messages: int = 0
    busiest: int = 0  # messages of one person in one day
    off_hours: int = 0
    held_in_a_row: int = 0
    digests: int = 0
    finished: int = 0
    stand_ins: int = 0  # steps and decisions taken over by somebody's deputy


async def reckon(quarter: Quarter) -> Figures:
    """Look at all that was said."""
    figures = Figures()
    facts = Facts(CALENDAR, quarter.people)

    def work(tx: Transaction) -> None:
        for person in quarter.people:
            day = FIRST
            while day <= LAST:
                said = tx.nudges.said(person, workspace=PLACE, on=day)
                number = messages(said)
                figures.messages += number
                figures.busiest = max(figures.busiest, number)
                figures.digests += any(one.how == "digest" for one in said)
                figures.off_hours += sum(not facts.is_working(person, one.at) for one in said)
                day += timedelta(days=1)
        for run in tx.runs.all(workspace=PLACE):
            figures.finished += run.status is RunStatus.FINISHED
            held: dict[str, int] = {}
            for event in tx.events.history(run.id, workspace=PLACE):
                figures.stand_ins += event.kind is EventKind.STEP_REROUTED
                if event.kind is EventKind.REMINDER_HELD:
                    held[event.step] = held.get(event.step, 0) + 1
                elif event.kind is EventKind.REMINDED:
                    held[event.step] = 0
                figures.held_in_a_row = max([figures.held_in_a_row, *held.values()])

    await quarter.database.run(work)
    return figures
