"""A step handed in with a file, its file fetched, its levels approved."""

from datetime import timedelta
from typing import Any

from playbooks.approvals import approve
from playbooks.freezing import Found, begin_freezing, freeze_evidence, look_again
from playbooks.records import Evidence, Which
from playbooks.run import Change, Run
from playbooks.submission import Handed, complete_step
from tests.playbooks.engine import DORA, FACTS, MONDAY, WEI, found, started, step

LATER = MONDAY + timedelta(hours=1)
FILE = Evidence("file", "F1", "kv.pdf", DORA, MONDAY)
ONE, TWO = Found("kept", "1" * 64, 10, DORA), Found("kept", "2" * 64, 20, WEI)


def told(policy: str = "reset", kind: str = "file", **more: Any) -> Any:
    """A step of Dora's that Wei and then Lei decide on."""
    deliverable = {"title": "It", "kind": kind, "required": True}
    levels = [{"level": "one", "by": "writer"}, {"level": "two", "by": "lead"}]
    return step(
        "kv", "designer", deliverable=deliverable, approvals=levels, **{"on-change": policy}, **more
    )


def submitted(policy: str = "reset", *proof: Evidence, kind: str = "file") -> Run:
    """The step handed in, its files not fetched yet, and one that needs it."""
    run = started(told(policy, kind), step("next", needs=["kv"]))
    handed = Handed(evidence=proof or (FILE,))
    return complete_step(run, "kv", FACTS, by=DORA, at=MONDAY, handed=handed).run


def fetched(run: Run, at: Any = LATER, **files: Found) -> Change:
    """An attempt that found these."""
    run = begin_freezing(look_again(run, "kv", at=at).run, "kv", at=at).run
    until = found(run, "kv").freeze_at
    assert until
    return freeze_evidence(run, "kv", FACTS, found=files, until=until, at=at)


def approved(run: Run, *people: str) -> Run:
    """Levels approved in order."""
    for level, by in zip(("one", "two"), people, strict=False):
        which = Which("kv", len(found(run, "kv").versions), level)
        run = approve(run, which, FACTS, by=by, at=LATER).run
    return run
