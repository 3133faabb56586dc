"""When approvers do not answer: a reminder, a backup, an escalation; silence never approves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from playbooks.calendars import Facts
from playbooks.due_rules import Span
from playbooks.levels import deciders, moves_of, standing
from playbooks.owners import people_of
from playbooks.questions import Level, NoAnswer
from playbooks.records import Move
from playbooks.reminders import next_reminder
from playbooks.run import Change, Event, EventKind, Run, RunStatus, Step, StepStatus
from playbooks.working_time import working_after

Rung = Literal["remind", "backup", "escalate", "lapse"]

UNSAID = NoAnswer.model_validate({"remind": "1 workday", "escalate": "3 workdays"})
OFTEN = 3  # reminders at the level's own pace, then one a week
WEEK = 5  # working days
_ORDER: tuple[Rung, ...] = ("lapse", "escalate", "backup", "remind")  # the strongest first


@dataclass(frozen=True, slots=True)
class Press:
    """One rung of the ladder, and when it is due."""

    at: datetime
    rung: Rung
    to: str


def ladder(run: Run, step: Step, level: Level, facts: Facts) -> tuple[Press, ...]:
    """What is still to come while an open level is not decided, in order."""
    said = moves_of(step, step.versions[-1], level.level)
    since = _since(run, step, level)
    past = [move for move in said if move.at >= since]
    if question := open_question(step, level):
        rules, who = NoAnswer(remind=_rules(level).remind or UNSAID.remind), question.to
    else:
        rules, who = _rules(level), _whose(run, step, level)
    found = [*_rungs(run, step, level, rules, who, since, past, facts)]
    return tuple(sorted(found, key=lambda press: (press.at, _ORDER.index(press.rung))))


def _rules(level: Level) -> NoAnswer:
    return level.no_answer or UNSAID


def _whose(run: Run, step: Step, level: Level) -> str:
    return next(iter(deciders(run, step, level)), run.lead)


def open_question(step: Step, level: Level) -> Move | None:
    """The approver's question that the submitter has not answered; the clock runs to them."""
    version = step.version
    asked: Move | None = None
    for move in moves_of(step, version, level.level) if version else ():
        if move.kind == "ask":
            asked = move
        elif move.kind in {"answer", "approve"}:
            asked = None
    return asked


def _since(run: Run, step: Step, level: Level) -> datetime:
    """Since when a level waits: its request, the last answer to it, or its hand-over."""
    version = step.versions[-1]
    moves = moves_of(step, version)
    own = [
        m.at for m in moves if m.level == level.level and m.kind in {"ask", "answer", "delegate"}
    ]
    before = [m.at for m in moves if m.kind == "approve" and m.level != level.level]
    return max((version.at, *before, *own))


def _rungs(
    run: Run, step: Step, level: Level, rules: NoAnswer, who: str, since: datetime,
    past: list[Move], facts: Facts,
) -> Iterator[Press]:  # fmt: skip
    done = [move.kind for move in past]
    if rules.remind:
        said = [move.at for move in past if move.kind == "remind"]
        yield Press(next_slot(rules.remind, who, since, said, facts), "remind", who)
    if rules.backup and "backup" not in done and (backup := backup_of(run, step, level)):
        yield Press(working_after(facts, who, since, rules.backup), "backup", backup)
    if rules.escalate and "escalate" not in done and (boss := _boss(run, step, level)):
        yield Press(working_after(facts, who, since, rules.escalate), "escalate", boss)
    if rules.then == "lapse" and (last := rules.escalate or rules.backup or rules.remind):
        twice = replace(last, count=last.count * 2)
        yield Press(working_after(facts, who, since, twice), "lapse", step.owner)


def next_slot(
    every: Span, who: str, since: datetime, said: Sequence[datetime], facts: Facts
) -> datetime:
    """The first slot after the last reminder; what fell into a pause is not made up for."""
    number, last = len(said), max(said, default=since)
    while (slot := working_after(facts, who, since, _stretched(every, number))) <= last:
        number += 1
    return slot


