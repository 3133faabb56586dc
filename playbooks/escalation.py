"""Who is asked besides, and who is told, when an approver does not answer."""

from collections.abc import Collection, Iterable

from playbooks.handovers import RESERVED, sponsors
from playbooks.levels import deciders, later_levels, leaves_enough
from playbooks.owners import people_of
from playbooks.parts import approved_by, authors, part_of
from playbooks.questions import Level
from playbooks.run import Run, Step


def backup_of(run: Run, step: Step, level: Level) -> str:
    """Who may decide as well when a level gets no answer; empty where there is nobody.

    Never whose work it is, nor whom another level needs or has had.
    """
    role = run.playbook.roles[level.by].backup
    held = {*part_of(run, step, level), *deciders(run, step, level), *authors(step)}
    for other in later_levels(run, step, step.versions[-1]):
        held.update(approved_by(step, other))
    people = people_of(run, role) if role else ()
    return next((p for p in people if p not in held and leaves_enough(run, step, level, p)), "")


def boss_of(run: Run, step: Step, level: Level) -> str:
    """Who hears of an approval that nobody decides: the lead, else who decides the next level.

    Where nobody else is left it is the lead, though the work is theirs.
    """
    if level.level in RESERVED:
        asked = deciders(run, step, level)[:1]
        return _outside_of(step, (run.lead, *sponsors(run, step)), asked)
    mine = deciders(run, step, level)
    levels = [told for told in run.told(step).approvals if told.by != "owner"]
    later = levels[levels.index(level) + 1 :] if level in levels else []
    others = (run.lead, *(person for other in later for person in people_of(run, other.by)))
    return _outside_of(step, others, mine)


def _outside_of(step: Step, people: Iterable[str], asked: Collection[str]) -> str:
    """The first of some people who is not asked already, and whose work it is not if possible."""
    free = [person for person in people if person not in asked]
    return next((p for p in free if p not in authors(step)), next(iter(free), ""))
