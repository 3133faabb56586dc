"""Who does what: one lead, known roles, backups that end somewhere."""

from collections.abc import Iterator

from playbooks.checks.outline import Outline, is_true, shown_circle, unknown
from playbooks.faults import Fault, fault
from playbooks.nodes import Node

OWNER = "owner"  # in an approval, the owner of the step


def check_roles(outline: Outline) -> Iterator[Fault]:
    """Find roles that are missing, unknown, reserved, or back each other up in a circle."""
    roles = outline.root.get("roles")
    yield from _one_lead(roles)
    yield from _backups(roles)
    if OWNER in roles.entries:
        words = "'owner' is no role's id, it means the owner of a step: rename the role"
        yield fault(roles.entries[OWNER].key_mark, words)
    for node in _named(outline):
        if node.text and node.text not in roles.entries:
            yield unknown(node, "role", roles.entries, "add it under roles")


def _named(outline: Outline) -> Iterator[Node]:
    """Every place that names a role."""
    for step in outline.steps.values():
        yield step.get("owner")
        yield from map(step.get("handover").get, ("to", "sponsor"))
        levels = [level.get("by") for level in step.get("approvals").items]
        yield from (by for by in levels if by.text != OWNER)
        yield from (signature.get("by") for signature in step.get("sign").items)
    for phase in outline.phases:
        yield phase.get("gate").get("by")
    yield outline.root.get("override")
    for question in outline.questions():
        yield question.get("override")
    for kpi in outline.kpis.values():
        yield kpi.get("owner")
    for role in outline.root.get("roles").entries.values():
        yield role.get("backup")


def _one_lead(roles: Node) -> Iterator[Fault]:
    leads = [role for role in roles.entries.values() if is_true(role.get("lead"))]
    if roles.entries and not leads:
        yield fault(roles.key_mark, "no role leads: add 'lead: true' to one of the roles")
    for role in leads[1:]:
        where = leads[0].get("lead").mark.seen_from(role.get("lead").mark)
        words = f"a role leads already ({where}): keep 'lead: true' at one role only"
        yield fault(role.get("lead").mark, words)


def _backups(roles: Node) -> Iterator[Fault]:
    settled: set[str] = set()
    for first in roles.entries:
        at, path = first, dict[str, None]()
        while at in roles.entries and at not in settled and at not in path:
            path[at] = None
            at = roles.entries[at].get("backup").text
        if at in path:
            circle = [*list(path)[list(path).index(at) :], at]
            words = f"backups go in a circle ({shown_circle(circle)}): remove one of them"
            yield fault(roles.entries[at].get("backup").mark, words)
        settled.update(path)
