"""A record as JSON, for other programs: ids and codes, moments in ISO 8601 with offset."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.exports.decisions import decision_rows
from bot.exports.record import Record
from playbooks.flow import is_late, items_of
from playbooks.run import Event, Step


def write(record: Record) -> bytes:
    """The whole record."""
    phases = {step.key: phase.id for phase, steps in record.phases() for step in steps}
    told = {
        "run": _run(record),
        "steps": [_step(record, step, phases[step.key]) for step in record.run.steps],
        "lists": record.lists,
        "events": [_event(record, *each) for each in enumerate(record.events, 1)],
        "approvals": [_written(record, row) for row in decision_rows(record)],
        "kpis": record.kpis,
    }
    # Half of a surrogate pair, which Slack lets through, is no text in any encoding.
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _run(record: Record) -> dict[str, Any]:
    run = record.run
    title = {code or "en": words for code, words in run.playbook.title.by_language.items()}
    told = {
        "id": run.id, "name": run.name, "status": str(run.status), "workspace": run.workspace,
        "playbook": {"id": run.playbook.id, "version": run.version, "title": title},
        "channel": run.channel, "language": run.language, "calendar": run.calendar,
        "zone": run.zone, "start_on": run.start_on, "anchor_on": run.anchor_on, "lead": run.lead,
        "people": {role: list(ids) for role, ids in run.people.items()},
        "outsiders": dict(run.outsiders), "params": dict(run.params), "tier": run.tier,
        "started_by": run.started_by, "started_at": run.started_at, "ended_by": run.ended_by,
        "ended_at": run.ended_at, "reason": run.reason, "names": dict(record.names),
        "exported_at": record.at,
    }  # fmt: skip
    return _written(record, told)


def _step(record: Record, step: Step, phase: str) -> dict[str, Any]:
    told = asdict(step)
    ticks = {tick.item: tick for tick in step.ticks}
    checklist = [
        {
            "id": item.id, "text": item.text.to(record.run.language), "required": item.required,
            "done_by": ticks[item.id].by if item.id in ticks else "",
            "done_at": ticks[item.id].at if item.id in ticks else None,
        }
        for item in items_of(record.run, step)
    ]  # fmt: skip
    told |= {"status": str(step.status), "late": is_late(step, record.at), "checklist": checklist}
    told |= {"phase": phase, "title": record.run.told(step).title.to(record.run.language)}
    del told["ticks"], told["remind_at"], told["ack_at"], told["moves"]  # the approvals tell them
    return _written(record, told)


def _event(record: Record, number: int, event: Event) -> dict[str, Any]:
    told = {
        "number": number, "kind": str(event.kind), "at": event.at, "by": event.by,
        "step": event.step, "facts": dict(event.facts),
    }  # fmt: skip
    return _written(record, told)


def _written(record: Record, told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(record, value) for name, value in told.items()}


def _plain(record: Record, value: Any) -> Any:
    """A plain value, with every day and moment as text."""
    match value:
        case datetime():
            local = record.local(value)
            return local.isoformat() if local else None
        case date():
            return value.isoformat()
        case Mapping():
            return _written(record, value)
        case list() | tuple():
            return [_plain(record, inner) for inner in value]
    return value
