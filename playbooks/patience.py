"""When approvers do not answer: a reminder, a backup, an escalation; silence never approves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from playbooks.calendars import Facts
from playbooks.due_rules import Span
from playbooks.escalation import backup_of, boss_of
from playbooks.levels import deciders, levels_before, standing
from playbooks.parts import moves_of
from playbooks.questions import Level, NoAnswer
from playbooks.records import Move
from playbooks.reminders import next_reminder
from playbooks.run import Change, Event, EventKind, Run, RunStatus, Step, StepStatus
from playbooks.working_time import waited_since, working_after

Rung = Literal["remind", "backup", "escalate", "lapse"]

UNSAID = NoAnswer.model_validate({"remind": "1 workday", "escalate": "3 workdays"})
_LAST = Span(3, "workdays")  # where a level lapses and does not say when
OFTEN = 3  # reminders at the level's own pace, then one a week
WEEK = 5  # working days
_TURNS = frozenset({"ask", "answer", "delegate"})  # after these the clock starts anew
_ORDER: tuple[Rung, ...] = ("lapse", "escalate", "backup", "remind")  # the strongest first


@dataclass(frozen=True, slots=True)
class Press:
    """One rung of the ladder, and when it is due."""

    at: datetime
    rung: Rung
    to: str


def ladder(run: Run, step: Step, level: Level, facts: Facts) -> tuple[Press, ...]:
    """What is still to come while an open level is not decided, in order."""
    since = _since(run, step, level)
    past = [move for move in _latest_turn(step, level) if move.at >= since]
    if question := open_question(step, level):
        rules, who = NoAnswer(remind=_rules(level).remind or UNSAID.remind), question.to
    else:
        rules, who = _rules(level), _whose(run, step, level)
    waited = waited_since(run, since)
    found = [*_rungs(run, step, level, rules, who, waited, past, facts)]
    return tuple(sorted(found, key=lambda press: (press.at, _ORDER.index(press.rung))))


def _rules(level: Level) -> NoAnswer:
    return level.no_answer or UNSAID


def _whose(run: Run, step: Step, level: Level) -> str:
    return next(iter(deciders(run, step, level)), run.lead)


def open_question(step: Step, level: Level) -> Move | None:
    """The first question that the submitter has not answered; the clock runs to them."""
    return next(iter(open_questions(step, level).values()), None)


def open_questions(step: Step, level: Level) -> dict[str, Move]:
    """By approver, the questions not answered; whoever approves needs no answer any more."""
    version = step.version
    asked: dict[str, Move] = {}
    for move in moves_of(step, version, level.level) if version else ():
        if move.kind == "ask":
            asked[move.by] = move
        elif move.kind in {"answer", "approve"}:
            asked.pop(move.to if move.kind == "answer" else move.by, None)
    return asked


def waits_for_answer(run: Run, step: Step, asked: Move) -> bool:
    """Whether a question is still to be answered before its level is decided."""
    if step.status is not StepStatus.DECIDING or run.status is not RunStatus.ACTIVE:
        return False
    now = standing(run, step)
    levels = [level for level in now.open if level.level == asked.level] if now else []
    return any(asked in open_questions(step, level).values() for level in levels)


def _latest_turn(step: Step, level: Level) -> tuple[Move, ...]:
    """The moves after the last question, answer or hand-over on a level."""
    moves = moves_of(step, step.versions[-1], level.level)
    turned = [number for number, move in enumerate(moves) if move.kind in _TURNS]
    return moves[turned[-1] + 1 :] if turned else moves


def _since(run: Run, step: Step, level: Level) -> datetime:
    """Since when a level waits: its request, the last answer to it, or its hand-over."""
    version = step.versions[-1]
    moves = moves_of(step, version)
    own = [m.at for m in moves if m.level == level.level and m.kind in _TURNS]
    earlier = levels_before(run, step, version, level)
    before = [m.at for m in moves if m.kind in {"approve", "return"} and m.level in earlier]
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
    if rules.escalate and "escalate" not in done and (boss := boss_of(run, step, level)):
        yield Press(working_after(facts, who, since, rules.escalate), "escalate", boss)
    if rules.then == "lapse":
        last = rules.escalate or rules.backup or rules.remind or _LAST
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


def next_press(run: Run, step: Step, facts: Facts, *, at: datetime) -> datetime | None:
    """When the clock acts next on a step that is being decided; off hours it waits."""
    now = standing(run, step)
    moments: list[datetime] = []
    for level in now.open if now else ():
        presses = ladder(run, step, level, facts)
        moments += [press.at for press in presses if press.at > at]
        if due := [press for press in presses if press.at <= at]:
            moments.append(facts.next_working(_addressed(due).to, at))
    return min(moments, default=None)


def going_on(run: Run, step: Step, facts: Facts, *events: Event, at: datetime) -> Change:
    """The change in which a step is still being decided, its next press set."""
    step = replace(step, remind_at=next_press(run.with_step(step), step, facts, at=at))
    return Change(run.with_step(step), events)


def to_press(run: Run, key: str, facts: Facts, *, at: datetime) -> str:
    """Who hears first of an open decision now; empty where nothing is due."""
    step = run.step(key)
    if step is None or step.status is not StepStatus.DECIDING:
        return ""
    now = standing(run, step)
    for level in now.open if now else ():
        due = [press for press in ladder(run, step, level, facts) if press.at <= at]
        if due and facts.is_working(_addressed(due).to, at):
            return _addressed(due).to
    return ""


def press_approval(run: Run, key: str, facts: Facts, *, at: datetime) -> Change:
    """Do what is due while a decision is open; what several rungs are due for is said once."""
    step = run.step(key)
    if run.status is not RunStatus.ACTIVE or step is None or step.status is not StepStatus.DECIDING:
        return Change(run, ())
    now = standing(run, step)
    if step.remind_at is None or step.remind_at > at or now is None:
        return Change(run, ())
    events: list[Event] = []
    for level in now.open:
        due = [p for p in ladder(run, step, level, facts) if p.at <= at]
        if due and facts.is_working(_addressed(due).to, at):  # else not at this hour of theirs
            step, event = _pressed(step, level, due, at)
            if event.facts["rung"] == "lapse":  # then nothing of it is waited for any more
                return Change(_handed_back(run, step, facts, at), (event,))
            events.append(event)
    return going_on(run, step, facts, *events, at=at)


def _addressed(due: Sequence[Press]) -> Press:
    """The one rung of several that is said."""
    return min(due, key=lambda press: _ORDER.index(press.rung))


def _pressed(step: Step, level: Level, due: list[Press], at: datetime) -> tuple[Step, Event]:
    number = step.versions[-1].number
    moves = tuple(Move(p.rung, "clock", at, number, level.level, to=p.to) for p in due)
    first = _addressed(due)
    told = {"level": level.level, "version": number, "rung": first.rung, "to": first.to}
    event = Event(EventKind.APPROVAL_PRESSED, at, "clock", step.key, told)
    return replace(step, moves=(*step.moves, *moves)), event


def _handed_back(run: Run, step: Step, facts: Facts, at: datetime) -> Run:
    """Nobody decided and the level lets go: the step is its owner's again."""
    step = replace(step, status=StepStatus.ACTIVE)
    return run.with_step(replace(step, remind_at=next_reminder(run, step, facts, after=at)))
