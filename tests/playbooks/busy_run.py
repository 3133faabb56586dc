"""What people and the clock do to a random run."""

from datetime import timedelta

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import rule

from playbooks.answers import Given
from playbooks.run import Evidence
from playbooks.run_actions import cancel_run, move_run, tell_trouble
from playbooks.step_actions import (
    add_comment,
    add_evidence,
    ask_help,
    reschedule_step,
    skip_step,
    tick_items,
)
from tests.playbooks.deciding_run import given
from tests.playbooks.engine import DORA, LEAD, STRANGER
from tests.playbooks.gated_run import GatedRun
from tests.playbooks.random_run import HUMANS
from tests.playbooks.working_run import ACTORS, PASSING

EVERYBODY = [*HUMANS, STRANGER]
spans = st.one_of(
    st.integers(1, 90).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 72).map(lambda n: timedelta(hours=n)),
    st.integers(1, 40).map(lambda n: timedelta(days=n)),
)


class BusyRun(GatedRun):
    """Random people do random things, at advancing times."""

    @rule(span=spans)
    def wait(self, span: timedelta) -> None:
        """Time passes, and the clock looks at nothing."""
        self.at += span

    @rule(data=st.data(), by=ACTORS)
    def tick(self, data: st.DataObject, by: str) -> None:
        """Somebody ticks and clears boxes."""
        key = self.some_key(data)
        by = by or self.owner_of(key)
        boxes = st.sets(st.sampled_from(["one", "two", "three", "unknown"]))
        shown, ticked = data.draw(boxes), data.draw(boxes)
        self.act(lambda r: tick_items(r, key, shown=shown, ticked=ticked, by=by, at=self.at))

    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        """The owner of a step has done all of it."""
        self.say_done(self.some_key(data), by="", whole=True, given=PASSING)

    @rule(data=st.data(), by=ACTORS, whole=st.booleans(), given=given)
    def complete(self, data: st.DataObject, by: str, whole: bool, given: dict[str, Given]) -> None:
        """Somebody says that a step is done."""
        self.say_done(self.some_key(data), by=by, whole=whole, given=given)

    @rule(data=st.data(), by=ACTORS, reason=st.sampled_from("x "), sure=st.integers(0, 2))
    def skip(self, data: st.DataObject, by: str, reason: str, sure: int) -> None:
        """Somebody sometimes skips a step, perhaps without a reason."""
        assume(sure == 0)
        key, at = self.some_key(data), self.at
        by = by or self.owner_of(key)
        self.act(lambda run: skip_step(run, key, self.facts, reason=reason, by=by, at=at))

    @rule(data=st.data(), by=st.sampled_from([LEAD, DORA]), hours=st.integers(-2, 400))
    def reschedule(self, data: st.DataObject, by: str, hours: int) -> None:
        """Somebody moves a due moment."""
        key, due_at = self.some_key(data), self.at + timedelta(hours=hours)
        self.act(lambda r: reschedule_step(r, key, self.facts, due_at=due_at, by=by, at=self.at))

    @rule(data=st.data(), by=st.sampled_from(EVERYBODY), value=st.sampled_from("abc"))
    def hand_in(self, data: st.DataObject, by: str, value: str) -> None:
        """Somebody attaches evidence and says a word."""
        key, proof = self.some_key(data), Evidence("text", value, value, by, self.at)
        self.act(lambda run: add_evidence(run, key, self.facts, evidence=proof, by=by, at=self.at))
        self.act(lambda run: add_comment(run, key, text=value, by=by, at=self.at))

    @rule(data=st.data(), by=st.sampled_from(EVERYBODY))
    def call_for_help(self, data: st.DataObject, by: str) -> None:
        """Somebody is stuck."""
        key = self.some_key(data)
        self.act(lambda run: ask_help(run, key, by=by, at=self.at))

    @rule(
        by=st.sampled_from([LEAD, STRANGER]), channel=st.sampled_from(["C1", "C2", ""]),
        sure=st.integers(0, 4),
    )  # fmt: skip
    def move(self, by: str, channel: str, sure: int) -> None:
        """Somebody seldom moves the run; Slack has trouble."""
        assume(sure == 0)
        self.act(lambda run: move_run(run, channel=channel, by=by, at=self.at))
        self.act(lambda run: tell_trouble(run, trouble="archived", facts={}, at=self.at))

    @rule(by=st.sampled_from(EVERYBODY), sure=st.integers(0, 4))
    def cancel(self, by: str, sure: int) -> None:
        """Somebody seldom ends the run early."""
        assume(sure == 0)
        self.act(lambda run: cancel_run(run, reason="budget", by=by, at=self.at))
