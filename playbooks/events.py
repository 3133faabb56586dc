"""What can happen to a run: the lines of its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What can happen to a run."""

    RUN_STARTED = "run_started"
    RUN_FINISHED = "run_finished"
    RUN_CANCELLED = "run_cancelled"
    RUN_MOVED = "run_moved"  # to another channel
    PEOPLE_CHANGED = "people_changed"
    STEP_OPENED = "step_opened"
    STEP_BLOCKED = "step_blocked"  # a step it needs was opened again
    STEP_SUBMITTED = "step_submitted"  # a version waits for its decisions
    STEP_DONE = "step_done"
    STEP_SKIPPED = "step_skipped"
    STEP_SWITCHED = "step_switched"  # an answer made it needed, or not needed
    STEP_REOPENED = "step_reopened"
    STEP_ASSIGNED = "step_assigned"
    STEP_RESCHEDULED = "step_rescheduled"
    ITEMS_TICKED = "items_ticked"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_FROZEN = "evidence_frozen"  # its bytes are with us, or it is known that they are not
    SUBMISSION_CHANGED = "submission_changed"  # after it was handed in
    CHANGE_JUDGED = "change_judged"  # as minor or material, by who had decided
    COMMENT_ADDED = "comment_added"
    ANSWERS_SAVED = "answers_saved"  # a page of a long form
    GATE_CLOSED = "gate_closed"  # an answer keeps the step open
    GATE_OVERRIDDEN = "gate_overridden"
    DECIDED = "decided"  # an approver's decision, question or hand-over
    DECISION_UNDONE = "decision_undone"
    DECISION_TRIED = "decision_tried"  # by somebody whose turn it was not
    APPROVAL_PRESSED = "approval_pressed"  # nobody answered: a reminder, a stand-in, an escalation
    HELP_ASKED = "help_asked"
    REMINDED = "reminded"
    DAY_TURNED = "day_turned"  # what is late or near is drawn anew
    TROUBLE = "trouble"  # Slack could not show something; the lead is told how to mend it


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a run's history; `by` is a Slack user id, or "clock"."""

    kind: EventKind
    at: datetime
    by: str
    step: str = ""  # the step's key
    facts: Mapping[str, Any] = field(default_factory=dict)  # JSON values only
