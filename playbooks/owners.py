"""Who plays a role in a run."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from playbooks.run import Run, Step


def own(run: Run, role: str) -> Step:
    """A step of `role` with its owner: the role's first person, its backup, or the lead."""
    blank = Step(key="", id="", occurrence=0, role=role, owner=run.lead)
    if run.people.get(role):
        return replace(blank, owner=run.people[role][0])
    reach = run.outsiders.get(role, "")
    backup = run.playbook.roles[role].backup
    tried = {role}
    while backup and backup not in tried:
        if run.people.get(backup):
            source: Literal["backup", "lead"] = "lead" if backup == run.playbook.lead else "backup"
            return replace(blank, owner=run.people[backup][0], owner_from=source, reach=reach)
        tried.add(backup)
        backup = run.playbook.roles[backup].backup
    return replace(blank, owner_from="lead", reach=reach)


def as_own(run: Run, step: Step) -> Step:
    """The step as it is where nobody stands in: its owner's own."""
    if not step.stands_for:
        return step
    owned = own(run, step.role)
    source = owned.owner_from if owned.owner == step.stands_for else "assigned"
    return replace(step, owner=step.stands_for, owner_from=source, stands_for="", stands_until=None)


def backups(run: Run, role: str) -> Iterator[str]:
    """Who takes what is due of a role whose people cannot: its backups in turn, then the lead."""
    tried, backup = {role}, run.playbook.roles[role].backup
    while backup and backup not in tried:
        yield from run.people.get(backup, ())
        tried.add(backup)
        backup = run.playbook.roles[backup].backup
    yield run.lead


def people_of(run: Run, role: str) -> tuple[str, ...]:
    """Everybody with a role; where it is empty, its backup or the lead."""
    return run.people.get(role) or (own(run, role).owner,)
