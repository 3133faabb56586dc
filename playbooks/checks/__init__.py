"""What pydantic cannot see: names that point nowhere, circles, dates in the wrong order."""

from collections.abc import Callable, Iterator
from itertools import islice

from playbooks.checks.conditions import check_conditions
from playbooks.checks.documents import check_documents
from playbooks.checks.dues import check_dues
from playbooks.checks.handovers import check_handovers
from playbooks.checks.ids import check_ids
from playbooks.checks.lists import check_lists
from playbooks.checks.oddities import check_oddities
from playbooks.checks.order import check_order
from playbooks.checks.outline import Outline
from playbooks.checks.params import check_params
from playbooks.checks.references import check_references
from playbooks.checks.roles import check_roles
from playbooks.checks.sequence import check_sequence
from playbooks.checks.texts import check_texts
from playbooks.faults import FAULT_LIMIT, Fault
from playbooks.nodes import Node

CHECKS: tuple[Callable[[Outline], Iterator[Fault]], ...] = (
    check_ids,
    check_roles,
    check_references,
    check_handovers,
    check_params,
    check_lists,
    check_documents,
    check_dues,
    check_order,
    check_sequence,
    check_conditions,
    check_texts,
    check_oddities,
)


def check_playbook(root: Node) -> list[Fault]:
    """The faults the checks find, even where the shape is wrong elsewhere."""
    outline = Outline(root)
    return list(islice((each for check in CHECKS for each in check(outline)), FAULT_LIMIT))
