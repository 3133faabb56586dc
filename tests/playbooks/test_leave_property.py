"""No sequence of leaves, answers and returns breaks the rules of a run, or loses a step."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.playbooks.busy_run import BusyRun
from tests.playbooks.leaving_run import LeavingRun
from tests.playbooks.test_state_machine import QUICK, RunRules


class Leaves(LeavingRun, RunRules):
    """Decisions, work and leave."""


class BusyLeaves(LeavingRun, RunRules, BusyRun):
    """Everything that can happen to a run, with people away."""


def test_no_sequence_of_leaves_leaves_a_step_without_its_owner_or_gives_two_levels() -> None:
    run_state_machine_as_test(Leaves, settings=settings(QUICK, max_examples=30))


def test_the_same_holds_in_a_busy_run() -> None:
    run_state_machine_as_test(BusyLeaves, settings=settings(QUICK, max_examples=30))


@pytest.mark.soak
def test_the_same_holds_ten_times_as_often_with_leave() -> None:
    for machine in (Leaves, BusyLeaves):
        run_state_machine_as_test(machine, settings=settings(QUICK, max_examples=600))
