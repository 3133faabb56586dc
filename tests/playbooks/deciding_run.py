"""What people answer, ask and decide in a random run."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from playbooks.answers import Given
from playbooks.approvals import answer, approve, ask, reject, request_changes
from playbooks.delegation import delegate
from playbooks.gates import override_gate
from playbooks.levels import deciders, standing
from playbooks.records import Which
from playbooks.run import Step, StepStatus
from playbooks.submission import Handed, save_page
from playbooks.undo import undo_decision
from tests.playbooks.engine import BOT, STRANGER
from tests.playbooks.random_run import DEPUTY, HUMANS, Act
from tests.playbooks.working_run import WorkingRun

ANYBODY = [*HUMANS, DEPUTY, STRANGER]
given = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from([Given("a"), Given("b"), Given("c"), Given("")]),
        "count": st.sampled_from([Given("3"), Given("8"), Given("10"), Given("-"), Given("")]),
        "gate": st.sampled_from([Given("no"), Given("yes", "here"), Given("yes")]),
        "risk": st.sampled_from([Given("no"), Given("yes"), Given("perhaps")]),
        "unknown": st.just(Given("x")),
    },
)


def is_deciding(machine: "DecidingRun") -> bool:
    """Whether something waits for a decision."""
    return any(step.status is StepStatus.DECIDING for step in machine.run.steps)


def is_decided(machine: "DecidingRun") -> bool:
    """Whether something has been decided."""
    return any(step.moves for step in machine.run.steps)


class DecidingRun(WorkingRun):
    """People answer questions and decide on what is handed in, in turn and out of turn."""

    @rule(data=st.data(), given=given)
    def fill_a_page(self, data: st.DataObject, given: dict[str, Given]) -> None:
        """Somebody fills in a page of a long form."""
        key, handed = self.some_key(data), Handed(ticked=["one"], given=given)
        by = data.draw(st.sampled_from([self.owner_of(key), *ANYBODY]))
        self.act(lambda run: save_page(run, key, handed=handed, by=by, at=self.at))

    @rule(data=st.data(), question=st.sampled_from(["gate", "risk", "kind"]))
    def override(self, data: st.DataObject, question: str) -> None:
        """Somebody opens a closed gate, or tries to."""
        key, by = self.some_key(data), data.draw(st.sampled_from(ANYBODY))
        self.act(
            lambda run: override_gate(run, key, question=question, reason="x", by=by, at=self.at)
        )

    def some_decision(self, data: st.DataObject) -> tuple[Which, str]:
        """A decision and a person: mostly one to be made, by somebody who may."""
        deciding = [step for step in self.run.steps if step.status is StepStatus.DECIDING]
        decided = [step for step in self.run.steps if step.versions]
        step = data.draw(st.sampled_from([*deciding * 4, *decided] or [self.run.steps[0]]))
        now = standing(self.run, step)
        open_ = [level.level for level in now.open] if now else []
        level = data.draw(st.sampled_from([*open_ * 4, "l0", "l1", "self", "nothing"]))
        versions = [len(step.versions)] * 6
        version = data.draw(st.sampled_from([*versions, len(step.versions) - 1]))
        who = data.draw(st.sampled_from([*self.may_decide(step, level) * 4, *ANYBODY]))
        return Which(step.key, version, level), who

    def may_decide(self, step: Step, level: str) -> list[str]:
        """Who decides a level now."""
        levels = (one for one in self.run.told(step).approvals if one.by != "owner")
        told = [one for one in levels if one.level == level]
        return [p for one in told for p in deciders(self.run, step, one)] if step.versions else []

    @precondition(is_deciding)
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        """Somebody approves."""
        which, by = self.some_decision(data)
        self.act(lambda run: approve(run, which, self.facts, by=by, at=self.at))

    @precondition(is_deciding)
    @rule(data=st.data(), comment=st.sampled_from(["Larger", "1. a\n2. b", " ", "-"]))
    def send_back(self, data: st.DataObject, comment: str) -> None:
        """Somebody requests changes, perhaps in an earlier step."""
        which, by = self.some_decision(data)
        other = data.draw(st.sampled_from(["", which.step, self.some_key(data)]))
        self.act(
            lambda run: request_changes(
                run, which, self.facts, comment=comment, other=other, by=by, at=self.at
            )
        )

    @precondition(is_deciding)
    @rule(data=st.data(), how=st.sampled_from([0, 1, 2]))
    def speak(self, data: st.DataObject, how: int) -> None:
        """Somebody rejects, asks or answers."""
        which, by = self.some_decision(data)
        asker = data.draw(st.sampled_from(HUMANS))
        acts: list[Act] = [
            lambda run: reject(run, which, self.facts, comment="no", by=by, at=self.at),
            lambda run: ask(run, which, self.facts, question="why", by=by, at=self.at),
            lambda run: answer(
                run, which, self.facts, text="so", by=self.owner_of(which.step), at=self.at,
                asker=asker,
            ),
        ]  # fmt: skip
        self.act(acts[how])

    @precondition(is_deciding)
    @rule(data=st.data(), to=st.sampled_from([*ANYBODY, BOT, ""]))
    def hand_over(self, data: st.DataObject, to: str) -> None:
        """Somebody hands a decision over."""
        which, by = self.some_decision(data)
        self.act(lambda run: delegate(run, which, self.facts, person=to, by=by, at=self.at))

    @precondition(is_decided)
    @rule(data=st.data(), soon=st.booleans())
    def undo(self, data: st.DataObject, soon: bool) -> None:
        """Somebody takes the latest decision back, or tries to, soon or late."""
        decided = [step for step in self.run.steps if step.moves]
        step = data.draw(st.sampled_from(decided))
        move = step.moves[-1]
        by = data.draw(st.sampled_from([move.by] * 3 + ANYBODY))
        self.at += timedelta(minutes=1 if soon else 7)
        which = Which(step.key, move.version, move.level)
        self.act(lambda run: undo_decision(run, which, self.facts, by=by, at=self.at))
