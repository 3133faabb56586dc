"""Check how a bot answers an interaction at once (rules 29 and 30)."""

from typing import Any

from bot.sandbox.checker.faults import Fault, Report
from bot.sandbox.checker.jsons import kind_of, object_of
from bot.sandbox.checker.messages import check_response_body
from bot.sandbox.checker.views import add_view
from bot.sandbox.shapes import Json

ACTIONS = ("errors", "update", "push", "clear")
MOST_WORDS = 150


def check_ack(kind: str, body: Any, view: Json | None = None) -> list[Fault]:
    """Return what is wrong with an answer.

    `kind` is slash_commands, view_submission (of `view`), or another payload's type.
    """
    if not body:
        return []
    if kind == "view_submission":
        return _check_submission(body, view or {})
    if kind == "slash_commands":
        return _check_command(body)
    report = Report()
    report.error(29, "", f"{kind} takes no answer", "invalid_answer")
    return report.faults


def _check_command(body: Any) -> list[Fault]:
    report = Report()
    if isinstance(body, dict) and body.keys() == {"response_type"}:
        return []
    both = isinstance(body, dict) and body.get("attachments") and body.get("blocks")
    report.advise(not both, 30, "", "attachments and blocks together: the blocks are dropped")
    return report.faults + check_response_body(body)


def _check_submission(body: Any, view: Json) -> list[Fault]:
    report = Report("modal", "invalid_answer")
    body = object_of(body)
    action = body.get("response_action")
    if not report.need(action in ACTIONS, 29, "/response_action", "unknown response_action"):
        return report.faults
    extra = {"errors": {"errors"}, "update": {"view"}, "push": {"view"}, "clear": set()}
    report.keys(body, {"response_action"} | extra[str(action)], 29, "")
    if action == "errors":
        _check_errors(report, body.get("errors"), view)
    elif action in ("update", "push"):
        add_view(report, "/view", body.get("view"))
    return report.faults


def _check_errors(report: Report, errors: Any, view: Json) -> None:
    if not report.need(errors and isinstance(errors, dict), 29, "/errors", "names no field"):
        return
    inputs = [b.get("block_id") for b in view.get("blocks", []) if kind_of(b) == "input"]
    for block_id, text in object_of(errors).items():
        here = f"/errors/{block_id}"
        report.need(block_id in inputs, 29, here, "is no input of this view")
        report.size(text, MOST_WORDS, 29, here)
