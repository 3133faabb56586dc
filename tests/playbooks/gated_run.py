"""What people answer at the gates of phases in a random run."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from playbooks.phase_gates import hold_gate, pass_gate, undo_pass
from playbooks.phases import asked_phases, deciders_of, round_of
from playbooks.records import WhichGate
from tests.playbooks.deciding_run import DecidingRun
from tests.playbooks.working_run import ACTORS


class GatedRun(DecidingRun):
    """People let phases go on, or not yet."""

    @precondition(lambda self: bool(asked_phases(self.run)))
    @rule(by=ACTORS, goes=st.booleans(), reason=st.sampled_from("xy "), stale=st.integers(0, 5))
    def answer_at_gate(self, by: str, goes: bool, reason: str, stale: int) -> None:
        """Somebody says yes or not yet at an open gate, mostly whose turn it is."""
        phase = asked_phases(self.run)[0]
        by = by or deciders_of(self.run, phase)[0]
        which = WhichGate(phase.id, round_of(self.run, phase) - (stale == 5))
        act = pass_gate if goes else hold_gate
        self.act(lambda run: act(run, which, self.facts, reason=reason, by=by, at=self.at))

    @precondition(lambda self: any(move.kind == "passed" for move in self.run.gates))
    @rule()
    def take_pass_back(self) -> None:
        """Somebody takes their pass back, in time or not."""
        last = next(move for move in reversed(self.run.gates) if move.kind == "passed")
        which = WhichGate(last.phase, self.rounds(last.phase))
        self.act(lambda run: undo_pass(run, which, self.facts, by=last.by, at=self.at))

    def rounds(self, phase: str) -> int:
        """How often a gate has been asked."""
        return sum((move.phase, move.kind) == (phase, "asked") for move in self.run.gates)
