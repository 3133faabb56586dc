"""Check messages (rules 3 to 11, 32), posted by a call or to a response URL."""

import json
import re
from typing import Any

from bot.sandbox.checker.blocks import check_blocks
from bot.sandbox.checker.faults import Fault, Report
from bot.sandbox.checker.jsons import object_of, objects_of
from bot.sandbox.checker.markup import check_markup
from bot.sandbox.checker.texts import WORD
from bot.sandbox.shapes import Json

MOST_BLOCKS = 50
LONG, TRUNCATED, METADATA_BYTES = 4000, 40_000, 4000
EVENT_TYPE = re.compile(r"[A-Za-z0-9_]{1,50}")
SECRET_KEY = re.compile(r"token|secret|password|api_?key", re.IGNORECASE)
LINK = re.compile(r"https?://")
RESPONSE_KEYS = {
    "text", "blocks", "attachments", "response_type", "replace_original", "delete_original",
    "thread_ts", "unfurl_links", "unfurl_media", "metadata", "mrkdwn",
}  # fmt: skip


def check_message(
    args: Json, *, method: str = "chat.postMessage", allow_broadcast: bool = False
) -> list[Fault]:
    """Return what is wrong with the content of a message."""
    report = Report(allow_broadcast=allow_broadcast)
    _check_content(report, args, most=LONG if method == "chat.update" else TRUNCATED)
    _check_flags(report, method, args)
    if args.get("metadata", {}) != {}:
        _check_metadata(report, args["metadata"])
    if method == "chat.postEphemeral":
        report.advise(not args.get("metadata"), 8, "/metadata", "is not kept on ephemerals")
    return report.faults


def check_response_body(body: Any) -> list[Fault]:
    """Return what is wrong with a post to a response URL."""
    report = Report()
    if not report.need(isinstance(body, dict), 3, "", "must be an object", "invalid_payload"):
        return report.faults
    for key in body.keys() - RESPONSE_KEYS:
        report.error(1, f"/{key}", f"unknown field: {key}", "invalid_payload")
    kind = body.get("response_type")
    report.choice(kind, ("ephemeral", "in_channel"), 1, "/response_type")
    if body.get("delete_original"):
        alone = body.keys() <= {"delete_original", "response_type", "replace_original", "text"}
        report.need(alone, 1, "", "delete_original stands alone", "invalid_payload")
        return report.faults
    _check_content(report, body, most=TRUNCATED)
    return report.faults


def _check_content(report: Report, args: Json, *, most: int) -> None:
    text, blocks, attachments = (args.get(key) for key in ("text", "blocks", "attachments"))
    markdown = args.get("markdown_text")
    report.need(text or blocks or attachments or markdown, 3, "", "no text", "no_text")
    if markdown:
        report.need(not text and not blocks, 4, "", "with text or blocks", "markdown_text_conflict")
        report.need(len(str(markdown)) <= 12_000, 4, "", "markdown_text too long", "msg_too_long")
    elif report.need(isinstance(text or "", str), 3, "/text", "must be text", "invalid_arguments"):
        _check_words(report, text or "", most)
    if blocks is not None:
        check_blocks(report, "/blocks", blocks, most=MOST_BLOCKS, rule=32)
    if attachments:
        _check_attachments(report, attachments)


def _check_words(report: Report, text: str, most: int) -> None:
    told = len(text.strip()) >= 10 and WORD.search(re.sub(r"<[^>]*>|:\w+:", "", text))
    report.advise(told, 5, "/text", "text must say it all to readers without blocks")
    report.need(len(text) <= most, 6, "/text", f"longer than {most} characters", "msg_too_long")
    report.advise(len(text) <= LONG, 6, "/text", f"longer than {LONG} characters")
    check_markup(report, "/text", text)


def _check_attachments(report: Report, attachments: Any) -> None:
    if not report.need(isinstance(attachments, list), 7, "", "no list", "invalid_attachments"):
        return
    report.need(len(attachments) <= 100, 7, "", "more than 100", "too_many_attachments")
    report.warn(7, "/attachments", "attachments are a thing of the past")
    for place, one in enumerate(attachments):
        blocks = object_of(one).get("blocks")
        if blocks is not None:
            path = f"/attachments/{place}/blocks"
            check_blocks(report, path, blocks, most=MOST_BLOCKS, rule=32)


def _check_flags(report: Report, method: str, args: Json) -> None:
    broadcast = bool(args.get("reply_broadcast"))
    if method == "chat.update":
        content = args.get("text") or args.get("blocks")
        error = "no_dual_broadcast_content_update"
        report.need(not (broadcast and content), 9, "/reply_broadcast", "with new content", error)
    elif broadcast:
        threaded = args.get("thread_ts")
        report.need(threaded, 9, "/reply_broadcast", "needs thread_ts", "invalid_arguments")
    if method == "chat.postMessage" and LINK.search(json.dumps(args.get("blocks") or args)):
        told = "unfurl_links" in args and "unfurl_media" in args
        report.advise(told, 11, "", "say whether links unfurl")
    parsed = args.get("link_names") or args.get("parse") == "full"
    report.advise(not parsed, 11, "", "link_names and parse=full turn words into mentions")
    if method == "chat.postEphemeral" and args.get("attachments"):
        held = any(one.get("blocks") for one in objects_of(args["attachments"]))
        report.need(not held, 8, "/attachments", "blocks in attachments", "invalid_attachments")


def _check_metadata(report: Report, metadata: Any) -> None:
    bad = "invalid_metadata_format"
    if not report.need(isinstance(metadata, dict), 10, "/metadata", "must be an object", bad):
        return
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    exact = metadata.keys() == {"event_type", "event_payload"}
    report.need(exact, 10, "/metadata", "needs event_type and event_payload only", bad)
    named = isinstance(kind, str) and EVENT_TYPE.fullmatch(kind)
    report.need(named, 10, "/metadata/event_type", "must be a short name", bad)
    if not report.need(isinstance(payload, dict), 10, "/metadata/event_payload", "no object", bad):
        return
    for key, value in object_of(payload).items():
        here = f"/metadata/event_payload/{key}"
        report.need(_is_flat(value), 10, here, "too deep", "invalid_metadata_schema")
        report.need(not SECRET_KEY.search(str(key)), 10, here, "everybody reads metadata", bad)
    weight = len(json.dumps(metadata).encode())
    report.advise(weight <= METADATA_BYTES, 10, "/metadata", f"more than {METADATA_BYTES} bytes")


def _is_flat(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, dict) and _is_flat(one) for one in value)
    if isinstance(value, dict):
        return all(isinstance(one, str | int | float) for one in value.values())
    return isinstance(value, str | int | float)
