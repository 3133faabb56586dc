"""Small runs for the storage tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from playbooks.definition import Playbook
from playbooks.records import Version
from playbooks.run import Change, Event, EventKind, Run, Step, StepStatus
from storage.database import Database

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
HERE = "T1"
ELSEWHERE = "T2"

PLAYBOOK = Playbook.model_validate(
    {
        "id": "launch",
        "title": {"en": "Launch", "zh-Hans": "发布"},
        "anchor": {"id": "launch_on", "title": "Launch day"},
        "params": [{"id": "mode", "title": "Mode", "default": "online"}],
        "roles": {
            "lead": {"title": "Lead", "lead": True},
            "writer": {"title": "Writer", "backup": "lead"},
            "head": {"title": "Head"},
        },
        "phases": [
            {
                "id": "before",
                "title": "Before",
                "steps": [
                    {
                        "id": "brief",
                        "title": "Write the brief",
                        "owner": "lead",
                        "due": "anchor - 5 workdays at 10:00",
                        "checklist": [{"id": "goal", "text": "Goal"}],
                        "approvals": [{"level": "head", "by": "head"}],
                    },
                    {
                        "id": "post",
                        "title": {"en": "Write the post", "zh-Hans": "写稿"},
                        "owner": "writer",
                        "due": ["after(brief) + 2 days", "after(brief) + 4 days"],
                        "needs": ["brief"],
                        "when": "param.mode = online",
                    },
                ],
            }
        ],
    }
)


def make_step(key: str = "brief", **values: Any) -> Step:
    """An active step."""
    facts: dict[str, Any] = {
        "id": key.partition(".")[0],
        "occurrence": 0,
        "role": "lead",
        "owner": "ULEAD",
        "status": StepStatus.ACTIVE,
    }
    return Step(key=key, **(facts | values))


def make_run(id_: str = "r1", **values: Any) -> Run:
    """A run of the playbook, with one step active and two waiting."""
    waiting = {"role": "writer", "owner": "UWRITER", "status": StepStatus.WAITING}
    steps = (
        make_step(due_at=LATER, remind_at=AT, active_at=AT),
        make_step("post.1", occurrence=1, **waiting),
        make_step("post.2", occurrence=2, **waiting),
    )
    facts: dict[str, Any] = {
        "workspace": HERE,
        "playbook": PLAYBOOK,
        "version": "v1",
        "name": "Spring launch",
        "channel": "C1",
        "language": "en",
        "calendar": "CN",
        "zone": "Asia/Shanghai",
        "start_on": date(2026, 3, 2),
        "anchor_on": date(2026, 3, 20),
        "lead": "ULEAD",
        "people": {"lead": ("ULEAD",), "writer": ("UWRITER", "UOTHER"), "head": ("UHEAD",)},
        "outsiders": {"vendor": "Print shop"},
        "params": {"mode": "online"},
        "started_by": "ULEAD",
        "started_at": AT,
        "steps": steps,
    }
    return Run(id=id_, **(facts | values))


def make_event(kind: EventKind = EventKind.COMMENT_ADDED, **values: Any) -> Event:
    """An event of the lead."""
    facts: dict[str, Any] = {"at": AT, "by": "ULEAD"}
    return Event(kind, **(facts | values))


def started(run: Run) -> Change:
    """The start of a run."""
    return Change(run, (make_event(EventKind.RUN_STARTED, facts={"name": run.name}),))


def changed(run: Run, key: str, *events: Event, **values: Any) -> Change:
    """A run with one step changed."""
    step = next(step for step in run.steps if step.key == key)
    return Change(run.with_step(replace(step, **values)), events)


def submitted(run: Run, key: str = "brief", *events: Event) -> Change:
    """A step handed in, its first version waiting to be decided."""
    version = Version(1, "ULEAD", AT, owner="ULEAD", levels=("head",))
    return changed(run, key, *events, status=StepStatus.DECIDING, versions=(version,))


def add(database: Database, *runs: Run) -> None:
    """Start runs."""
    for run in runs:
        add_change(database, started(run))


def add_change(database: Database, change: Change) -> None:
    """Start a run as told."""
    database.run_now(lambda tx: tx.runs.add(change))


def save(database: Database, change: Change) -> None:
    """Save a changed run."""
    database.run_now(lambda tx: tx.runs.save(change))


def load(database: Database, id_: str = "r1", workspace: str = HERE) -> Run | None:
    """Load a run."""
    return database.run_now(lambda tx: tx.runs.get(id_, workspace=workspace))
