"""Who plays a role in a run."""

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


def people_of(run: Run, role: str) -> tuple[str, ...]:
    """Everybody with a role; where it is empty, its backup or the lead."""
    return run.people.get(role) or (own(run, role).owner,)
