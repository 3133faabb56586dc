"""No sequence of actions by anybody breaks the rules of a run."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from playbooks.answers import is_on
from playbooks.calendars import local_day
from playbooks.flow import items_of
from playbooks.phases import asked_phases, gate_of, is_over, locked_by, steps_of
from playbooks.run import RunStatus, StepStatus
from tests.playbooks.approval_rules import ApprovalRules
from tests.playbooks.busy_run import BusyRun
from tests.playbooks.random_run import HUMANS
from tests.playbooks.stopping_run import StoppingRun


class RunRules(ApprovalRules):
    """The rules of a run, checked after everything that happens."""

    @invariant()
    def every_step_has_one_owner(self) -> None:
        """A known person, and never a bot or somebody outside."""
        assert all(step.owner in HUMANS for step in self.run.steps)
        assert len({step.key for step in self.run.steps}) == len(self.run.steps)

    @invariant()
    def done_steps_lack_nothing(self) -> None:
        """No required item open, no deliverable missing, and closings are dated."""
        for step in self.run.steps:
            assert step.is_closed == (step.closed_at is not None)
            assert step.is_closed or not (step.closed_by or step.reason)
            if step.status is StepStatus.DONE:
                told = self.run.told(step)
                items = [i for i in told.checklist if i.required and is_on(self.run, i.when)]
                assert {item.id for item in items} <= step.ticked()
                proof = told.deliverable
                handed_in = {piece.kind for piece in step.evidence} | {"list"}
                assert not (proof and proof.required) or proof.kind in handed_in
            assert len(step.ticked()) == len(step.ticks)
            assert step.ticked() <= {item.id for item in items_of(self.run, step)}
            assert len({(e.kind, e.value) for e in step.evidence}) == len(step.evidence)

    @invariant()
    def steps_start_after_their_needs(self) -> None:
        """Steps under way have all they need; waiting steps lack something: a need or a gate."""
        for step in self.run.steps:
            lacks = any(self.run.unmet(step)) or any(locked_by(self.run, step))
            if step.status in {StepStatus.ACTIVE, StepStatus.DECIDING}:
                assert not lacks
            if step.status is StepStatus.WAITING:
                assert lacks
            assert (step.active_at is None) or step.status is not StepStatus.WAITING

    @invariant()
    def a_run_is_finished_when_all_is_closed(self) -> None:
        """All gates passed too, and only then, unless somebody cancelled it."""
        closed = all(step.is_closed for step in self.run.steps) and not self.gates_to_pass()
        if self.run.status is not RunStatus.CANCELLED:
            assert closed == (self.run.status is RunStatus.FINISHED)
        going = self.run.status in {RunStatus.ACTIVE, RunStatus.PAUSED}
        assert (self.run.ended_at is None) == going
        assert (self.run.pause is not None) == (self.run.status is RunStatus.PAUSED)

    def gates_to_pass(self) -> list[str]:
        """The phases with a gate that nobody has passed; where all is off, none is asked."""
        return [
            phase.id
            for phase in self.run.playbook.phases
            if phase.gate and steps_of(self.run, phase) and gate_of(self.run, phase) != "passed"
        ]

    @invariant()
    def gates_are_asked_when_their_phase_is_over(self) -> None:
        """And an answer counts only as long as it is; the clock looks at open gates only."""
        for phase in self.run.playbook.phases:
            if self.run.status is RunStatus.ACTIVE and phase.gate:
                over = is_over(self.run, phase)
                assert over == (gate_of(self.run, phase) in {"open", "held", "passed"})
        if self.run.status is not RunStatus.PAUSED:
            assert bool(self.run.gate_at) == bool(asked_phases(self.run))
        for before, move in pairwise(self.run.gates):
            assert before.at <= move.at
            assert move.kind != "overridden" or move.reason

    @invariant()
    def events_tell_where_every_step_is(self) -> None:
        """Nothing changed that no event explains."""
        assert {step.key: step.status for step in self.run.steps} == self.told

    @invariant()
    def reminders_come_in_working_hours(self) -> None:
        """To active steps of active runs only, and never twice a day."""
        last = {(key, owner): at for key, owner, at in self.said}
        for step in self.run.steps:
            if step.remind_at is None:
                continue
            assert self.run.status in {RunStatus.ACTIVE, RunStatus.PAUSED}
            if step.status is StepStatus.DECIDING:  # its approvers are reminded, not its owner
                continue
            assert step.status is StepStatus.ACTIVE
            assert self.facts.is_working(step.owner, step.remind_at)
            zone = self.facts.person(step.owner).zone
            said = last.get((step.key, step.owner))
            assert said is None or local_day(said, zone) < local_day(step.remind_at, zone)
        days = [(k, o, local_day(at, self.facts.person(o).zone)) for k, o, at in self.said]
        assert len(set(days)) == len(days)


class RunMachine(RunRules, StoppingRun, BusyRun):
    """Everything that can happen to a run."""


class Decisions(RunRules):
    """Little but answers and decisions, so that long approvals come about."""


QUICK = settings(
    max_examples=120, stateful_step_count=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip


def test_nothing_people_do_breaks_the_rules_of_a_run() -> None:
    run_state_machine_as_test(RunMachine, settings=QUICK)


def test_no_clicks_by_anybody_complete_an_approval_that_was_not_decided() -> None:
    run_state_machine_as_test(Decisions, settings=QUICK)


@pytest.mark.soak
def test_the_same_holds_ten_times_as_often() -> None:
    for machine in (RunMachine, Decisions):
        run_state_machine_as_test(machine, settings=settings(QUICK, max_examples=1200))
