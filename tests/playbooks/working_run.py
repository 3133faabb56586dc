"""What people finish, hand over and take up again in a random run, and the clock's rounds."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from playbooks.answers import Given
from playbooks.days import turn_day
from playbooks.patience import press_approval
from playbooks.phase_gates import press_gates
from playbooks.reminders import remind_step
from playbooks.run import Evidence, StepStatus
from playbooks.run_actions import change_people
from playbooks.step_actions import assign_step, reopen_step
from playbooks.submission import Handed, complete_step
from tests.playbooks.engine import BOT, LEAD, NINA, STRANGER, WEI
from tests.playbooks.random_run import HUMANS, RandomRun, people_of_a_role

ACTORS = st.sampled_from(["", "", LEAD, NINA, STRANGER])  # "" is the owner
PASSING = {
    "kind": Given("a"), "count": Given("7"), "gate": Given("yes", "page 2"), "risk": Given("no"),
}  # fmt: skip


class WorkingRun(RandomRun):
    """People work on their steps, at advancing times."""

    @precondition(lambda self: any(s.remind_at for s in self.run.steps) or self.run.gate_at)
    @rule(delay=st.integers(0, 20))
    def ring(self, delay: int) -> None:
        """The clock comes round at the next reminder, or some hours late."""
        moments = [at for at in (self.run.gate_at, *(s.remind_at for s in self.run.steps)) if at]
        self.at = max(self.at, min(moments) + timedelta(hours=delay))
        self.act(lambda run: turn_day(run, self.facts, at=self.at))
        self.act(lambda run: press_gates(run, self.facts, at=self.at))
        for step in self.run.steps:
            self.press(step.key)
            self.remind(step.key)

    def remind(self, key: str) -> None:
        """The clock looks at a step."""
        self.act(lambda run: remind_step(run, key, self.facts, at=self.at))

    def press(self, key: str) -> None:
        """The clock looks at a decision that nobody makes."""
        self.act(lambda run: press_approval(run, key, self.facts, at=self.at))

    @rule()
    def finish_all(self) -> None:
        """Everybody has done all of their work."""
        for step in self.run.steps:
            if step.status is StepStatus.ACTIVE:
                self.say_done(step.key, by="", whole=True, given=PASSING)

    def say_done(self, key: str, *, by: str, whole: bool, given: dict[str, Given]) -> None:
        """Complete a step, with all it asks for or with some of it."""
        by, at = by or self.owner_of(key), self.at
        link = Evidence("link", "https://example.com/done", "Done", by, at)
        proof = [Evidence("text", "done", "Done", by, at)] * 2 + [link] if whole else []
        ticked = ["one", "two", "three"] if whole else ["one"]
        handed = Handed(ticked, proof, "ok", given, signed=whole)
        self.act(lambda run: complete_step(run, key, self.facts, by=by, at=at, handed=handed))

    @precondition(lambda self: any(step.is_closed for step in self.run.steps))
    @rule(data=st.data(), by=ACTORS)
    def reopen(self, data: st.DataObject, by: str) -> None:
        """Somebody takes a step up again."""
        done = [step for step in self.run.steps if step.is_closed]
        deciding = [step for step in self.run.steps if step.status is StepStatus.DECIDING]
        key = data.draw(st.sampled_from([*done, *deciding])).key
        by = by or self.owner_of(key)
        self.act(lambda run: reopen_step(run, key, self.facts, by=by, at=self.at))

    @rule(data=st.data(), by=ACTORS, to=st.sampled_from([*HUMANS, BOT, ""]))
    def assign(self, data: st.DataObject, by: str, to: str) -> None:
        """Somebody hands a step over."""
        key = self.some_key(data)
        by = by or self.owner_of(key)
        self.act(lambda r: assign_step(r, key, self.facts, person=to, by=by, at=self.at))

    @rule(
        people=st.dictionaries(
            st.sampled_from(["designer", "vendor", "board", "boss"]), people_of_a_role
        ),
        lead=st.sampled_from([(LEAD,), (LEAD, WEI), (NINA,), ()]),
    )
    def recast(self, people: dict[str, tuple[str, ...]], lead: tuple[str, ...]) -> None:
        """The lead fills the roles anew, perhaps without a lead."""
        by, outside, people = self.run.lead, {"vendor": "Other shop"}, {**people, "lead": lead}
        self.act(
            lambda run: change_people(
                run, self.facts, people=people, outsiders=outside, by=by, at=self.at
            )
        )
