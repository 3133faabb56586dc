"""Small playbooks, people and runs for tests."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from playbooks.definition import Playbook
from playbooks.people import Person
from playbooks.run import Run, Step, StepStatus

AT = datetime(2025, 10, 21, 2, 0, tzinfo=UTC)  # Tuesday 10:00 in Shanghai
DUE = datetime(2025, 10, 24, 10, 0, tzinfo=UTC)  # Friday 18:00 in Shanghai
LEAD, OWNER, HEAD = "U0WANG", "U0LI", "U0CHEN"


def words(text: str) -> dict[str, str]:
    """A text in three languages."""
    return {"en": text, "zh-Hans": f"{text}（简）", "zh-Hant": f"{text}（繁）"}


def a_told_step(id_: str = "venue", **keys: Any) -> dict[str, Any]:
    """A step as a playbook file tells it."""
    told = {
        "id": id_, "title": words(f"Confirm {id_}"), "owner": "designer",
        "due": "anchor - 20 workdays",
    }  # fmt: skip
    return {**told, **keys}


def a_playbook(*steps: Mapping[str, Any], **keys: Any) -> Playbook:
    """A playbook of these steps, with a lead and a designer."""
    told: dict[str, Any] = {
        "id": "event",
        "title": words("Event"),
        "why": words("Guests come back as customers."),
        "anchor": {"id": "event_on", "title": words("Event date")},
        "roles": {
            "controller": {"title": words("Event controller"), "lead": "true"},
            "designer": {"title": words("Designer"), "backup": "controller"},
            "head": {"title": words("Head of marketing")},
        },
        "phases": [
            {"id": "before", "title": words("Before"), "steps": list(steps) or [a_told_step()]}
        ],
    }
    return Playbook.model_validate({**told, **keys})


def a_step(key: str = "venue", **facts: Any) -> Step:
    """An open step of a run."""
    id_, _, number = key.partition(".")
    known: dict[str, Any] = {
        "id": id_, "occurrence": int(number or 0), "role": "designer",
        "owner": OWNER, "status": StepStatus.ACTIVE, "due_at": DUE, "active_at": AT,
    }  # fmt: skip
    return Step(key=key, **{**known, **facts})


def a_run(*steps: Step, playbook: Playbook | None = None, **facts: Any) -> Run:
    """A run in Shanghai; without steps, one open step for each of its playbook's."""
    told = playbook or a_playbook()
    known: dict[str, Any] = {
        "id": "r1", "workspace": "T1", "version": "v1", "name": "Dealer day Shanghai",
        "channel": "C0DEALER", "language": "en", "calendar": "CN", "zone": "Asia/Shanghai",
        "start_on": date(2025, 9, 1), "anchor_on": date(2025, 11, 20), "lead": LEAD,
        "people": {"controller": (LEAD,), "designer": (OWNER,), "head": (HEAD,)},
        "outsiders": {}, "params": {}, "started_by": LEAD,
        "started_at": datetime(2025, 9, 1, 1, 0, tzinfo=UTC),
        "steps": steps or tuple(a_step(step.id, role=step.owner) for step in told.steps),
    }  # fmt: skip
    return Run(playbook=told, **{**known, **facts})


def a_person(id_: str = OWNER, **facts: Any) -> Person:
    """Somebody in Shanghai."""
    return Person(id_, **{"name": "Li", "zone": "Asia/Shanghai", "language": "en", **facts})
