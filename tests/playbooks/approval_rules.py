"""The rules of approvals, checked after everything that happens to a random run."""

from hypothesis.stateful import invariant

from playbooks.answers import latest
from playbooks.delegation import require_may_name
from playbooks.levels import deciders, later_levels, standing
from playbooks.owners import people_of
from playbooks.questions import Level
from playbooks.records import Move, Version, Which
from playbooks.run import Refused, Step, StepStatus
from tests.playbooks.deciding_run import ANYBODY, DecidingRun


def approvals(step: Step, version: Version, level: Level) -> list[Move]:
    """The approvals of a level that count."""
    return [
        move
        for move in step.moves
        if move.kind == "approve" and not move.undone
        and (move.version, move.level) == (version.number, level.level)
    ]  # fmt: skip


class ApprovalRules(DecidingRun):
    """Nobody decides twice or about their own work, and nothing passes undecided."""

    @invariant()
    def decisions_are_made_by_people_with_a_part(self) -> None:
        """Never an author, never one person on two levels, never twice on one."""
        for step in self.run.steps:
            for version in step.versions:
                held: list[str] = []
                for level in later_levels(self.run, step, version):
                    by = [move.by for move in approvals(step, version, level)]
                    assert not {version.by, version.owner} & set(by)
                    held += by
                assert len(held) == len(set(held))
                assert set(held) <= set(ANYBODY)

    @invariant()
    def what_is_done_was_approved_on_every_level_of_one_version(self) -> None:
        """By as many as each level needs."""
        for step in self.run.steps:
            if step.status is not StepStatus.DONE or step.version is None:
                continue
            for level in later_levels(self.run, step, step.version):
                made = approvals(step, step.version, level)
                assert len(made) >= (1 if isinstance(level.need, str) else level.need)
            ends = {"changes", "reject", "lapse", "withdraw"}
            moves = [m for m in step.moves if m.version == step.version.number and not m.undone]
            assert not ends & {move.kind for move in moves}

    @invariant()
    def no_gate_is_passed_in_silence(self) -> None:
        """A done step has answered its gates so that they open, or somebody has overridden them."""
        for step in self.run.steps:
            if step.status is not StepStatus.DONE:
                continue
            answers = latest(step)
            for gate in self.run.told(step).questions:
                if gate.type != "gate" or gate.when is not None:
                    continue
                answer = answers[gate.id]
                opened = {(o.question, o.version) for o in step.overrides}
                assert answer.value != gate.blocks_on or (gate.id, answer.version) in opened
                quoted = answer.quote or gate.evidence != "required"
                assert quoted or answer.value == gate.blocks_on

    @invariant()
    def overrides_are_made_by_a_named_role(self) -> None:
        """Never by who gave the answer; its reason stays."""
        for step in self.run.steps:
            for override in step.overrides:
                given = [a for a in step.answers if a.question == override.question]
                before = [a for a in given if a.at <= override.at]
                assert before
                assert before[-1].by != override.by
                assert override.reason

    @invariant()
    def a_step_waits_for_a_decision_that_somebody_can_make(self) -> None:
        """Or for whoever may name somebody; the clock never forgets it."""
        for step in self.run.steps:
            now = standing(self.run, step)
            if step.status is not StepStatus.DECIDING:
                assert now is None or now.outcome != "open" or step.is_closed
                continue
            assert now
            assert now.outcome == "open"
            assert now.open
            for level in now.open:
                which = Which(step.key, now.version.number, level.level)
                whose = deciders(self.run, step, level)
                assert not {step.owner, now.version.by, now.version.owner} & set(whose)
                assert whose or any(self.may_name(which, person) for person in ANYBODY)

    def may_name(self, which: Which, person: str) -> bool:
        """Whether somebody may hand a decision over."""
        try:
            require_may_name(self.run, which, by=person, at=self.at)
        except Refused as refused:
            return refused.code in {"run_ended", "run_paused", "run_cancelled"}
        return True

    @invariant()
    def one_level_is_open_at_a_time(self) -> None:
        """Unless the playbook says that they are parallel."""
        for step in self.run.steps:
            now = standing(self.run, step)
            if now and len(now.open) > 1:
                assert all(level.parallel for level in now.open[1:])

    @invariant()
    def all_means_everybody_who_has_the_role(self) -> None:
        """While a level of `all` is open, each of its people may decide, or has a reason not to."""
        for step in self.run.steps:
            now = standing(self.run, step)
            if step.status is not StepStatus.DECIDING or now is None:
                continue
            for level in now.open:
                people = set(people_of(self.run, level.by))
                handed = {m.of for m in step.moves if m.level == level.level}
                elsewhere = {
                    m.by
                    for m in step.moves
                    if m.version == now.version.number and m.kind == "approve"
                }
                authors = {step.owner, now.version.by, now.version.owner}
                if level.need == "all":
                    free = people - handed - elsewhere - authors
                    may = set(deciders(self.run, step, level))
                    assert free <= may or any(self.needed_later(step, p) for p in free - may)

    def needed_later(self, step: Step, person: str) -> bool:
        """Whether another level has a claim on somebody."""
        levels = self.run.told(step).approvals
        return sum(person in people_of(self.run, o.by) for o in levels if o.by != "owner") > 1
