"""What each id leads to."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.ids import ActionId, ViewId
from bot.listeners import (
    amendments,
    approvals,
    away,
    channels,
    commands,
    cycles,
    documents,
    done,
    evidence,
    exporting,
    feeds,
    handovers,
    home,
    items,
    moving,
    nods,
    on_demand,
    pausing,
    phases,
    plans,
    runs,
    settings,
    signatures,
    steps,
)
from bot.listeners.requests import Request
from bot.views.blocks import Message
from playbooks.run import Refused

Handler = Callable[[Request], Awaitable[Message | None]]
FormHandler = Callable[[Request], Awaitable[dict[str, Any] | None]]  # the form that follows it
EventHandler = Callable[[Request, Mapping[str, Any]], Awaitable[None]]

# The forms that follow what is chosen in them.
FIELDS: Mapping[str, Handler] = {
    ViewId.RUN_START: runs.handle_start_field,
    ViewId.RUN_MOVE_DATE: moving.handle_move_field,
}


async def handle_field(request: Request) -> Message | None:
    """Draw a form anew when something was chosen in it."""
    return await FIELDS.get(str(request.view.get("callback_id")), unknown_action)(request)


ACTIONS: Mapping[str, Handler] = {
    ActionId.STEP_DONE: done.handle_done_button,
    ActionId.STEP_OPEN: on_demand.handle_open_button,
    ActionId.STEP_REOPEN: steps.handle_reopen_button,
    ActionId.STEP_SKIP: steps.handle_skip_button,
    ActionId.STEP_SNOOZE: steps.handle_snooze_button,
    ActionId.STEP_RESCHEDULE: steps.handle_reschedule_button,
    ActionId.STEP_ASSIGN: steps.handle_assign_button,
    ActionId.STEP_HELP: steps.handle_help_button,
    ActionId.STEP_EVIDENCE: steps.handle_evidence_button,
    ActionId.STEP_COMMENT: steps.handle_comment_button,
    ActionId.ITEM_TOGGLE: items.handle_items,
    ActionId.FORM_FILL: documents.handle_fill_button,
    ActionId.FORM_SEND: documents.handle_invite_button,
    ActionId.SIGN_SIGN: signatures.handle_sign_button,
    ActionId.SIGN_SEND: signatures.handle_send_button,
    ActionId.SIGN_PAPER: signatures.handle_paper_button,
    ActionId.SIGN_WITNESS: signatures.handle_witness_button,
    ActionId.SIGN_CHANGES: signatures.handle_changes_button,
    ActionId.SIGN_PRICE: signatures.handle_price_button,
    ActionId.SIGN_WAIVE: signatures.handle_waive_button,
    ActionId.SIGN_READ: documents.handle_read_button,
    ActionId.SIGN_COMMENT: documents.handle_invite_button,
    ActionId.SIGN_PRINT: documents.handle_print_button,
    ActionId.EVIDENCE_KEEP: evidence.handle_keep_button,
    ActionId.GATE_OVERRIDE: approvals.handle_override_button,
    ActionId.APPROVAL_APPROVE: approvals.handle_approve_button,
    ActionId.APPROVAL_CHANGES: approvals.handle_changes_button,
    ActionId.APPROVAL_ASK: approvals.handle_ask_button,
    ActionId.APPROVAL_ANSWER: approvals.handle_answer_button,
    ActionId.APPROVAL_REJECT: approvals.handle_reject_button,
    ActionId.APPROVAL_DELEGATE: approvals.handle_delegate_button,
    ActionId.APPROVAL_UNDO: approvals.handle_undo_button,
    ActionId.CHANGE_MINOR: amendments.handle_minor_button,
    ActionId.CHANGE_MATERIAL: amendments.handle_material_button,
    ActionId.HANDOVER_ACCEPT: handovers.handle_accept_button,
    ActionId.HANDOVER_RETURN: handovers.handle_return_button,
    ActionId.HANDOVER_DECIDE: handovers.handle_decide_button,
    ActionId.ACK_CONFIRM: handovers.handle_confirm_button,
    ActionId.REPLY_RECORD: approvals.handle_record_button,
    ActionId.PHASE_GO: phases.handle_pass_button,
    ActionId.PHASE_HOLD: phases.handle_hold_button,
    ActionId.PHASE_UNDO: phases.handle_undo_button,
    ActionId.RUN_STEPS: runs.handle_steps_button,
    ActionId.RUN_STATUS: runs.handle_status_button,
    ActionId.RUN_MOVE_DATE: moving.handle_move_button,
    ActionId.RUN_PAUSE: pausing.handle_pause_button,
    ActionId.RUN_RESUME: pausing.handle_resume_button,
    ActionId.RUN_REOPEN: pausing.handle_reopen_button,
    ActionId.RUN_EXPORT: exporting.handle_export_button,
    ActionId.RUN_CANCEL: runs.handle_cancel_button,
    ActionId.RUN_ROLES: runs.handle_roles_button,
    ActionId.RUN_JOIN: channels.handle_join_button,
    ActionId.RUN_INVITE: channels.handle_invite_button,
    ActionId.RUN_CHANNEL: channels.handle_channel_button,
    ActionId.CYCLE_SKIP: cycles.handle_skip_button,
    ActionId.CYCLE_STOP: cycles.handle_stop_button,
    ActionId.CYCLE_RESUME: cycles.handle_resume_button,
    ActionId.CYCLE_AGREE: cycles.handle_agree_button,
    ActionId.CYCLE_DISAGREE: cycles.handle_disagree_button,
    ActionId.PLAN_SHOW: plans.handle_plan_button,
    ActionId.HOME_START: runs.handle_start_button,
    ActionId.HOME_LANGUAGE: home.handle_language,
    ActionId.HOME_PAGE: home.handle_page,
    ActionId.HOME_SETTINGS: settings.open_settings,
    ActionId.FEED_MAKE: feeds.handle_make_button,
    ActionId.FEED_REVOKE: feeds.handle_revoke_button,
    ActionId.DAYS_OPEN: settings.open_days,
    ActionId.DAY_REMOVE: settings.handle_day_remove,
    ActionId.AWAY_ACCEPT: away.handle_accept_button,
    ActionId.AWAY_DECLINE: away.handle_decline_button,
    ActionId.AWAY_CHANGE: away.handle_change_button,
    ActionId.AWAY_BACK: away.handle_back_button,
    ActionId.AWAY_LEAVER: away.handle_leaver_button,
    ActionId.MENU_MY: commands.show_my_work,
    ActionId.MENU_HELP: commands.show_help,
    ActionId.FIELD: handle_field,
}
VIEWS: Mapping[str, FormHandler] = {
    ViewId.RUN_START: runs.handle_start_form,
    ViewId.RUN_MOVE_DATE: moving.handle_move_form,
    ViewId.RUN_PAUSE: pausing.handle_pause_form,
    ViewId.RUN_RESUME: pausing.handle_resume_form,
    ViewId.RUN_REOPEN: pausing.handle_reopen_form,
    ViewId.RUN_EXPORT: exporting.handle_export_form,
    ViewId.RUN_CANCEL: runs.handle_cancel_form,
    ViewId.RUN_ROLES: runs.handle_roles_form,
    ViewId.RUN_CHANNEL: channels.handle_channel_form,
    ViewId.STEP_DONE: done.handle_done_form,
    ViewId.STEP_OPEN: on_demand.handle_open_form,
    ViewId.STEP_SKIP: steps.handle_skip_form,
    ViewId.STEP_ASSIGN: steps.handle_assign_form,
    ViewId.STEP_SNOOZE: steps.handle_snooze_form,
    ViewId.STEP_RESCHEDULE: steps.handle_reschedule_form,
    ViewId.STEP_EVIDENCE: evidence.handle_evidence_form,
    ViewId.STEP_COMMENT: steps.handle_comment_form,
    ViewId.FORM_FILL: documents.handle_fill_form,
    ViewId.FORM_SEND: documents.handle_invite_form,
    ViewId.SIGN_SIGN: signatures.handle_sign_form,
    ViewId.SIGN_SEND: signatures.handle_send_form,
    ViewId.SIGN_PAPER: signatures.handle_paper_form,
    ViewId.SIGN_CHANGES: signatures.handle_changes_form,
    ViewId.SIGN_PRICE: signatures.handle_price_form,
    ViewId.SIGN_COMMENT: documents.handle_invite_form,
    ViewId.MESSAGE_EVIDENCE: evidence.handle_message_form,
    ViewId.SETTINGS_EDIT: settings.handle_settings_form,
    ViewId.DAYS_EDIT: settings.handle_days_form,
    ViewId.GATE_OVERRIDE: approvals.handle_override_form,
    ViewId.HANDOVER_RETURN: handovers.handle_return_form,
    ViewId.HANDOVER_DECIDE: handovers.handle_decide_form,
    ViewId.PHASE_GO: phases.handle_pass_form,
    ViewId.PHASE_HOLD: phases.handle_hold_form,
    ViewId.CYCLE_SKIP: cycles.handle_skip_form,
    ViewId.APPROVAL_CHANGES: approvals.handle_changes_form,
    ViewId.APPROVAL_ASK: approvals.handle_ask_form,
    ViewId.APPROVAL_ANSWER: approvals.handle_answer_form,
    ViewId.APPROVAL_REJECT: approvals.handle_reject_form,
    ViewId.APPROVAL_DELEGATE: approvals.handle_delegate_form,
    ViewId.AWAY_SET: away.handle_away_form,
    ViewId.AWAY_LEAVER: away.handle_leaver_form,
    ViewId.AWAY_CONFIRM: away.handle_confirm_form,
}
SHORTCUTS: Mapping[str, Handler] = {
    ViewId.RUN_START: runs.handle_start_shortcut,
    ViewId.MESSAGE_EVIDENCE: evidence.handle_message_shortcut,
}


async def handle_thread_message(request: Request, event: Mapping[str, Any]) -> None:
    """Look at what somebody says in a thread: proof of work, or a nod at a request."""
    await evidence.offer_evidence(request, event)
    await nods.offer_buttons(request, event)


EVENTS: Mapping[str, EventHandler] = {
    "app_home_opened": home.handle_opened,
    "message": handle_thread_message,
    "reaction_added": nods.handle_reaction,
    "file_change": amendments.note_file_news,
    "file_deleted": amendments.note_file_news,
    "member_joined_channel": channels.handle_joined,
    "member_left_channel": channels.handle_left,
    "channel_left": channels.handle_removed,
    "group_left": channels.handle_removed,
}
# What befalls the bot itself, or of which Slack does not say who did it.
NAMELESS = {"channel_left", "group_left", "file_change", "file_deleted"}


def event_handler(event: Mapping[str, Any], *, by_person: bool) -> EventHandler | None:
    """What an event leads to; of all that is said, only what stands in threads is looked at."""
    kind = str(event.get("type"))
    if kind == "message" and not event.get("thread_ts"):
        return None
    return EVENTS.get(kind) if by_person or kind in NAMELESS else None


async def act(request: Request) -> Message | None:
    """Do what was pressed or chosen."""
    return await ACTIONS.get(request.action_id, unknown_action)(request)


async def submit(request: Request) -> dict[str, Any] | None:
    """Take a form in."""
    return await VIEWS.get(str(request.view.get("callback_id")), unknown_action)(request)


async def use_shortcut(request: Request) -> Message | None:
    """Do what a shortcut is for."""
    return await SHORTCUTS.get(str(request.body.get("callback_id")), unknown_action)(request)


async def unknown_action(request: Request) -> None:
    """A button of a version long gone."""
    raise Refused("stale_button")
