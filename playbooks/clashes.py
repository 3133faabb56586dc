"""Steps whose levels cannot all be decided by different people, none of them the author."""

from playbooks.levels import in_force
from playbooks.owners import people_of
from playbooks.questions import Level
from playbooks.run import Run, Step, StepStatus
from playbooks.seats import can_be_filled


def undecidable(run: Run) -> tuple[str, ...]:
    """The ids of the steps that would wait for a stand-in as the roles are filled now."""
    return tuple(
        dict.fromkeys(
            step.id
            for step in run.steps
            if step.status is not StepStatus.OFF and not _can_be_decided(run, step)
        )
    )


def _can_be_decided(run: Run, step: Step) -> bool:
    seats = []
    for level in in_force(run, step):
        if level.by == "owner":
            continue
        people = set(people_of(run, level.by)) - {step.owner}
        stand_in = {run.stand_in} - {"", step.owner}
        seats += [people | stand_in] * _needed(level, people)
    return can_be_filled(seats)


def _needed(level: Level, people: set[str]) -> int:
    if level.need == "all":
        return max(1, len(people))
    return 1 if level.need == "any" else level.need
