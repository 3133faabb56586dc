"""What is written of a run, however it is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playbooks.definition import Phase
from playbooks.run import Event, Run, Step

Rows = tuple[Mapping[str, Any], ...]  # JSON values only


@dataclass(frozen=True, slots=True)
class Record:
    """A run with its whole history, as it was at a moment."""

    run: Run
    events: tuple[Event, ...]
    at: datetime
    names: Mapping[str, str] = field(default_factory=dict)  # Slack id → name
    lists: Mapping[str, Rows] = field(default_factory=dict)
    kpis: Rows = ()

    def name(self, id_: str) -> str:
        """Who somebody is; their id where Slack never told the name."""
        return self.names.get(id_) or id_

    def phases(self) -> Iterator[tuple[Phase, list[Step]]]:
        """The phases in order, each with the run's steps in it."""
        for phase in self.run.playbook.phases:
            ids = {step.id for step in phase.steps}
            yield phase, [step for step in self.run.steps if step.id in ids]

    def local(self, moment: datetime | None) -> datetime | None:
        """A moment as the run's own clocks show it."""
        return moment.astimezone(ZoneInfo(self.run.zone)) if moment else None


def named_in(run: Run, events: tuple[Event, ...]) -> frozenset[str]:
    """The ids of everybody a record speaks of."""
    people = {run.lead, run.started_by, run.ended_by}
    people.update(id_ for ids in run.people.values() for id_ in ids)
    for step in run.steps:
        people |= {step.owner, step.closed_by, step.help_by}
        for notes in (step.ticks, step.evidence, step.comments, step.answers, step.moves):
            people.update(note.by for note in notes)
        people.update(person for move in step.moves for person in (move.to, *move.people))
    for event in events:
        people.add(event.by)
        told = (event.facts[key] for key in ("from", "to") if key in event.facts)
        for one in told:
            people.update(one if isinstance(one, list) else [str(one)])
    return frozenset(people) - {"", "clock"}
