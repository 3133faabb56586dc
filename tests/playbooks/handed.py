"""A step that is handed over: Dora works, Wei receives, Nina stands above both, Lei leads."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from playbooks.definition import Playbook
from playbooks.handing_over import accept, decide, give_back
from playbooks.handovers import DECISION, HANDOVER
from playbooks.records import Which
from playbooks.run import Run, Step
from playbooks.start import start_run
from playbooks.submission import complete_step
from tests.playbooks.engine import DORA, FACTS, FORM, LEAD, MONDAY, NINA, WEI, found, step

AGREED: Any = {
    "to": "data", "sponsor": "sponsor",
    "criteria": [{"id": "codes", "text": "Codes"}, {"id": "currency", "text": "Currency"}],
}  # fmt: skip
PARTS = {"lead": (LEAD,), "designer": (DORA,), "data": (WEI,), "sponsor": (NINA,)}


def handed_run(*, people: Any = None, stand_in: str = "", **more: Any) -> Run:
    """A run of two steps, of which the first is handed over before the second opens."""
    steps = [
        step("prices", "designer", handover=AGREED, **more),
        step("load", "data", due="after(prices) + 2 workdays", needs=["prices"]),
    ]
    roles = {
        "lead": {"title": "Lead", "lead": True},
        "designer": {"title": "Designer"},
        "data": {"title": "Data", "several": True},
        "sponsor": {"title": "Sponsor"},
    }
    phase = {"id": "work", "title": "Work", "steps": steps}
    tree = {"id": "sample", "title": "Sample", "roles": roles, "phases": [phase]}
    form = replace(FORM, anchor_on=None, people=people or PARTS, stand_in=stand_in)
    return start_run(
        Playbook.model_validate(tree), form, FACTS, run_id="R1", workspace="T1", version="v1",
        by=LEAD, at=MONDAY,
    ).run  # fmt: skip


def prices(run: Run) -> Step:
    """The step that is handed over."""
    return found(run, "prices")


def handed_in(run: Run, *, by: str = DORA, at: datetime = MONDAY) -> Run:
    """The run with one more version handed in."""
    return complete_step(run, "prices", FACTS, by=by, at=at).run


def which(run: Run, level: str = HANDOVER) -> Which:
    """The hand-over, or the decision, of the latest version."""
    return Which("prices", len(prices(run).versions), level)


def returned(run: Run, *, by: str = WEI, at: datetime = MONDAY, criterion: str = "codes") -> Run:
    """The run whose latest version came back."""
    return give_back(
        run, which(run), FACTS, criterion=criterion, reason="Missing", by=by, at=at
    ).run  # fmt: skip


def accepted(run: Run, *, by: str = WEI, at: datetime = MONDAY) -> Run:
    """The run whose latest version was received."""
    return accept(run, which(run), FACTS, by=by, at=at).run


def disputed(run: Run | None = None) -> Run:
    """A run whose second version came back too."""
    run = returned(handed_in(run or handed_run()))
    return returned(handed_in(run), criterion="currency")


def decided(
    run: Run, verdict: str = "accept", *, by: str = LEAD, at: datetime = MONDAY,
    people: tuple[str, ...] = (DORA, WEI),
) -> Run:  # fmt: skip
    """The run whose dispute was decided."""
    return decide(
        run, which(run, DECISION), FACTS, verdict=verdict, reason="So be it", people=people,
        by=by, at=at,
    ).run  # fmt: skip
