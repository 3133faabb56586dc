"""The levels that a hand-over adds to a version: to receive it, and to decide a dispute."""

from dataclasses import replace

from playbooks.handovers import DECISION, HANDOVER, handover_of, opens_decision
from playbooks.parts import authors, moves_of
from playbooks.questions import Level, NoAnswer
from playbooks.records import Move, Version
from playbooks.run import Run, Step


def answer_to(step: Step, version: Version, level: str) -> Move | None:
    """What came of a hand-over or of the decision about it; None while it is open."""
    kinds = {"accept", "return"} if level == HANDOVER else {"decide"}
    found = (m for m in moves_of(step, version, level) if m.kind in kinds)
    return next(found, None)


def handover_levels(run: Run, step: Step, version: Version) -> tuple[Level, ...]:
    """The hand-over of a version, and the decision where it came back too often."""
    agreed = handover_of(run, step)
    if agreed is None or HANDOVER not in version.levels:
        return ()
    received = Level.model_validate({"level": HANDOVER, "by": agreed.to})
    answer = answer_to(step, version, HANDOVER)
    if answer is None or not opens_decision(step, answer):
        return (received,)
    late = replace(agreed.decide, count=agreed.decide.count * 2)
    rules = NoAnswer(remind=agreed.decide, escalate=late)
    decided = Level.model_validate({"level": DECISION, "by": run.playbook.lead})
    return (received, decided.model_copy(update={"no_answer": rules}))


def sides_of(step: Step, level: str) -> frozenset[str]:
    """Who must not decide: whose work it is, and in a dispute who returned it too."""
    version = step.version
    if level != DECISION or version is None:
        return authors(step)
    return authors(step) | {m.by for m in moves_of(step, version, HANDOVER) if m.kind == "return"}
