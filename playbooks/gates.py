"""Open a closed gate all the same: a named role may, for a reason that stays on record."""

from dataclasses import replace
from datetime import datetime

from playbooks.answers import closed_gates, latest
from playbooks.flow import require_active, worded
from playbooks.owners import people_of
from playbooks.questions import Question
from playbooks.records import Override
from playbooks.run import Change, Event, EventKind, Refused, Run, Step


def may_override(run: Run, step: Step, question: Question) -> tuple[str, ...]:
    """Who may open a gate that its answer has closed; empty where nobody may."""
    role = question.override or run.playbook.override
    people = people_of(run, role) if role else ()
    answered = latest(step).get(question.id)
    return tuple(
        p for p in people if answered is None or p not in {answered.by, step.owner, step.stands_for}
    )


def require_may_override(run: Run, step: Step, gate: Question, *, by: str) -> None:
    """Refuse unless `by` may open this gate."""
    allowed = may_override(run, step, gate)
    if by not in allowed:
        raise Refused("may_not_override", person=next(iter(allowed), run.lead))


def override_gate(
    run: Run, key: str, *, question: str, reason: str, by: str, at: datetime
) -> Change:
    """Open a closed gate; its answer and the reason stay visible."""
    step = require_active(run, key)
    gate = next((one for one in closed_gates(run, step) if one.id == question), None)
    if gate is None:
        raise Refused("gate_not_closed")
    require_may_override(run, step, gate, by=by)
    override = Override(question, worded(reason), by, at, latest(step)[question].version)
    step = replace(step, overrides=(*step.overrides, override))
    event = Event(EventKind.GATE_OVERRIDDEN, at, by, key, {"question": question})
    return Change(run.with_step(step), (event,))
