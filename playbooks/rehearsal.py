"""A run on a virtual clock: the same engine, from moment to moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from playbooks.answers import Given
from playbooks.approvals import approve
from playbooks.calendars import Facts, local_day, local_moment
from playbooks.definition import Phase, Playbook
from playbooks.evidence import lacks_evidence
from playbooks.flow import closed, items_of
from playbooks.handing_over import accept
from playbooks.handovers import HANDOVER
from playbooks.levels import deciders, standing
from playbooks.nudges import Said, Subject
from playbooks.nudging import nudge
from playbooks.phase_gates import pass_gate
from playbooks.phases import asked_phases, deciders_of, round_of
from playbooks.questions import Question
from playbooks.records import Which, WhichGate
from playbooks.run import Change, Event, EventKind, Evidence, Run, Step, StepStatus
from playbooks.start import StartForm, start_run
from playbooks.submission import Handed, complete_step

Heard = dict[tuple[str, date], list[Said]]  # by person and day

MOMENTS = 20_000  # a rehearsal that has not ended by then is stopped


@dataclass(frozen=True, slots=True, order=True)
class _Moment:
    """What comes next, in the order it is done: at the same time reminders before closings."""

    at: datetime
    closes: bool
    position: int


def rehearse(
    playbook: Playbook, form: StartForm, facts: Facts, *, at: datetime,
    until: datetime | None = None, late: Mapping[str, int],
) -> Iterator[tuple[datetime, Change]]:  # fmt: skip
    """Play a run in which every owner is done when due, or `late` working days after.

    `late` is by step id; a step without a due moment is done when it opens. Raises Refused
    "start_invalid" like a start in earnest.
    """
    by = next(iter(form.people.get(playbook.lead, ())), "")
    change = start_run(
        playbook, form, facts, run_id="rehearsal", workspace="", version="", by=by, at=at
    )
    yield at, change
    heard: Heard = {}
    for _ in range(MOMENTS):
        for phase in asked_phases(change.run):
            change = _passed(change.run, phase, facts, at)
            yield at, change
        moment = min(_moments(change.run, facts, late, at), default=None)
        if moment is None or (until is not None and moment.at > until):
            return
        at = moment.at
        for played in _play(change.run, moment, facts, heard):
            change = played
            yield at, change


def _passed(run: Run, phase: Phase, facts: Facts, at: datetime) -> Change:
    """Let whoever decides pass a gate at once."""
    which = WhichGate(phase.id, round_of(run, phase))
    return pass_gate(run, which, facts, by=deciders_of(run, phase)[0], at=at)


def _moments(run: Run, facts: Facts, late: Mapping[str, int], now: datetime) -> Iterator[_Moment]:
    for position, step in enumerate(run.steps):
        if step.status is StepStatus.ACTIVE:
            yield _Moment(max(now, _done_at(run, step, facts, late) or now), True, position)
            for clock in filter(None, (step.remind_at, step.tell_at)):
                yield _Moment(max(now, clock), False, position)


def _done_at(run: Run, step: Step, facts: Facts, late: Mapping[str, int]) -> datetime | None:
    if step.due_at is None or not late.get(step.id):
        return step.due_at
    local = step.due_at.astimezone(ZoneInfo(run.zone))
    day = facts.calendar.shift(local.date(), late[step.id])
    return local_moment(day, local.time(), run.zone)


def _play(run: Run, moment: _Moment, facts: Facts, heard: Heard) -> Iterator[Change]:
    step = run.steps[moment.position]
    if not moment.closes:
        for person in dict.fromkeys((step.owner, step.tell_to)):
            for change in _nudged(run, person, facts, heard, moment.at):
                run = change.run
                yield change
        return
    handed = handed_whole(run, step, moment.at)
    change = complete_step(run, step.key, facts, by=step.owner, at=moment.at, handed=handed)
    yield change
    yield from decided(change.run, step.key, facts, moment.at)


def _nudged(
    run: Run, id_: str, facts: Facts, heard: Heard, at: datetime
) -> tuple[Change, ...]:  # fmt: skip
    """What somebody hears now, as in earnest; it is remembered for the rest of their day."""
    person = facts.person(id_)
    on = local_day(at, person.zone)
    said = heard.setdefault((id_, on), [])
    nudged = nudge(person, [Subject(run, facts)], said, at=at)
    said += nudged.said
    return nudged.changes


def handed_whole(run: Run, step: Step, at: datetime) -> Handed:
    """Everything that a step asks for, its gates passed."""
    return Handed(
        ticked=[item.id for item in items_of(run, step)],
        evidence=(_proof(run, step, at),) if lacks_evidence(run, step) else (),
        given={question.id: _passing(question) for question in run.told(step).questions},
        signed=True,
    )


def _passing(question: Question) -> Given:
    """An answer that fits, and opens a gate."""
    if question.blocks_on:
        return Given("no" if question.blocks_on == "yes" else "yes", "–")
    if question.type == "number":
        return Given(f"{question.min if question.min is not None else min(question.max or 1, 1):g}")
    if question.choices:
        return Given(question.choices[0].id)
    return Given({"date": "2030-01-01", "link": "https://example.com"}.get(question.type, "–"))


def decided(run: Run, key: str, facts: Facts, at: datetime) -> Iterator[Change]:
    """Let every approver approve, and the receiver accept, at once, and both sides sign."""
    while (step := run.step(key)) and step.status is StepStatus.DECIDING:
        now = standing(run, step)
        level = now.open[0] if now and now.open else None
        whose = deciders(run, step, level) if level else ()
        if level is None and run.told(step).sign:
            yield _signed(run, step, facts, at)
            return
        if level is None or not whose:
            return
        which = Which(key, step.versions[-1].number, level.level)
        act = accept if level.level == HANDOVER else approve
        change = act(run, which, facts, by=whose[0], at=at)
        yield change
        run = change.run


def _signed(run: Run, step: Step, facts: Facts, at: datetime) -> Change:
    done = Event(EventKind.STEP_DONE, at, step.owner, step.key, {"comment": ""})
    over = replace(step, status=StepStatus.DONE)
    return closed(run, over, (done,), facts, by=step.owner, at=at)


def _proof(run: Run, step: Step, at: datetime) -> Evidence:
    """What the step wants, as its owner would hand it in."""
    wanted = run.told(step).deliverable
    title = run.told(step).title.to(run.language)
    if wanted and wanted.kind == "file":
        return Evidence("file", step.id, title, step.owner, at)
    if wanted and wanted.kind == "text":
        return Evidence("text", title, title, step.owner, at)
    return Evidence("link", f"https://rehearsal.example/{step.id}", title, step.owner, at)
