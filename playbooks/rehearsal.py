"""A run on a virtual clock: the same engine, from moment to moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playbooks.calendars import Facts, local_moment
from playbooks.definition import Playbook
from playbooks.evidence import lacks_evidence
from playbooks.flow import items_of
from playbooks.reminders import remind_step
from playbooks.run import Change, Evidence, Run, Step, StepStatus
from playbooks.start import StartForm, start_run
from playbooks.step_actions import complete_step

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
    for _ in range(MOMENTS):
        moment = min(_moments(change.run, facts, late, at), default=None)
        if moment is None or (until is not None and moment.at > until):
            return
        at = moment.at
        change = _play(change.run, moment, facts)
        yield at, change


def _moments(run: Run, facts: Facts, late: Mapping[str, int], now: datetime) -> Iterator[_Moment]:
    for position, step in enumerate(run.steps):
        if step.status is StepStatus.ACTIVE:
            yield _Moment(max(now, _done_at(run, step, facts, late) or now), True, position)
            if step.remind_at:
                yield _Moment(step.remind_at, False, position)


def _done_at(run: Run, step: Step, facts: Facts, late: Mapping[str, int]) -> datetime | None:
    if step.due_at is None or not late.get(step.id):
        return step.due_at
    local = step.due_at.astimezone(ZoneInfo(run.zone))
    day = facts.calendar.shift(local.date(), late[step.id])
    return local_moment(day, local.time(), run.zone)


def _play(run: Run, moment: _Moment, facts: Facts) -> Change:
    step = run.steps[moment.position]
    if not moment.closes:
        return remind_step(run, step.key, facts, at=moment.at)
    return complete_step(
        run, step.key, facts, by=step.owner, at=moment.at,
        ticked=[item.id for item in items_of(run, step)],
        evidence=(_proof(run, step, moment.at),) if lacks_evidence(run, step) else (),
    )  # fmt: skip


def _proof(run: Run, step: Step, at: datetime) -> Evidence:
    """What the step wants, as its owner would hand it in."""
    wanted = run.told(step).deliverable
    title = run.told(step).title.to(run.language)
    if wanted and wanted.kind == "file":
        return Evidence("file", step.id, title, step.owner, at)
    if wanted and wanted.kind == "text":
        return Evidence("text", title, title, step.owner, at)
    return Evidence("link", f"https://rehearsal.example/{step.id}", title, step.owner, at)
