"""No sequence of actions by anybody breaks the rules of a run."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from playbooks.calendars import Facts, local_day
from playbooks.flow import items_of, lacks_evidence, open_items
from playbooks.reminders import remind_step
from playbooks.run import Change, Event, EventKind, Evidence, Refused, Run, RunStatus, StepStatus
from playbooks.run_actions import cancel_run, change_people, move_run, tell_trouble
from playbooks.start import StartForm
from playbooks.step_actions import (
    add_comment,
    add_evidence,
    ask_help,
    assign_step,
    complete_step,
    reopen_step,
    reschedule_step,
    skip_step,
    tick_items,
)
from tests.playbooks.engine import BOT, DORA, LEAD, MONDAY, NINA, STRANGER, WEI, facts_of, start
from tests.playbooks.random_playbooks import CHOSEN, playbooks

HUMANS = [LEAD, DORA, WEI, NINA]
EVERYBODY = [*HUMANS, STRANGER]
ACTORS = st.sampled_from(["", "", LEAD, NINA, STRANGER])  # "" is the owner
CALENDARS = ["CN", "DE", "US", "none"]
TURNS = {
    EventKind.STEP_OPENED: StepStatus.ACTIVE,
    EventKind.STEP_BLOCKED: StepStatus.WAITING,
    EventKind.STEP_REOPENED: StepStatus.WAITING,
    EventKind.STEP_DONE: StepStatus.DONE,
    EventKind.STEP_SKIPPED: StepStatus.SKIPPED,
}
Act = Callable[[Run], Change]
people_of_a_role = st.lists(st.sampled_from(HUMANS), max_size=2, unique=True).map(tuple)
spans = st.one_of(
    st.integers(1, 90).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 72).map(lambda n: timedelta(hours=n)),
    st.integers(1, 40).map(lambda n: timedelta(days=n)),
)


class RunMachine(RuleBasedStateMachine):
    """Random people do random things to a random run, at advancing times."""

    run: Run
    facts: Facts
    at: datetime

    @initialize(
        playbook=playbooks(),
        calendar=st.sampled_from(CALENDARS),
        late=st.sampled_from(["compress", "start", "compress", "start", "skip"]),
        days=st.integers(0, 60).map(lambda n: 60 - n),
        people=st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("designer", "writer", "vendor"), people_of_a_role)
        ),
        size=st.sampled_from(["", "small", "large"]),
    )
    def begin(
        self, playbook: Any, calendar: str, late: Any, days: int, people: Any, size: str
    ) -> None:
        """Start a run."""
        self.at, self.facts = MONDAY, facts_of(calendar)
        form = StartForm(
            name="Run", channel="C1", start_on=date(2026, 3, 2), calendar=calendar, late=late,
            anchor_on=date(2026, 3, 2) + timedelta(days), outsiders={"vendor": "Print shop"},
            people={**people, "lead": (LEAD,)}, params=CHOSEN | {"size": size},
        )  # fmt: skip
        change = start(playbook, form, self.facts, at=self.at)
        self.run = change.run
        self.said: list[tuple[str, str, datetime]] = []
        unheard = {s.key for s in self.run.steps if s.closed_at == self.at}
        self.told = {
            s.key: s.status if s.key in unheard else StepStatus.WAITING for s in self.run.steps
        }
        self.listen(change.events)

    def act(self, action: Act) -> None:
        """Do something; a refusal or a second time changes nothing."""
        before, seen = self.run, repr(self.run)
        try:
            change = action(before)
        except Refused as refused:
            assert repr(before) == seen
            assert refused.code
            return
        assert repr(before) == seen
        if before.status is not RunStatus.ACTIVE:
            assert change == Change(before, ())
        self.run = change.run
        self.listen(change.events)
        self.compare(before)
        try:
            again = action(self.run)
        except Refused:
            return
        assert again.run == self.run
        assert all(event.kind is EventKind.TROUBLE for event in again.events)

    def listen(self, events: tuple[Event, ...]) -> None:
        """Follow the run by its events alone."""
        for event in events:
            assert event.at == self.at
            if event.kind in TURNS:
                assert self.told[event.step] is not TURNS[event.kind]
                self.told[event.step] = TURNS[event.kind]
            if event.kind is EventKind.REMINDED:
                step = self.run.step(event.step)
                assert step is not None
                assert self.facts.is_working(step.owner, self.at)
                self.said.append((event.step, step.owner, self.at))

    def compare(self, before: Run) -> None:
        """A reminder newly planned lies ahead."""
        for old, new in zip(before.steps, self.run.steps, strict=True):
            assert (old.key, old.id, old.role) == (new.key, new.id, new.role)
            if new.remind_at and new.remind_at != old.remind_at:
                assert new.remind_at > self.at

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
        for step in self.run.steps:
            self.act(lambda run, key=step.key: remind_step(run, key, self.facts, at=self.at))

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
                run, key, self.facts, by=by, at=at, ticked=ticked, evidence=proof, comment="ok"
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
        self.act(lambda run: add_evidence(run, key, evidence=proof, by=by, at=self.at))
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

    def some_key(self, data: st.DataObject) -> str:
        """The key of a step, mostly an active one, or of none."""
        active = [step.key for step in self.run.steps if step.status is StepStatus.ACTIVE]
        every = [step.key for step in self.run.steps]
        return data.draw(st.sampled_from([*active * 3, *every, "nowhere"]))

    def owner_of(self, key: str) -> str:
        """The owner of a step."""
        step = self.run.step(key)
        return step.owner if step else LEAD

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
                assert not open_items(self.run, step)
                assert not lacks_evidence(self.run, step)
            assert len(step.ticked()) == len(step.ticks)
            assert step.ticked() <= {item.id for item in items_of(self.run, step)}
            assert len({(e.kind, e.value) for e in step.evidence}) == len(step.evidence)

    @invariant()
    def steps_start_after_their_needs(self) -> None:
        """Active steps have all they need; waiting steps lack something."""
        for step in self.run.steps:
            if step.status is StepStatus.ACTIVE:
                assert not any(self.run.unmet(step))
            if step.status is StepStatus.WAITING:
                assert any(self.run.unmet(step))
            assert (step.active_at is None) or step.status is not StepStatus.WAITING

    @invariant()
    def a_run_is_finished_when_all_is_closed(self) -> None:
        """And only then, unless somebody cancelled it."""
        closed = all(step.is_closed for step in self.run.steps)
        if self.run.status is not RunStatus.CANCELLED:
            assert closed == (self.run.status is RunStatus.FINISHED)
        assert (self.run.ended_at is None) == (self.run.status is RunStatus.ACTIVE)

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
            assert self.run.status is RunStatus.ACTIVE
            assert step.status is StepStatus.ACTIVE
            assert self.facts.is_working(step.owner, step.remind_at)
            zone = self.facts.person(step.owner).zone
            said = last.get((step.key, step.owner))
            assert said is None or local_day(said, zone) < local_day(step.remind_at, zone)
        days = [(k, o, local_day(at, self.facts.person(o).zone)) for k, o, at in self.said]
        assert len(set(days)) == len(days)


QUICK = settings(
    max_examples=120, stateful_step_count=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
RunMachine.TestCase.settings = QUICK
TestRun = RunMachine.TestCase


@pytest.mark.soak
class TestLongRun(RunMachine.TestCase):
    """The same, ten times as often."""

    settings = settings(QUICK, max_examples=1200)
