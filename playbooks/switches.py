"""Steps that answers and lists switch off and on."""

from dataclasses import replace
from datetime import datetime

from playbooks.answers import Lists, is_on
from playbooks.run import Event, EventKind, Run, Step, StepStatus


def switched(run: Run, lists: Lists, *, by: str, at: datetime) -> tuple[Run, list[Event]]:
    """Switch steps off and on that hang on answers or lists; what is under way goes on."""
    events = []
    for step in run.steps:
        when = run.told(step).when
        if when is None or all(name.startswith("param.") for name in when.names()):
            continue
        on = is_on(run, when, lists) and in_tier(run, step)
        if step.status is StepStatus.WAITING and not on:
            moved = replace(step, status=StepStatus.OFF, closed_at=at, reason=when.text)
        elif step.status is StepStatus.OFF and on:
            moved = replace(step, status=StepStatus.WAITING, closed_at=None, reason="")
        else:
            continue
        run = run.with_step(moved)
        events.append(Event(EventKind.STEP_SWITCHED, at, by, step.key))
    return run, events


def in_tier(run: Run, step: Step) -> bool:
    """Whether the run's tier includes a step."""
    tiers = run.told(step).tiers
    return not tiers or run.tier in tiers
