"""What a leave has still to say, and what its messages tell of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.services.facts import known_people
from playbooks.deciding_for import stood_for
from playbooks.leave import Leave
from playbooks.levels import standing
from playbooks.people import Person
from playbooks.run import Event, Run, Step, StepStatus
from storage.database import Transaction
from storage.leaves import LEAVE

MOST = 300  # steps looked at for one person

Work = tuple[Run, Step]
Held = Mapping[str, Sequence[Work]]


@dataclass(frozen=True, slots=True)
class LeaveNews:
    """A leave as it is now, its numbered events, and who has what on account of it."""

    leave: Leave
    events: tuple[tuple[int, Event], ...]
    people: Mapping[str, Person]
    rerouted: Held = field(default_factory=dict)  # steps with whoever stands in, by these
    decided: Held = field(default_factory=dict)  # steps that these have to decide on
    own: tuple[Work, ...] = ()  # the person's steps, once they are back
    deciding: tuple[Work, ...] = ()  # what waits for the person's decision
    leads: tuple[str, ...] = ()  # of the runs the person has something open in
    runs: Mapping[str, Run] = field(default_factory=dict)  # in which somebody left, by id


def news_of(tx: Transaction, leave_id: str, workspace: str) -> LeaveNews | None:
    """What there is to say; None where nothing is."""
    leave = tx.leaves.get(leave_id, workspace=workspace)
    events = tuple(tx.events.unannounced(leave_id, workspace=workspace, subject=LEAVE))
    if leave is None or not events:
        return None
    ids = tx.leaves.concerned(leave.person, workspace=workspace)
    left = [id_ for _, event in events for id_ in event.facts.get("runs", ())]
    runs = {
        id_: run for id_ in (*ids, *left) if (run := tx.runs.get(id_, workspace=workspace))
    }  # fmt: skip
    here = [runs[id_] for id_ in ids]
    leads = tuple(dict.fromkeys(run.lead for run in here))
    named = {leave.person, leave.deputy, leave.set_by, *leave.asks, *leave.told, *leads}
    return LeaveNews(
        leave, events, known_people(tx, named, workspace=workspace),
        rerouted=_rerouted(here, leave.person), decided=_decided(here, leave.person),
        own=tuple(_own(here, leave)), leads=leads, runs=runs,
        deciding=tuple(tx.runs.to_decide(leave.person, workspace=workspace, limit=MOST)),
    )  # fmt: skip


def holders_of(tx: Transaction, leave: Leave) -> list[str]:
    """Who has something of somebody away now."""
    ids = tx.leaves.concerned(leave.person, workspace=leave.workspace)
    runs = [run for id_ in ids if (run := tx.runs.get(id_, workspace=leave.workspace))]
    held = (*_rerouted(runs, leave.person), *_decided(runs, leave.person))
    return sorted(dict.fromkeys(held))


def _rerouted(runs: list[Run], person: str) -> Held:
    found = defaultdict[str, list[Work]](list)
    for run in runs:
        for step in run.steps:
            if step.stands_for == person and step.status is StepStatus.ACTIVE:
                found[step.owner].append((run, step))
    return found


def _own(runs: list[Run], leave: Leave) -> list[Work]:
    mine = (
        (run, step) for run in runs for step in run.steps
        if step.owner == leave.person and step.status is StepStatus.ACTIVE
    )  # fmt: skip
    return list(mine)


def _decided(runs: list[Run], person: str) -> Held:
    found = defaultdict[str, list[Work]](list)
    for run in runs:
        for step in run.steps:
            now = standing(run, step) if step.status is StepStatus.DECIDING else None
            held = [stood_for(run, step, level) for level in (now.open if now else ())]
            for deputy in {who for each in held for who, whom in each.items() if whom == person}:
                found[deputy].append((run, step))
    return found
