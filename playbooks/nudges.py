"""What one person hears from the clock in a day: a few reminders, else one digest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from playbooks.calendars import Facts, local_day, local_moment
from playbooks.people import Person
from playbooks.run import Run, RunStatus, Step, StepStatus

THREADS = 3  # reminders of a day that stand in their threads; with a fourth they are one digest
CEILING = 6  # messages a day that the clock may send to one person
SOON = timedelta(hours=4)  # what is due so soon is said in its thread, though a digest named it

About = Literal["own", "late", "decide"]  # their step, one late elsewhere, their decision
How = Literal["thread", "digest", "press"]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody heard: alone, in a digest, or as an approver who is pressed."""

    at: datetime
    run: str
    step: str
    how: How
    about: About = "own"
    late: bool = False  # meant for an earlier time, when it could not be said


@dataclass(frozen=True, slots=True)
class Subject:
    """A run with something for a person to hear, and what is known about it."""

    run: Run
    facts: Facts


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing for somebody to hear."""

    subject: Subject
    step: Step
    about: About

    @property
    def at(self) -> datetime:
        """When it is meant to be said."""
        moment = self.step.remind_at if self.about == "own" else self.step.tell_at
        return moment or self.subject.run.started_at

    def is_soon(self, at: datetime) -> bool:
        """Whether the step is due within hours."""
        due_at = self.step.due_at
        return self.about == "own" and due_at is not None and at <= due_at <= at + SOON


@dataclass(frozen=True, slots=True)
class Plan:
    """How things are said today, and what waits for another day."""

    threads: tuple[Nudge, ...] = ()
    digest: tuple[Nudge, ...] = ()
    held: tuple[Nudge, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestItem:
    """A line of a digest; drawn from where its step stands now."""

    run: Run
    step: Step
    about: About


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything one person hears in one message of a day."""

    person: Person
    on: date
    items: tuple[DigestItem, ...]
    late: bool = False


def nudges_for(person: str, subjects: Iterable[Subject]) -> list[Nudge]:
    """What somebody is to hear some time, the earliest first."""
    found = []
    for subject in subjects:
        if subject.run.status is not RunStatus.ACTIVE:
            continue
        for step in subject.run.steps:
            if step.status is not StepStatus.ACTIVE or step.due_at is None:
                continue
            if step.owner == person and step.remind_at:
                found.append(Nudge(subject, step, "own"))
            if step.tell_to == person and step.tell_at:
                found.append(Nudge(subject, step, "late"))
    return sorted(found, key=lambda n: (n.at, n.subject.run.id, n.step.key, n.about))


def plan_nudges(
    person: Person, nudges: Sequence[Nudge], said: Sequence[Said], *, at: datetime
) -> Plan:
    """How what is due now is said; `said` is what they heard today, `nudges` may lie ahead.

    Up to three a day stand in their threads; with more to come one digest names them all, and
    what is not due within hours stays out of the threads. Nobody hears more than the ceiling.
    """
    due = [nudge for nudge in nudges if nudge.at <= at]
    if not due:
        return Plan()
    room = CEILING - messages(said)
    if any(each.how == "digest" for each in said):
        near = [nudge for nudge in due if nudge.is_soon(at)][: max(room, 0)]
        return Plan(tuple(near), held=tuple(n for n in due if n not in near))
    end = end_of_day(at, person.zone)
    ahead = [n for n in nudges if at < n.at <= end]
    spoken = sum(each.how == "thread" for each in said)
    if spoken + len(due) + len(ahead) <= THREADS and not person.digest_daily:
        return Plan(tuple(due[: max(room, 0)]), held=tuple(due[max(room, 0) :]))
    if room <= 0:
        return Plan(held=tuple(due))
    return Plan(digest=(*due, *(n for n in ahead if not n.is_soon(n.at))))


def messages(said: Sequence[Said]) -> int:
    """How many messages these came in; a digest is one."""
    digests = {each.at for each in said if each.how == "digest"}
    return sum(each.how != "digest" for each in said) + len(digests)


def end_of_day(at: datetime, zone: str) -> datetime:
    """The last moment of the day it is in `zone`."""
    return local_moment(local_day(at, zone), time.max, zone)


def next_morning(person: Person, facts: Facts, *, at: datetime) -> datetime:
    """When somebody hears of things on their next working day."""
    day = local_day(at, person.zone)
    midnight = local_moment(day + timedelta(days=1), time(0), person.zone)
    working = facts.next_working(person.id, midnight)
    return max(working, local_moment(local_day(working, person.zone), person.morning, person.zone))
