"""Steps and events as the cells of a table, by the names of their columns."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.exports.record import Record
from bot.exports.texts import plain, stamp
from bot.views.markup import plain_text
from bot.views.off_reasons import off_reason
from bot.views.states import name_of, state_of
from bot.views.step_lines import REASONS
from bot.words.catalogue import entries, say
from playbooks.definition import Phase
from playbooks.flow import items_of
from playbooks.run import Event, EventKind, Step, StepStatus

Detail = Callable[[Record, Mapping[str, Any], Step | None], str]
Cell = str | int | datetime | None  # moments in the run's own zone

STEP_COLUMNS = (
    "id", "phase", "title", "state", "owner", "due", "opened", "closed", "closed_by", "reason",
    "items_done", "items", "evidence", "comments",
)  # fmt: skip
EVENT_COLUMNS = ("at", "by", "what", "step", "detail")
_UNTOLD = {EventKind.DAY_TURNED}  # cards were drawn anew; nothing happened


def step_rows(record: Record) -> Iterator[tuple[Step, dict[str, Cell]]]:
    """The steps in the run's order, and their cells."""
    phases = {step.key: phase for phase, steps in record.phases() for step in steps}
    for step in record.run.steps:
        yield step, step_cells(record, step, phases[step.key])


def step_cells(record: Record, step: Step, phase: Phase) -> dict[str, Cell]:
    """A step; its state is a code, put into words by `state_words`."""
    run = record.run
    items, ticked = items_of(run, step), step.ticked()
    return {
        "id": step.key,
        "phase": plain(phase.title.to(run.language)),
        "title": plain(name_of(run, step, run.language)),
        "state": state_of(run, step, record.at),
        "owner": plain(record.name(step.owner)),
        "due": record.local(step.due_at),
        "opened": record.local(step.active_at),
        "closed": record.local(step.closed_at),
        "closed_by": plain(record.name(step.closed_by)),
        "reason": reason_of(record, step),
        "items_done": sum(item.id in ticked for item in items),
        "items": len(items),
        "evidence": "\n".join(plain(_evidence(each.title, each.value)) for each in step.evidence),
        "comments": "\n".join(
            plain(f"{record.name(each.by)}: {each.text}") for each in step.comments
        ),
    }


def state_words(record: Record, step: Step) -> str:
    """The state of a step in the run's language."""
    return say(record.run.language, f"state.{state_of(record.run, step, record.at)}")


def reason_of(record: Record, step: Step) -> str:
    """Why a step was left out."""
    if step.status is StepStatus.OFF:
        return plain(plain_text(off_reason(record.run, step, record.run.language)))
    if step.reason in REASONS:
        return say(record.run.language, REASONS[step.reason])
    return plain(step.reason)


def event_rows(record: Record) -> Iterator[dict[str, Cell]]:
    """The history, the oldest first."""
    return (event_cells(record, event) for event in record.events if event.kind not in _UNTOLD)


def event_cells(record: Record, event: Event) -> dict[str, Cell]:
    """One line of the history."""
    run = record.run
    step = run.step(event.step) if event.step else None
    key = f"history.{event.kind}"
    return {
        "at": record.local(event.at),
        "by": "SOP Bot" if event.by == "clock" else plain(record.name(event.by)),
        "what": say(run.language, key) if key in entries(run.language) else str(event.kind),
        "step": plain(name_of(run, step, run.language)) if step else "",
        "detail": plain(_DETAILS.get(event.kind, _nothing)(record, event.facts, step)),
    }


def _evidence(title: str, value: str) -> str:
    return title if title == value or not value else f"{title}: {value}" if title else value


def _nothing(record: Record, facts: Mapping[str, Any], step: Step | None) -> str:
    return ""


def _fact(name: str) -> Detail:
    return lambda _record, facts, _step: str(facts.get(name) or "")


