"""Runs with a step that is reviewed, and short words for what people do to it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from playbooks.answers import Given
from playbooks.approvals import answer, approve, ask, reject, request_changes
from playbooks.calendars import Facts
from playbooks.delegation import delegate
from playbooks.levels import deciders, standing
from playbooks.patience import press_approval
from playbooks.people import Person
from playbooks.records import Which
from playbooks.run import Change, Event, Run, Step
from playbooks.submission import Handed, complete_step
from playbooks.undo import undo_decision
from tests.playbooks.engine import (
    ANCHORED,
    DORA,
    LEAD,
    MONDAY,
    NINA,
    STRANGER,
    WEI,
    facts_of,
    found,
    playbook_of,
    start,
    step,
)  # fmt: skip

HAN, ZOE, SAM = "U5HAN", "U6ZOE", "U7SAM"  # on the board; Sam stands in
ROLES: Mapping[str, Any] = {
    "lead": {"title": "Lead", "lead": True},
    "designer": {"title": "Designer"},
    "manager": {"title": "Manager", "backup": "head"},
    "head": {"title": "Head"},
    "board": {"title": "Board", "backup": "head"},
}
CAST = {
    "lead": (LEAD,), "designer": (DORA,), "manager": (WEI,), "head": (NINA,),
    "board": (HAN, ZOE, WEI),
}  # fmt: skip
HOME = [Person(id_, id_, zone="Asia/Shanghai") for id_ in (DORA, WEI, NINA, HAN, ZOE, SAM)]
FACTS = facts_of("CN", **{person.id: person for person in HOME})  # all at work from nine to six
SELF = {"level": "self", "by": "owner"}
MANAGER = {"level": "manager", "by": "manager"}
HEAD = {"level": "head", "by": "head"}
THREE = [SELF, MANAGER, HEAD]  # the three-level review
LATER = MONDAY + timedelta(hours=2)
OUTSIDER = STRANGER


def board(need: Any, **more: Any) -> dict[str, Any]:
    """A level of the board."""
    return {"level": "board", "by": "board", "need": need, **more}


def begun(*approvals: Any, before: Any = (), after: Any = (), **more: Any) -> Run:
    """A run whose designer draws something that these levels approve."""
    form = {key: more.pop(key) for key in ("people", "params", "stand_in") if key in more}
    told = step("draw", "designer", approvals=list(approvals), **more)
    playbook = playbook_of(
        *before, told, *after, roles=ROLES, override="head", params=PARAMS, **ANCHORED
    )
    return start(playbook, facts=FACTS, people={**CAST, **form.pop("people", {})}, **form).run


PARAMS = [{"id": "size", "title": "Size", "default": "small"}]


def submitted(
    *approvals: Any, at: datetime = LATER, by: str = DORA,
    given: Mapping[str, Given] | None = None, **more: Any,
) -> Run:  # fmt: skip
    """The same, drawn and handed in."""
    return submit(begun(*approvals, **more), at=at, by=by, given=given).run


def submit(
    run: Run, *, at: datetime = LATER, by: str = DORA, given: Mapping[str, Given] | None = None,
    key: str = "draw", **handed: Any,
) -> Change:  # fmt: skip
    """Hand the step in, signed."""
    told = Handed(given=given or {}, **{"signed": True, **handed})
    return complete_step(run, key, FACTS, by=by, at=at, handed=told)


def drawing(run: Run) -> Step:
    """The step under review."""
    return found(run, "draw")


def which(run: Run, level: str = "manager", version: int = 0) -> Which:
    """A decision about the latest version, or another one."""
    return Which("draw", version or len(drawing(run).versions), level)


def yes(run: Run, level: str, by: str, at: datetime = LATER, facts: Facts = FACTS) -> Run:
    """The run after an approval."""
    return approve(run, which(run, level), facts, by=by, at=at).run


def change(run: Run, level: str, by: str, comment: str = "Larger", **more: Any) -> Run:
    """The run after changes were requested."""
    at = more.pop("at", LATER)
    return request_changes(run, which(run, level), FACTS, comment=comment, by=by, at=at, **more).run


def no(run: Run, level: str, by: str, at: datetime = LATER) -> Run:
    """The run after a rejection."""
    return reject(run, which(run, level), FACTS, comment="No", by=by, at=at).run


def asked(run: Run, level: str, by: str, question: str = "Why?", at: datetime = LATER) -> Run:
    """The run after a question."""
    return ask(run, which(run, level), FACTS, question=question, by=by, at=at).run


def answered(run: Run, level: str, by: str = DORA, at: datetime = LATER, asker: str = "") -> Run:
    """The run after an answer."""
    return answer(run, which(run, level), FACTS, text="So", by=by, at=at, asker=asker).run


def handed(run: Run, level: str, by: str, to: str, at: datetime = LATER) -> Run:
    """The run after a hand-over."""
    return delegate(run, which(run, level), FACTS, person=to, by=by, at=at).run


def undone(run: Run, level: str, by: str, at: datetime = LATER) -> Run:
    """The run after a decision was taken back."""
    return undo_decision(run, which(run, level), FACTS, by=by, at=at).run


def pressed(run: Run, at: datetime) -> tuple[Run, tuple[Event, ...]]:
    """The run after the clock has looked at it."""
    done = press_approval(run, "draw", FACTS, at=at)
    return done.run, done.events


def open_levels(run: Run) -> list[str]:
    """The levels to be decided now."""
    now = standing(run, drawing(run))
    return [level.level for level in now.open] if now else []


def outcome(run: Run) -> str:
    """Where the latest version stands."""
    now = standing(run, drawing(run))
    return now.outcome if now else ""


def may(run: Run, level: str) -> tuple[str, ...]:
    """Who may decide a level."""
    [told] = [one for one in run.told(drawing(run)).approvals if one.level == level]
    return deciders(run, drawing(run), told)
