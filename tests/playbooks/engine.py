"""Small playbooks, people and runs for the tests of the engine."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from playbooks.calendars import Facts, WorkCalendar
from playbooks.definition import Playbook
from playbooks.people import Person
from playbooks.run import Change, Event, EventKind, Refused, Run, Step
from playbooks.start import StartForm, start_run

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, where no holiday is near
LEAD, DORA, WEI, NINA, STRANGER, BOT = "U1LEAD", "U2DORA", "U3WEI", "U4NINA", "U9X", "U8BOT"
PEOPLE = {
    LEAD: Person(LEAD, "Lei", zone="Asia/Shanghai"),
    DORA: Person(DORA, "Dora", zone="Europe/Berlin"),
    WEI: Person(WEI, "Wei", zone="Asia/Shanghai", from_hour=time(10, 30), to_hour=time(19)),
    NINA: Person(NINA, "Nina", zone="America/New_York"),
    BOT: Person(BOT, "Bot", is_bot=True),
}
ROLES: Mapping[str, Any] = {
    "lead": {"title": "Lead", "lead": True},
    "designer": {"title": "Designer", "backup": "writer"},
    "writer": {"title": "Writer"},
    "vendor": {"title": "Vendor", "outsider": True, "backup": "designer"},
}
CAST = {"lead": (LEAD,), "designer": (DORA,), "writer": (WEI,)}


def facts_of(calendar: str = "CN", **people: Person) -> Facts:
    """The facts of a calendar and the cast, with some people changed."""
    return Facts(WorkCalendar(calendar), PEOPLE | {person.id: person for person in people.values()})


FACTS = facts_of()


def step(id_: str, owner: str = "lead", due: Any = "start + 5 workdays", **more: Any) -> Any:
    """A step as a playbook file tells it."""
    return {"id": id_, "title": id_.title(), "owner": owner, "due": due, **more}


def items(*ids: str, **more: Any) -> list[dict[str, Any]]:
    """Required checklist items."""
    return [{"id": id_, "text": id_, **more} for id_ in ids]


def playbook_of(*steps: Any, **more: Any) -> Playbook:
    """A playbook of one phase."""
    phase = {"id": "work", "title": "Work", "steps": list(steps)}
    tree = {"id": "sample", "title": "Sample", "roles": ROLES, "phases": [phase], **more}
    return Playbook.model_validate(tree)


ANCHORED: Mapping[str, Any] = {"anchor": {"id": "day", "title": "Day"}}
FORM = StartForm(
    name="Spring", channel="C1", start_on=date(2026, 3, 2), anchor_on=date(2026, 4, 20),
    calendar="CN", people=CAST,
)  # fmt: skip


def start(playbook: Playbook, form: StartForm = FORM, facts: Facts = FACTS, **more: Any) -> Change:
    """Start a run of a playbook; `more` are other fields of the form, or `at` and `by`."""
    by, at = more.pop("by", LEAD), more.pop("at", MONDAY)
    return start_run(
        playbook, replace(form, **more), facts, run_id="R1", workspace="T1", version="v1",
        by=by, at=at,
    )  # fmt: skip


def started(*steps: Any, **more: Any) -> Run:
    """A run just started on these steps."""
    return start(playbook_of(*steps, **ANCHORED), **more).run


def found(run: Run, key: str) -> Step:
    """The step of a run, which must exist."""
    there = run.step(key)
    assert there is not None, f"no step {key}"
    return there


def kinds(events: tuple[Event, ...]) -> list[tuple[EventKind, str]]:
    """What happened, to which step."""
    return [(event.kind, event.step) for event in events]


def refusal(error: BaseException) -> tuple[str, Mapping[str, Any]]:
    """The code and the facts of a refusal."""
    assert isinstance(error, Refused)
    return error.code, error.facts


def refused(act: Callable[[], object]) -> str:
    """The code with which an action is refused."""
    with pytest.raises(Refused) as error:
        act()
    return error.value.code


def utc(text: str) -> datetime:
    """A moment written as `2026-03-02 09:00`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
