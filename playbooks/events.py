"""What can happen to a run: the lines of its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What can happen to a run, or to somebody's leave."""

    RUN_STARTED = "run_started"
    RUN_FINISHED = "run_finished"
    RUN_CANCELLED = "run_cancelled"
    RUN_PAUSED = "run_paused"
    RUN_RESUMED = "run_resumed"
    RUN_REOPENED = "run_reopened"
    RUN_MOVED = "run_moved"  # to another channel
    DATE_MOVED = "date_moved"  # the day that steps count from, and their dates with it
    PEOPLE_CHANGED = "people_changed"
    STEP_OPENED = "step_opened"
    STEP_ADDED = "step_added"  # one more of it, because somebody needs it
    STEP_BLOCKED = "step_blocked"  # a step it needs was opened again
    STEP_SUBMITTED = "step_submitted"  # a version waits for its decisions
    STEP_DONE = "step_done"
    STEP_SKIPPED = "step_skipped"
    STEP_SWITCHED = "step_switched"  # an answer made it needed, or not needed
    STEP_REOPENED = "step_reopened"
    STEP_ASSIGNED = "step_assigned"
    STEP_REROUTED = "step_rerouted"  # to who stands in for somebody away, or back
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
    ACK_PRESSED = "ack_pressed"  # a decision was not acknowledged: asked again
    REQUESTED = "requested"  # who was asked for what, about which version
    DOCUMENT_SAVED = "document_saved"  # answers in its draft, by the team
    DOCUMENT_FILLED = "document_filled"  # its draft, by somebody without Slack
    DOCUMENT_FROZEN = "document_frozen"  # a version nobody changes any more
    DOCUMENT_ASKED = "document_asked"  # all sides, to sign the newest version
    DOCUMENT_SENT = "document_sent"  # a link to one named person
    DOCUMENT_SIGNED = "document_signed"
    DOCUMENT_VOIDED = "document_voided"  # signatures on a version that was replaced
    DOCUMENT_NOTED = "document_noted"  # a remark of the client's
    DOCUMENT_CHASED = "document_chased"  # the client was reminded
    PAPER_RECORDED = "paper_recorded"  # to be witnessed
    CHANGES_ASKED = "changes_asked"  # by the client
    CHANGE_PRICED = "change_priced"
    CHANGE_WAIVED = "change_waived"
    RUN_ESTABLISHED = "run_established"  # signed by both sides: the project has its code
    PHASE_OPENED = "phase_opened"  # its first step is under way
    PHASE_ASKED = "phase_asked"  # it is over, and its gate is open to decide
    PHASE_PASSED = "phase_passed"
    PHASE_HELD = "phase_held"  # not yet, for a reason
    PHASE_UNDONE = "phase_undone"  # the pass was taken back
    PHASE_LAPSED = "phase_lapsed"  # a step of it was opened again
    PHASE_PRESSED = "phase_pressed"  # nobody answered: a reminder, an escalation
    EVERYTHING_HANDED = "everything_handed"  # all of somebody who leaves
    LEAVE_ASKED = "leave_asked"  # of the deputy
    LEAVE_ANSWERED = "leave_answered"
    LEAVE_ENDED = "leave_ended"  # before its last day, or before its first
    LEAVE_BEGUN = "leave_begun"  # what there was to do went to the deputy
    LEAVE_OVER = "leave_over"  # what is left came back
    SOMEBODY_LEFT = "somebody_left"
    HELP_ASKED = "help_asked"
    REMINDED = "reminded"
    REMINDER_HELD = "reminder_held"  # the owner has heard enough for a day
    STEP_SNOOZED = "step_snoozed"  # the owner wants to hear of it later
    ESCALATED = "escalated"  # the lead or the head hears that a step is late
    DIGESTED = "digested"  # one person hears of several things in one message
    DAY_TURNED = "day_turned"  # what is late or near is drawn anew
    CYCLE_OPENED = "cycle_opened"  # this run was started by its schedule
    CYCLE_ASKED = "cycle_asked"  # the head, to leave the next cycle out
    CYCLE_SKIPPED = "cycle_skipped"
    CYCLE_KEPT = "cycle_kept"  # the head wants it to take place, or did not answer in time
    CYCLE_FAILED = "cycle_failed"  # the next cycle could not be started
    CYCLES_STOPPED = "cycles_stopped"
    CYCLES_RESUMED = "cycles_resumed"
    TROUBLE = "trouble"  # Slack could not show something; the lead is told how to mend it


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a run's history; `by` is a Slack user id, "clock" or "outsider"."""

    kind: EventKind
    at: datetime
    by: str
    step: str = ""  # the step's key
    facts: Mapping[str, Any] = field(default_factory=dict)  # JSON values only