def _stretched(every: Span, count: int) -> Span:
    """How long after the request the next reminder comes, `count` having been said."""
    if count < OFTEN:
        return replace(every, count=every.count * (count + 1))
    weeks = WEEK * (count - OFTEN + 1)
    first = every.count * OFTEN if every.unit == "workdays" else 0
    return Span(first + weeks, "workdays")


def backup_of(run: Run, step: Step, level: Level) -> str:
    """Who may decide as well when a level gets no answer; empty where there is nobody."""
    role = run.playbook.roles[level.by].backup
    held = set(deciders(run, step, level)) | {step.owner, step.versions[-1].by}
    held |= {m.by for m in moves_of(step, step.versions[-1]) if m.kind == "approve"}
    people = people_of(run, role) if role else ()
    return next((person for person in people if person not in held), "")


def _boss(run: Run, step: Step, level: Level) -> str:
    """Who hears of an approval that nobody decides: the lead, else who decides the next level."""
    mine = set(deciders(run, step, level))
    if run.lead not in mine:
        return run.lead
    levels = [told for told in run.told(step).approvals if told.by != "owner"]
    later = levels[levels.index(level) + 1 :] if level in levels else []
    others = (person for other in later for person in people_of(run, other.by))
    return next((person for person in others if person not in mine), "")


def next_press(run: Run, step: Step, facts: Facts) -> datetime | None:
    """When the clock acts next on a step that is being decided."""
    now = standing(run, step)
    levels = now.open if now else ()
    return min((p.at for level in levels for p in ladder(run, step, level, facts)), default=None)


def going_on(run: Run, step: Step, facts: Facts, *events: Event) -> Change:
    """The change in which a step is still being decided, its next press set."""
    step = replace(step, remind_at=next_press(run.with_step(step), step, facts))
    return Change(run.with_step(step), events)


def press_approval(run: Run, key: str, facts: Facts, *, at: datetime) -> Change:
    """Do what is due while a decision is open; what several rungs are due for is said once."""
    step = run.step(key)
    if run.status is not RunStatus.ACTIVE or step is None or step.status is not StepStatus.DECIDING:
        return Change(run, ())
    now = standing(run, step)
    if step.remind_at is None or step.remind_at > at or now is None:
        return Change(run, ())
    events: list[Event] = []
    waits: list[datetime] = []
    for level in now.open:
        due = [p for p in ladder(run, step, level, facts) if p.at <= at]
        opens = [facts.next_working(p.to, at) for p in due]
        if due and min(opens) > at:  # not at this hour of theirs
            waits.append(min(opens))
        elif due:
            step, event = _pressed(step, level, due, at)
            events.append(event)
    if any(event.facts["rung"] == "lapse" for event in events):
        return Change(_handed_back(run, step, facts, at), tuple(events))
    run = run.with_step(step)
    later = next_press(run, step, facts)
    later = min(waits) if waits and later and later <= at else later
    return Change(run.with_step(replace(step, remind_at=later)), tuple(events))


def _pressed(step: Step, level: Level, due: list[Press], at: datetime) -> tuple[Step, Event]:
    number = step.versions[-1].number
    moves = tuple(Move(p.rung, "clock", at, number, level.level, to=p.to) for p in due)
    first = min(due, key=lambda press: _ORDER.index(press.rung))
    told = {"level": level.level, "version": number, "rung": first.rung, "to": first.to}
    event = Event(EventKind.APPROVAL_PRESSED, at, "clock", step.key, told)
    return replace(step, moves=(*step.moves, *moves)), event


def _handed_back(run: Run, step: Step, facts: Facts, at: datetime) -> Run:
    """Nobody decided and the level lets go: the step is its owner's again."""
    step = replace(step, status=StepStatus.ACTIVE)
    return run.with_step(replace(step, remind_at=next_reminder(run, step, facts, after=at)))
