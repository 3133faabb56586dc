"""A run as people outside may see it: nobody is late, nobody needs help, no reasons are given."""

from dataclasses import replace
from datetime import datetime

from playbooks.run import Run, Step, StepStatus


def discreet(run: Run, at: datetime) -> Run:
    """The run without what is the team's own business; a date that has passed is none."""
    steps = tuple(_discreet(step, at) for step in run.steps)
    pauses = tuple(replace(pause, reason="") for pause in run.pauses)
    return replace(run, steps=steps, pauses=pauses, reason="")


def discreet_step(run: Run, step: Step, at: datetime) -> tuple[Run, Step]:
    """The run and one step of it, as people outside may see them."""
    seen = discreet(run, at)
    return seen, seen.step(step.key) or step


def _discreet(step: Step, at: datetime) -> Step:
    plain = replace(
        step, help_by="", compressed=False, overrides=(), owner_from="role",
        reason=step.reason if step.status is StepStatus.OFF else "",
    )  # fmt: skip
    has_passed = not step.is_closed and step.due_at is not None and step.due_at < at
    return replace(plain, due_at=None) if has_passed else plain
