"""How far what a step hands over has come: a draft, approved inside, or signed by both sides."""

from typing import Literal

from playbooks.levels import standing
from playbooks.run import Run, Step, StepStatus

Stage = Literal["draft", "internal", "authorised"]


def stage_of(run: Run, step: Step, *, signed: bool = False) -> Stage:
    """The stage of a step's deliverable; `signed` is whether both sides have signed it.

    A signature authorises only what is approved inside as it is now.
    """
    now = standing(run, step)
    approved = now is not None and now.outcome == "approved" and bool(now.version.levels)
    if not approved or step.status is not StepStatus.DONE:
        return "draft"
    return "authorised" if signed else "internal"
