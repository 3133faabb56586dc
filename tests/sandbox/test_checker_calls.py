"""Each rule about calls, messages and answers, broken once."""

from typing import Any

import pytest

from bot.sandbox.checker.acks import check_ack
from bot.sandbox.checker.calls import check_call
from bot.sandbox.checker.faults import Fault
from bot.sandbox.checker.messages import check_response_body
from tests.sandbox.samples import TEXT, field, modal, section

Json = dict[str, Any]
POST, UPDATE, PRIVATE = "chat.postMessage", "chat.update", "chat.postEphemeral"
TS = "1763604000.000100"
TRIGGER = "12.34.ab"
PLACE = {"channel": "C0DEALER"}
THERE = PLACE | {"ts": TS}


def post(**extra: Any) -> list[Fault]:
    return check_call(POST, PLACE | {"text": TEXT} | extra)


def metadata(payload: Any, kind: Any = "sopbot") -> Json:
    return {"event_type": kind, "event_payload": payload}


GOOD: dict[str, list[Fault]] = {
    "a message": post(blocks=[section()], unfurl_links=False, unfurl_media=False),
    "a direct message": check_call(POST, {"channel": "U0WANG", "text": TEXT}),
    "metadata": post(metadata=metadata({"key": "k", "list": [{"a": 1}], "flat": {"b": True}})),
    "removed metadata": check_call(UPDATE, THERE | {"text": TEXT, "metadata": {}, "blocks": []}),
    "a reply to all": post(thread_ts=TS, reply_broadcast=True),
    "a modal": check_call("views.open", {"trigger_id": TRIGGER, "view": modal()}),
    "a home tab": check_call(
        "views.publish", {"user_id": "U0LI", "view": {"type": "home", "blocks": []}}
    ),
    "a reaction": check_call("reactions.add", PLACE | {"timestamp": TS, "name": "eyes"}),
    "an upload": check_call(
        "files.getUploadURLExternal", {"filename": "a.png", "length": 9, "alt_txt": "Gantt"}
    ),
    "a file into a direct message": check_call(
        "files.completeUploadExternal",
        {"files": [{"id": "F1", "title": "Visual"}], "channel_id": "D0LI", "thread_ts": TS},
    ),
    "a plain ack": check_ack("view_submission", {}, modal()),
    "errors": check_ack(
        "view_submission",
        {"response_action": "errors", "errors": {"name": "Taken"}},
        modal(field()),
    ),
    "an update": check_ack("view_submission", {"response_action": "update", "view": modal()}),
    "an echo": check_ack("slash_commands", {"response_type": "in_channel"}),
    "a private answer": check_response_body({"text": TEXT, "replace_original": True}),
    "a deletion": check_response_body({"delete_original": True}),
}

