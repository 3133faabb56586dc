"""Remind one person of what is due in all their runs at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from playbooks.calendars import Facts, local_day
from playbooks.ladder import climbed, is_late
from playbooks.nudges import (
    How,
    Nudge,
    Plan,
    Said,
    Subject,
    next_morning,
    nudges_for,
    plan_nudges,
)
from playbooks.people import Person
from playbooks.reminders import MISSED, remind_step
from playbooks.run import Change, Event, EventKind, Run, Step


@dataclass(frozen=True, slots=True)
class Nudged:
    """The runs that changed, with their events, and what the person has heard with them."""

    changes: tuple[Change, ...]
    said: tuple[Said, ...]
    late_by: tuple[timedelta, ...]  # how long after its moment each thing is said

    @property
    def has_digest(self) -> bool:
        """Whether they get a digest now."""
        return any(said.how == "digest" for said in self.said)


def nudge(
    person: Person, subjects: Sequence[Subject], said: Sequence[Said], *, at: datetime,
    quiet_until: datetime | None = None,
) -> Nudged:  # fmt: skip
    """Say what is due in threads or one digest; off their hours it moves to when they work.

    `said` is what they heard today; until `quiet_until` they want to hear nothing.
    """
    desk = _Desk({subject.run.id: subject for subject in subjects}, at)
    nudges = nudges_for(person.id, subjects)
    for one in [n for n in nudges if n.at <= at]:
        opens = one.subject.facts.next_working(person.id, max(at, quiet_until or at))
        if opens > at or not _is_true(one, at):
            desk.put_off(one, opens if _is_true(one, at) else None)
            nudges.remove(one)
    plan = plan_nudges(person, nudges, said, at=at)
    for one in plan.threads:
        desk.say_alone(one)
    desk.say_together(person, plan)
    for one in plan.held:
        desk.hold(one, person)
    heard = [_said(one, "thread", at) for one in plan.threads]
    heard += [_said(one, "digest", at) for one in plan.digest]
    late_by = (at - one.at for one in (*plan.threads, *plan.digest) if one.at <= at)
    return Nudged(desk.changes(), tuple(heard), tuple(late_by))


def put_press_off(run: Run, key: str, person: Person, facts: Facts, *, at: datetime) -> Change:
    """Press an approver, who has heard enough today, on their next working day."""
    step = run.step(key)
    if step is None or step.remind_at is None or step.remind_at > at:
        return Change(run, ())
    until = next_morning(person, facts, at=at)
    return Change(run.with_step(replace(step, remind_at=until)), ())


class _Desk:
    """The runs while one person's reminders go out."""

    def __init__(self, subjects: dict[str, Subject], at: datetime) -> None:
        self._subjects = subjects
        self._runs = {id_: subject.run for id_, subject in subjects.items()}
        self._events: dict[str, list[Event]] = {}
        self._at = at

    def changes(self) -> tuple[Change, ...]:
        """What has changed, run by run."""
        return tuple(
            Change(run, tuple(self._events.get(id_, ())))
            for id_, run in self._runs.items()
            if run != self._subjects[id_].run or id_ in self._events
        )

    def put_off(self, one: Nudge, until: datetime | None) -> None:
        """Let it wait until somebody works; what is true no longer is dropped."""
        self._keep(one, _set(_step(self._run(one), one), one, until))

    def say_alone(self, one: Nudge) -> None:
        """In the thread of the step."""
        if one.about == "own":
            self._remind(one)
            return
        self._keep(one, _set(_step(self._run(one), one), one, None))
        told = {"to": one.step.tell_to, "rung": one.step.escalated}
        self._tell(one, Event(EventKind.ESCALATED, self._at, "clock", one.step.key, told))

    def say_together(self, person: Person, plan: Plan) -> None:
        """In one digest, which the first run it names has to say."""
        for one in plan.digest:
            if one.about == "own":
                self._remind(one, digest=True)
            else:
                self._keep(one, _set(_step(self._run(one), one), one, None))
        if plan.digest:
            told = {
                "person": person.id, "on": local_day(self._at, person.zone).isoformat(),
                "items": [[n.subject.run.id, n.step.key, n.about] for n in plan.digest],
                "late": any(self._at - n.at > MISSED for n in plan.digest),
            }  # fmt: skip
            first = plan.digest[0]
            self._tell(first, Event(EventKind.DIGESTED, self._at, "clock", facts=told))

    def hold(self, one: Nudge, person: Person) -> None:
        """Keep it for their next working day; the card says so."""
        step = _step(self._run(one), one)
        until = next_morning(person, one.subject.facts, at=self._at)
        held = _set(step, one, until)
        if one.about == "own":
            held = replace(held, held_at=self._at)
            told = {"until": until.isoformat(), "person": person.id}
            self._tell(one, Event(EventKind.REMINDER_HELD, self._at, "clock", step.key, told))
        self._keep(one, held)

    def _remind(self, one: Nudge, *, digest: bool = False) -> None:
        run, key, facts = self._run(one), one.step.key, one.subject.facts
        due = replace(_step(run, one), remind_at=min(one.at, self._at))
        change = remind_step(run.with_step(due), key, facts, at=self._at)
        for event in change.events:
            said = {**event.facts, "digest": True} if digest else event.facts
            self._tell(one, replace(event, facts=said))
        reminded = change.run.step(key) or due
        if is_late(reminded, self._at):
            reminded = climbed(change.run, reminded, facts, at=self._at)
        self._runs[run.id] = change.run.with_step(reminded)

    def _run(self, one: Nudge) -> Run:
        return self._runs[one.subject.run.id]

    def _keep(self, one: Nudge, step: Step) -> None:
        self._runs[one.subject.run.id] = self._run(one).with_step(step)

    def _tell(self, one: Nudge, event: Event) -> None:
        self._events.setdefault(one.subject.run.id, []).append(event)


def _set(step: Step, one: Nudge, until: datetime | None) -> Step:
    """The step, with another moment to say this."""
    if one.about == "own":
        return replace(step, remind_at=until)
    return replace(step, tell_at=until)


def _step(run: Run, one: Nudge) -> Step:
    """The step as it stands now, after what was said before."""
    return run.step(one.step.key) or one.step


def _is_true(one: Nudge, at: datetime) -> bool:
    """Whether it still needs saying: that somebody's step is late, to somebody above."""
    return one.about == "own" or (is_late(one.step, at) and not one.step.help_by)


def _said(one: Nudge, how: How, at: datetime) -> Said:
    return Said(at, one.subject.run.id, one.step.key, how, one.about, at - one.at > MISSED)
