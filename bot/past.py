"""What asked somebody to act and is over: it keeps its place and loses its buttons."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from bot.refs import OnceKey
from bot.saying import Audience, Saying
from bot.views.decision_notices import build_gate_message
from bot.views.notices import build_past_trouble
from bot.views.reminders import build_past_message
from playbooks.acknowledgements import acknowledgements
from playbooks.answers import closed_gates
from playbooks.run import Event, EventKind, Run, RunStatus, Step, StepStatus

# After which it no longer matters who owned a step.
_LEFT = frozenset({
    EventKind.STEP_DONE, EventKind.STEP_SKIPPED, EventKind.STEP_REOPENED, EventKind.STEP_BLOCKED,
    EventKind.STEP_ASSIGNED,
})  # fmt: skip
# What an event of the step makes obsolete that was said with buttons, by the kind in its key.
_SETTLED_BY: Mapping[str, frozenset[EventKind]] = {
    EventKind.REMINDED: _LEFT
    | {
        EventKind.STEP_RESCHEDULED,
        EventKind.HELP_ASKED,
        EventKind.STEP_SNOOZED,
    },
    EventKind.ESCALATED: _LEFT | {EventKind.STEP_RESCHEDULED, EventKind.HELP_ASKED},
    EventKind.TROUBLE: _LEFT,
    EventKind.APPROVAL_PRESSED: _LEFT | {EventKind.DECIDED, EventKind.STEP_SUBMITTED},
    EventKind.GATE_CLOSED: _LEFT | {EventKind.GATE_OVERRIDDEN, EventKind.STEP_SUBMITTED},
    EventKind.ACK_PRESSED: frozenset({EventKind.DECIDED, EventKind.DECISION_UNDONE}),
}
_NOTICES = {EventKind.TROUBLE, EventKind.GATE_CLOSED}
_ENDED = frozenset({EventKind.RUN_CANCELLED, EventKind.RUN_FINISHED})


def as_past(saying: Saying, run: Run, step: Step, readers: Audience) -> Saying:
    """In place of something with buttons, if it stands there: where the step has come to."""
    language = readers.language_of(saying.to, run)
    draw = partial(build_past_message, run, step, language=language, zones=readers.zones)
    return replace(saying, draw=draw, living=True, create=False)


def past(event: Event, number: int, run: Run, key: OnceKey, readers: Audience) -> Iterator[Saying]:
    """What stands there with buttons, without them, if the event has settled it."""
    if key.number >= number or key.kind not in _SETTLED_BY or not _settles(event, run, key):
        return
    step, language = run.step(key.step), readers.language_of(key.person, run)
    old = Saying(
        str(key), "notice" if key.kind in _NOTICES else "reminder",
        step.id if step else run.playbook.id, lambda at: build_past_trouble(run, language),
        living=True, create=False, to=key.person,
    )  # fmt: skip
    if step and key.kind == EventKind.GATE_CLOSED and _is_shut(run, step):
        yield replace(old, draw=lambda at: build_gate_message(run, step, language))
    else:
        yield as_past(old, run, step, readers) if step else old


def _is_shut(run: Run, step: Step) -> bool:
    """Whether of several gates others are closed still, once one is overridden."""
    under_way = step.status is StepStatus.ACTIVE and run.status is RunStatus.ACTIVE
    return under_way and bool(closed_gates(run, step))


def _is_read(event: Event, step: Step, person: str) -> bool:
    """Whether somebody has nothing more to acknowledge on a step since an event."""
    if event.kind not in _SETTLED_BY[EventKind.ACK_PRESSED]:
        return False
    return not any(person in told.open for told in acknowledgements(step))


def _is_moved(event: Event, step: str) -> bool:
    return any(key == step for key, _, _ in event.facts["moved"])


def _settles(event: Event, run: Run, key: OnceKey) -> bool:
    step = run.step(key.step)
    if step is None:
        return event.kind in _ENDED | {EventKind.RUN_MOVED}
    if key.kind == EventKind.ACK_PRESSED:  # whose step may be closed, even its run ended
        return event.step == key.step and _is_read(event, step, key.person)
    if event.kind is EventKind.DATE_MOVED:
        return key.kind == EventKind.REMINDED and _is_moved(event, key.step)
    if event.kind in _ENDED:
        return not step.is_closed  # else it was settled when the step was closed
    return event.step == key.step and event.kind in _SETTLED_BY[key.kind]