def _people(record: Record, facts: Mapping[str, Any], step: Step | None) -> str:
    return f"{record.name(str(facts.get('from')))} → {record.name(str(facts.get('to')))}"


def _moved(record: Record, facts: Mapping[str, Any], step: Step | None) -> str:
    days = [facts.get(name) for name in ("from", "to")]
    told = [stamp(record.local(datetime.fromisoformat(day))) if day else "–" for day in days]
    reason = str(facts.get("reason") or "")
    return " → ".join(told) + (f" · {reason}" if reason else "")


def _ticked(record: Record, facts: Mapping[str, Any], step: Step | None) -> str:
    items = items_of(record.run, step) if step else ()
    names = {item.id: item.text.to(record.run.language) for item in items}
    signs = (("☑", facts.get("ticked") or ()), ("☐", facts.get("cleared") or ()))
    return " · ".join(f"{sign} {names.get(id_, id_)}" for sign, ids in signs for id_ in ids)


def _signed(record: Record, facts: Mapping[str, Any], step: Step | None) -> str:
    """Name, side, method, version and hash; the time stands in its own column."""
    language = record.run.language
    side = say(language, "document.ours" if facts["side"] == "ours" else "document.client")
    method = say(language, f"page.method_{facts['method']}")
    who = [record.name(str(facts[name])) for name in ("recorded_by", "witness") if facts.get(name)]
    parts = [str(facts["name"]), side, method, *who, f"v{facts['version']}", str(facts["digest"])]
    return " · ".join(part for part in parts if part)


def _asked(record: Record, facts: Mapping[str, Any], step: Step | None) -> str:
    """Who was asked about which version."""
    people = facts["to"] if isinstance(facts["to"], list) else [facts["to"]]
    return " · ".join([f"v{facts['version']}", *(record.name(str(one)) for one in people)])


def _facts_of(*names: str) -> Detail:
    return lambda _record, facts, _step: " · ".join(str(facts[n]) for n in names if facts.get(n))


def _skip(record: Record, facts: Mapping[str, Any], step: Step | None) -> str:
    """Why a step was skipped; where no person gave a reason, a code stands for it."""
    reason = str(facts.get("reason") or "")
    return say(record.run.language, REASONS[reason]) if reason in REASONS else reason


_DETAILS: Mapping[EventKind, Detail] = {
    EventKind.RUN_CANCELLED: _fact("reason"),
    EventKind.RUN_PAUSED: _fact("reason"),
    EventKind.RUN_REOPENED: _fact("reason"),
    EventKind.DATE_MOVED: _facts_of("from", "to", "reason"),
    EventKind.RUN_MOVED: _people,  # channels have no names here either
    EventKind.STEP_DONE: _fact("comment"),
    EventKind.STEP_SKIPPED: _skip,
    EventKind.CYCLE_ASKED: _fact("reason"),
    EventKind.CYCLE_SKIPPED: _fact("reason"),
    EventKind.CYCLE_KEPT: _fact("reason"),
    EventKind.STEP_ASSIGNED: _people,
    EventKind.STEP_RESCHEDULED: _moved,
    EventKind.ITEMS_TICKED: _ticked,
    EventKind.EVIDENCE_ADDED: _fact("title"),
    EventKind.COMMENT_ADDED: _fact("text"),
    EventKind.REQUESTED: _asked,
    EventKind.ACK_PRESSED: _asked,
    EventKind.DOCUMENT_FROZEN: _facts_of("version", "digest"),
    EventKind.DOCUMENT_SENT: _facts_of("name", "version"),
    EventKind.DOCUMENT_SIGNED: _signed,
    EventKind.DOCUMENT_NOTED: _facts_of("name", "text"),
    EventKind.CHANGES_ASKED: _facts_of("number", "name", "text"),
    EventKind.CHANGE_PRICED: _facts_of("number", "cost", "days"),
    EventKind.RUN_ESTABLISHED: _fact("code"),
}
