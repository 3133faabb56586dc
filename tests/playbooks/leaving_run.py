"""People of a random run go on leave, accept, decline and come back, in any order."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from playbooks.away import away_in
from playbooks.calendars import local_day
from playbooks.deciding_for import stood_for
from playbooks.leave import Leave, LeaveState
from playbooks.levels import deciders, standing
from playbooks.run import Change, RunStatus, Step, StepStatus
from playbooks.standing_in import with_stand_ins
from tests.playbooks.approval_rules import ApprovalRules
from tests.playbooks.engine import LEAD
from tests.playbooks.random_run import HUMANS, Act

PEOPLE = st.sampled_from(HUMANS)
STATES: list[LeaveState] = ["asked", "accepted", "accepted", "declined"]


class LeavingRun(ApprovalRules):
    """Whoever is away is stood for after everything that happens."""

    def act(self, action: Act) -> None:
        """Do something; then each step and decision is with whoever is there."""
        super().act(lambda run: with_stand_ins(action(run), self.facts, at=self.at))

    def reroute(self) -> None:
        """The clock lets the run follow the leaves."""
        self.act(lambda run: Change(run, ()))

    def on_leave(self, person: str, *leaves: Leave) -> None:
        """Give somebody these leaves."""
        told = replace(self.facts.person(person), leaves=leaves)
        self.facts = replace(self.facts, people={**self.facts.people, person: told})

    @rule(
        person=PEOPLE, deputy=PEOPLE, state=st.sampled_from(STATES), days=st.integers(0, 20),
        by_lead=st.booleans(),
    )  # fmt: skip
    def go(self, person: str, deputy: str, state: LeaveState, days: int, by_lead: bool) -> None:
        """Somebody goes, with a deputy who has agreed, or has not (yet)."""
        first = local_day(self.at, self.facts.person(person).zone)
        by = LEAD if by_lead else person
        leave = Leave(
            "l", "T1", person, first, first + timedelta(days), deputy, state, by, self.at
        )  # fmt: skip
        self.on_leave(person, leave)
        self.reroute()

    @rule(person=PEOPLE, state=st.sampled_from(STATES))
    def answer(self, person: str, state: LeaveState) -> None:
        """A deputy says something else."""
        leaves = [replace(leave, state=state) for leave in self.facts.person(person).leaves]
        self.on_leave(person, *leaves)
        self.reroute()

    @rule(person=PEOPLE)
    def come(self, person: str) -> None:
        """Somebody is back."""
        self.on_leave(person)
        self.reroute()

    @precondition(lambda self: self.run.status is RunStatus.ACTIVE)
    @rule()
    def all_come(self) -> None:
        """Everybody is back: every open step and undecided part is with whose it is."""
        before = self.run
        for person in HUMANS:
            self.on_leave(person)
        self.reroute()
        for step in self.run.steps:
            old = before.step(step.key)
            assert old
            if not step.is_closed:
                assert not step.stands_for
                assert step.owner == (old.stands_for or old.owner)
            for level, held in self.held(step):
                barred = {p for other in self.others(step, level) for p in other}
                barred |= {step.owner} | {v for ver in step.versions for v in (ver.by, ver.owner)}
                assert set(held.values()) <= barred | set(held)

    def held(self, step: Step) -> list[tuple[str, dict[str, str]]]:
        """For whom somebody decides, by open level."""
        now = standing(self.run, step) if step.status is StepStatus.DECIDING else None
        return [(lev.level, stood_for(self.run, step, lev)) for lev in (now.open if now else ())]

    def others(self, step: Step, level: str) -> list[tuple[str, ...]]:
        """Who decides, or has decided, the other levels."""
        levels = [lev for lev in self.run.told(step).approvals if lev.by != "owner"]
        made = [tuple(m.by for m in step.moves if m.level != level and m.kind == "approve")]
        return [deciders(self.run, step, lev) for lev in levels if lev.level != level] + made

    @invariant()
    def nobody_stands_in_for_themselves(self) -> None:
        """Who stands in is known as such, with whom for and until when."""
        for step in self.run.steps:
            assert step.stands_for != step.owner
            assert bool(step.stands_for) == (step.owner_from == "leave")
            assert bool(step.stands_for) == (step.stands_until is not None)

    @invariant()
    def nobody_away_has_what_somebody_there_could_do(self) -> None:
        """Once the run has been looked at, a step under way is with somebody who is here."""
        settled = with_stand_ins(Change(self.run, ()), self.facts, at=self.at).run
        here = [p for p in HUMANS if not away_in(settled, p, self.facts, self.at)]
        if settled.status is not RunStatus.ACTIVE or settled.lead not in here:
            return
        for step in settled.steps:
            assert step.status is not StepStatus.ACTIVE or step.owner in here
