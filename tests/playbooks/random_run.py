"""A random run, followed by its events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from playbooks.calendars import Facts
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus, StepStatus
from playbooks.start import StartForm
from tests.playbooks.engine import DORA, LEAD, MONDAY, NINA, WEI, facts_of, start
from tests.playbooks.random_playbooks import CHOSEN, playbooks

HUMANS = [LEAD, DORA, WEI, NINA]
DEPUTY = "U5DEPUTY"
CALENDARS = ["CN", "DE", "US", "none"]
TURNS = {
    EventKind.STEP_OPENED: StepStatus.ACTIVE,
    EventKind.STEP_BLOCKED: StepStatus.WAITING,
    EventKind.STEP_REOPENED: StepStatus.WAITING,
    EventKind.STEP_DONE: StepStatus.DONE,
    EventKind.STEP_SKIPPED: StepStatus.SKIPPED,
    EventKind.STEP_SUBMITTED: StepStatus.DECIDING,
}
Act = Callable[[Run], Change]
people_of_a_role = st.lists(st.sampled_from(HUMANS), max_size=2, unique=True).map(tuple)


class RandomRun(RuleBasedStateMachine):
    """A run of a random playbook; a subclass says what may be done to it."""

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
        board=st.sets(st.sampled_from(HUMANS)),
        stand_in=st.sampled_from(["", "", DEPUTY, NINA]),
    )
    def begin(
        self, playbook: Any, calendar: str, late: Any, days: int, people: Any, size: str,
        board: set[str], stand_in: str,
    ) -> None:  # fmt: skip
        """Start a run."""
        self.at, self.facts = MONDAY, facts_of(calendar)
        form = StartForm(
            name="Run", channel="C1", start_on=date(2026, 3, 2), calendar=calendar, late=late,
            anchor_on=date(2026, 3, 2) + timedelta(days), outsiders={"vendor": "Print shop"},
            people={**people, "lead": (LEAD,), "board": tuple(sorted(board))},
            params=CHOSEN | {"size": size}, stand_in=stand_in,
        )  # fmt: skip
        change = start(playbook, form, self.facts, at=self.at)
        self.run = change.run
        self.said: list[tuple[str, str, datetime]] = []
        first = change.events[0].facts
        skipped = first["hurried"] if late == "skip" else []
        self.told = {
            step.key: StepStatus.SKIPPED if step.key in skipped
            else StepStatus.OFF if step.status is StepStatus.OFF
            else StepStatus.WAITING
            for step in self.run.steps
        }  # fmt: skip
        self.listen(change.events)

    def act(self, action: Act) -> None:
        """Do something; a refusal or a second time changes nothing."""
        before, seen = self.run, repr(self.run)
        try:
            change = action(before)
        except Refused:
            return
        finally:
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
            self.follow(event)
            if event.kind is EventKind.REMINDED:
                step = self.run.step(event.step)
                assert step is not None
                assert self.facts.is_working(step.owner, self.at)
                self.said.append((event.step, step.owner, self.at))

    def follow(self, event: Event) -> None:
        """Follow what decisions, answers and silence make of a step."""
        now = self.told.get(event.step)
        if event.kind is EventKind.DECIDED and event.facts["kind"] in {"changes", "reject"}:
            assert now is StepStatus.DECIDING
            self.told[event.step] = StepStatus.ACTIVE
        if event.kind is EventKind.APPROVAL_PRESSED:
            assert now is StepStatus.DECIDING or event.facts["rung"] != "lapse"
            if event.facts["rung"] == "lapse":
                self.told[event.step] = StepStatus.ACTIVE
        if event.kind is EventKind.DECISION_UNDONE:
            assert now in {StepStatus.ACTIVE, StepStatus.DECIDING, StepStatus.DONE}
            self.told[event.step] = StepStatus.DECIDING
        if event.kind is EventKind.STEP_SWITCHED:
            is_off = now is StepStatus.OFF
            self.told[event.step] = StepStatus.WAITING if is_off else StepStatus.OFF

    def compare(self, before: Run) -> None:
        """A reminder newly planned lies ahead; what was answered and decided stays on record."""
        for old, new in zip(before.steps, self.run.steps, strict=True):
            assert (old.key, old.id, old.role) == (new.key, new.id, new.role)
            if new.remind_at and new.remind_at != old.remind_at:
                deciding = new.status is StepStatus.DECIDING  # may be due already
                assert new.remind_at > self.at or (deciding and new.remind_at == self.at)
            assert new.versions[: len(old.versions)] == old.versions
            assert new.overrides[: len(old.overrides)] == old.overrides
            submitted = [a for a in old.answers if a.version <= len(old.versions)]
            assert [a for a in new.answers if a.version <= len(old.versions)] == submitted
            kept = [replace(m, undone=False) for m in new.moves[: len(old.moves)]]
            assert kept == [replace(m, undone=False) for m in old.moves]

    def some_key(self, data: st.DataObject) -> str:
        """The key of a step, mostly an active one, or of none."""
        active = [step.key for step in self.run.steps if step.status is StepStatus.ACTIVE]
        every = [step.key for step in self.run.steps]
        return data.draw(st.sampled_from([*active * 3, *every, "nowhere"]))

    def owner_of(self, key: str) -> str:
        """The owner of a step."""
        step = self.run.step(key)
        return step.owner if step else LEAD