E, W = "E", "W"
BAD: list[tuple[int, str, str, list[Fault]]] = [
    (1, E, "unknown_method", check_call("chat.scream", {})),
    (1, E, "invalid_arguments", post(colour="red")),
    (1, E, "invalid_arguments", post(unfurl_links="maybe")),
    (1, E, "channel_not_found", check_call(POST, {"text": TEXT})),
    (1, E, "user_not_found", check_call(PRIVATE, PLACE | {"text": TEXT})),
    (2, E, "channel_not_found", check_call(POST, {"channel": "#general", "text": TEXT})),
    (2, E, "channel_not_found", check_call(UPDATE, {"channel": "U0LI", "ts": TS, "text": TEXT})),
    (2, E, "message_not_found", check_call(UPDATE, PLACE | {"ts": "1.2", "text": TEXT})),
    (3, E, "no_text", check_call(POST, PLACE)),
    (3, E, "no_text", check_call(POST, PLACE | {"text": "", "blocks": []})),
    (4, E, "markdown_text_conflict", post(markdown_text="# a")),
    (4, E, "msg_too_long", check_call(POST, PLACE | {"markdown_text": "x" * 12_001})),
    (5, W, "", check_call(POST, PLACE | {"blocks": [section()]})),
    (5, W, "", post(text=":tada: <@U0WANG>")),
    (6, E, "msg_too_long", post(text="x" * 40_001)),
    (6, W, "", post(text="x" * 4001)),
    (6, E, "msg_too_long", check_call(UPDATE, THERE | {"text": "x" * 4001})),
    (7, E, "too_many_attachments", post(attachments=[{}] * 101)),
    (7, W, "", post(attachments=[{"color": "#fff"}])),
    (8, E, "invalid_attachments", check_call(
        PRIVATE, PLACE | {"user": "U0LI", "text": TEXT, "attachments": [{"blocks": [section()]}]}
    )),
    (8, W, "", check_call(
        PRIVATE, PLACE | {"user": "U0LI", "text": TEXT, "metadata": metadata({})}
    )),
    (9, E, "invalid_arguments", post(reply_broadcast=True)),
    (9, E, "no_dual_broadcast_content_update",
     check_call(UPDATE, THERE | {"text": TEXT, "reply_broadcast": True})),
    (10, E, "invalid_metadata_format", post(metadata=metadata({}, kind="two words"))),
    (10, E, "invalid_metadata_format", post(metadata={"event_type": "sopbot"})),
    (10, E, "invalid_metadata_schema", post(metadata=metadata({"list": ["a", "b"]}))),
    (10, E, "invalid_metadata_format", post(metadata=metadata({"api_token": "x"}))),
    (10, W, "", post(metadata=metadata({"key": "x" * 4000}))),
    (11, W, "", post(text="See https://a.example now")),
    (11, W, "", post(link_names=True)),
    (13, E, "invalid_name", check_call("reactions.add", PLACE | {"timestamp": TS, "name": ":a:"})),
    (13, E, "too_many_users", check_call(
        "conversations.invite", PLACE | {"users": [f"U0{n}" for n in range(101)]}
    )),
    (14, E, "missing_argument", check_call(
        "files.getUploadURLExternal", {"filename": "a.csv", "length": 0}
    )),
    (14, E, "alt_txt_too_large", check_call(
        "files.getUploadURLExternal", {"filename": "a.png", "length": 1, "alt_txt": "x" * 1001}
    )),
    (14, W, "", check_call("files.getUploadURLExternal", {"filename": "a.png", "length": 1})),
    (14, E, "invalid_arguments", check_call(
        "files.completeUploadExternal",
        {"files": [{"id": "F1"}], "channels": ["C0DEALER", "C0MARKET"], "thread_ts": TS},
    )),
    (14, E, "channel_not_found", check_call(
        "files.completeUploadExternal", {"files": [{"id": "F1"}], "channel_id": "U0LI"}
    )),
    (14, E, "invalid_arguments", check_call(
        "files.completeUploadExternal", {"files": ["F1"], "channel_id": "C0DEALER"}
    )),
    (15, E, "invalid_limit", check_call("conversations.history", PLACE | {"limit": 1000})),
    (15, W, "", check_call("conversations.history", PLACE | {"limit": 500})),
    (16, E, "invalid_trigger_id", check_call("views.open", {"view": modal()})),
    (16, E, "invalid_arguments", check_call("views.update", {"view": modal()})),
    (16, E, "invalid_arguments", check_call("views.publish", {"user_id": "U0LI", "view": modal()})),
    (21, E, "invalid_arguments", post(text="the token is " + "xoxb-" + "1234567890")),
    (23, E, "invalid_arguments", check_call(
        "views.open", {"trigger_id": TRIGGER, "view": {"type": "modal", "blocks": [section()]}}
    )),
    (29, E, "invalid_answer", check_ack("view_submission", {"response_action": "vanish"})),
    (29, E, "invalid_answer", check_ack(
        "view_submission", {"response_action": "errors", "errors": {"x": "y"}}, modal(field())
    )),
    (29, E, "invalid_answer", check_ack(
        "view_submission", {"response_action": "errors", "errors": {}}, modal(field())
    )),
    (29, E, "invalid_answer", check_ack("block_actions", {"text": TEXT})),
    (30, W, "", check_ack("slash_commands", {
        "text": TEXT, "blocks": [section()], "attachments": [{"color": "#fff"}]
    })),
    (1, E, "invalid_payload", check_response_body({"text": TEXT, "channel": "C1"})),
    (3, E, "no_text", check_response_body({"replace_original": True})),
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_right_call_or_answer_has_no_faults(name: str) -> None:
    assert [str(fault) for fault in GOOD[name]] == []


@pytest.mark.parametrize(("rule", "severity", "error", "faults"), BAD)
def test_each_rule_has_slacks_own_error_name(
    rule: int, severity: str, error: str, faults: list[Fault]
) -> None:
    found = [(fault.rule, fault.severity, fault.error) for fault in faults]
    assert (rule, severity, error) in found


@pytest.mark.parametrize(
    "args",
    [
        {"text": 7},
        {"text": TEXT, "blocks": "x"},
        {"text": TEXT, "blocks": [None, 1, {"type": ["a"]}, {"type": "section", "text": 1}]},
        {"text": TEXT, "metadata": []},
        {"text": TEXT, "attachments": "x"},
        {"text": TEXT, "blocks": [{"type": "actions", "elements": [{"type": {}}]}]},
        {"text": TEXT, "blocks": [{"type": "table", "rows": [1, [{"type": "rich_text"}]]}]},
        {"text": TEXT, "blocks": [{"type": "data_visualization", "chart": {"type": "pie"}}]},
    ],
)
def test_nonsense_is_refused_and_never_breaks_the_checker(args: Json) -> None:
    faults = check_call(POST, PLACE | args)
    assert any(fault.severity == "E" for fault in faults)
