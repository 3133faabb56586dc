"""What was submitted changes afterwards: the step's policy says what becomes of its approval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from playbooks.calendars import Facts
from playbooks.evidence import kinds_of
from playbooks.flow import require_step
from playbooks.levels import deciders, later_levels, standing
from playbooks.parts import moves_of
from playbooks.records import Evidence, Move
from playbooks.reopening import handed_back, taken_up
from playbooks.run import Change, Event, EventKind, Refused, Run, RunStatus, Step, StepStatus
from playbooks.turns import require_version

_STANDS = frozenset({"open", "approved"})
_SUBMITTED = frozenset({StepStatus.DECIDING, StepStatus.DONE})


@dataclass(frozen=True, slots=True)
class Amended:
    """One change of what was submitted."""

    what: Literal["added", "replaced", "deleted"]
    title: str
    before: str = ""  # digests
    after: str = ""


def is_bound(run: Run, step: Step) -> bool:
    """Whether others decide, or have decided, on what the step has handed in."""
    now = standing(run, step)
    if now is None or step.status not in _SUBMITTED or now.outcome not in _STANDS:
        return False
    return bool(later_levels(run, step, now.version))


def is_deliverable(run: Run, step: Step, piece: Evidence) -> bool:
    """Whether a piece of evidence is what the step hands over; a message is a kind of link."""
    wanted = run.told(step).deliverable
    return wanted is not None and wanted.kind in kinds_of(piece)


def amended(
    run: Run, step: Step, facts: Facts, changes: Sequence[Amended], *, by: str, at: datetime
) -> Change:
    """What follows when something submitted has changed: by the step's policy."""
    if not changes or not is_bound(run, step):
        return Change(run.with_step(step), ())
    # What has ended is not opened again: those who decided hear of it.
    policy = run.told(step).on_change if run.status is RunStatus.ACTIVE else "notify"
    to = judge_of(run, step) if policy == "ask" else ""
    number = step.versions[-1].number
    moves = tuple(
        Move(
            "change" if policy == "reset" else "amend", by, at, number, text=one.title, to=to,
            what=one.what, before=one.before, after=one.after,
        )
        for one in changes
    )  # fmt: skip
    told = {
        "version": number, "policy": policy, "to": to,
        "changes": [[one.what, one.title, one.before, one.after] for one in changes],
    }  # fmt: skip
    event = Event(EventKind.SUBMISSION_CHANGED, at, by, step.key, told)
    step = replace(step, moves=(*step.moves, *moves))
    if policy == "reset":
        return _lapsed(run, step, facts, event)
    return Change(run.with_step(step), (event,))


def _lapsed(run: Run, step: Step, facts: Facts, event: Event) -> Change:
    """The approval is void, and the step its owner's again."""
    run = run.with_step(step)
    if step.status is StepStatus.DECIDING:
        return handed_back(run, step, facts, event, at=event.at)
    return taken_up(run, step, facts, by=event.by, at=event.at, told=event)


def judge_of(run: Run, step: Step) -> str:
    """Who says whether a change matters: who decided last, else whoever is to decide now."""
    if open_ := unjudged(step):
        return open_[0].to
    version = step.versions[-1]
    approved = [m.by for m in moves_of(step, version) if m.kind == "approve"]
    now = standing(run, step)
    asked = [p for level in (now.open if now else ()) for p in deciders(run, step, level)]
    return (approved[-1:] or asked[:1] or [run.lead])[0]


def amendments(step: Step) -> tuple[Move, ...]:
    """What has changed of the latest version while its approval stands."""
    version = step.version
    moves = moves_of(step, version) if version else ()
    return tuple(move for move in moves if move.kind == "amend")


def unjudged(step: Step) -> tuple[Move, ...]:
    """The changes of the latest version that somebody was asked about and has not answered."""
    version = step.version
    found: list[Move] = []
    for move in moves_of(step, version) if version else ():
        if move.kind == "amend" and move.to:
            found.append(move)
        elif move.kind in {"minor", "material"}:
            found.clear()
    return tuple(found)


def judge_change(
    run: Run, key: str, version: int, facts: Facts, *, material: bool, by: str, at: datetime
) -> Change:
    """Say that the changes since do not matter, or that it has to be decided again."""
    step = require_step(run, key)
    require_version(run, step, version)
    asked = unjudged(step)
    if not asked or not is_bound(run, step):
        raise Refused("nothing_changed")
    if by != asked[0].to:
        raise Refused("judges_other", person=asked[0].to)
    kind: Literal["minor", "material"] = "material" if material else "minor"
    move = Move(kind, by, at, version, text=asked[-1].text, what=asked[-1].what)
    event = Event(EventKind.CHANGE_JUDGED, at, by, key, {"version": version, "kind": kind})
    step = replace(step, moves=(*step.moves, move))
    return _lapsed(run, step, facts, event) if material else Change(run.with_step(step), (event,))
