"""What people and the clock do to a random run."""

from datetime import timedelta

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from playbooks.days import turn_day
from playbooks.reminders import remind_step
from playbooks.run import Evidence
from playbooks.run_actions import cancel_run, change_people, move_run, tell_trouble
from playbooks.step_actions import (
    add_comment,
    add_evidence,
    ask_help,
    assign_step,
    reopen_step,
    reschedule_step,
    skip_step,
    tick_items,
)
from playbooks.submission import Handed, complete_step
from tests.playbooks.engine import BOT, DORA, LEAD, NINA, STRANGER, WEI
from tests.playbooks.random_run import HUMANS, RandomRun, people_of_a_role

EVERYBODY = [*HUMANS, STRANGER]
ACTORS = st.sampled_from(["", "", LEAD, NINA, STRANGER])  # "" is the owner
spans = st.one_of(
    st.integers(1, 90).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 72).map(lambda n: timedelta(hours=n)),
    st.integers(1, 40).map(lambda n: timedelta(days=n)),
)


class BusyRun(RandomRun):
    """Random people do random things, at advancing times."""

    @rule(span=spans)
    def wait(self, span: timedelta) -> None:
        """Time passes, and the clock looks at nothing."""
        self.at += span

    @precondition(lambda self: any(s.remind_at for s in self.run.steps))
    @rule(delay=st.integers(0, 20))
    def ring(self, delay: int) -> None:
        """The clock comes round at the next reminder, or some hours late."""
        moments = [s.remind_at for s in self.run.steps if s.remind_at]
        self.at = max(self.at, min(moments) + timedelta(hours=delay))
        self.act(lambda run: turn_day(run, at=self.at))
        for step in self.run.steps:
            self.remind(step.key)

    def remind(self, key: str) -> None:
        """The clock looks at a step."""
        self.act(lambda run: remind_step(run, key, self.facts, at=self.at))

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
        self.say_done(self.some_key(data), by="", whole=True)

    @rule(data=st.data(), by=ACTORS, whole=st.booleans())
    def complete(self, data: st.DataObject, by: str, whole: bool) -> None:
        """Somebody says that a step is done."""
        self.say_done(self.some_key(data), by=by, whole=whole)

    def say_done(self, key: str, *, by: str, whole: bool) -> None:
        """Complete a step, with all it asks for or with some of it."""
        by, at = by or self.owner_of(key), self.at
        proof = [Evidence("text", "done", "Done", by, at)] * 2 if whole else []
        ticked = ["one", "two", "three"] if whole else ["one"]
        self.act(
            lambda run: complete_step(
                run, key, self.facts, by=by, at=at, handed=Handed(ticked, proof, "ok")
            )
        )

    @rule(data=st.data(), by=ACTORS, reason=st.sampled_from("x "), sure=st.integers(0, 2))
    def skip(self, data: st.DataObject, by: str, reason: str, sure: int) -> None:
        """Somebody sometimes skips a step, perhaps without a reason."""
        assume(sure == 0)
        key, at = self.some_key(data), self.at
        by = by or self.owner_of(key)
        self.act(lambda run: skip_step(run, key, self.facts, reason=reason, by=by, at=at))

    @precondition(lambda self: any(step.is_closed for step in self.run.steps))
    @rule(data=st.data(), by=ACTORS)
    def reopen(self, data: st.DataObject, by: str) -> None:
        """Somebody takes a step up again."""
        closed = [step.key for step in self.run.steps if step.is_closed]
        key = data.draw(st.sampled_from(closed))
        by = by or self.owner_of(key)
        self.act(lambda run: reopen_step(run, key, self.facts, by=by, at=self.at))

    @rule(data=st.data(), by=ACTORS, to=st.sampled_from([*HUMANS, BOT, ""]))
    def assign(self, data: st.DataObject, by: str, to: str) -> None:
        """Somebody hands a step over."""
        key = self.some_key(data)
        by = by or self.owner_of(key)
        self.act(lambda r: assign_step(r, key, self.facts, person=to, by=by, at=self.at))

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
        people=st.dictionaries(st.sampled_from(["designer", "vendor"]), people_of_a_role),
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
