"""Whatever an app sends, the checker answers; it never breaks."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.checker.acks import check_ack
from bot.sandbox.checker.blocks import BLOCKS
from bot.sandbox.checker.calls import check_call
from bot.sandbox.checker.elements import KEYS
from bot.sandbox.checker.manifest import check_manifest
from bot.sandbox.checker.messages import check_response_body
from bot.sandbox.checker.views import check_view
from tests.sandbox.test_checker_manifest import MANIFEST

WORDS = sorted(
    {"type", "text", "blocks", "elements", "element", "label", "options", "value", "rows", "chart"}
    | {"segments", "series", "data", "title", "child_blocks", "tasks", "confirm", "filter"}
    | {"accessory", "fields", "placeholder", "metadata", "event_payload", "attachments", "errors"}
    | set().union(*KEYS.values())
)
TYPES = sorted({*BLOCKS, *KEYS, "plain_text", "mrkdwn", "modal", "home", "pie", "bar", "raw_text"})
SCALARS = st.none() | st.booleans() | st.integers(-5, 200) | st.text(max_size=6)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    typed = st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)
    return st.builds(lambda kind, rest: rest | {"type": kind}, st.sampled_from(TYPES), typed)


JSON = st.recursive(
    SCALARS | st.sampled_from(TYPES),
    lambda inner: st.lists(inner, max_size=4) | _objects(inner),
    max_leaves=30,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(blocks=st.lists(_objects(JSON), max_size=4), view=_objects(JSON), body=JSON)
def test_any_json_is_judged(blocks: Any, view: Any, body: Any) -> None:
    calls = {"channel": "C0DEALER", "text": "Good morning all", "blocks": blocks, "metadata": body}
    results = [
        check_call("chat.postMessage", calls),
        check_view(view | {"blocks": blocks}),
        check_ack("view_submission", body, view | {"blocks": []}),
        check_response_body(body),
    ]
    assert all(isinstance(result, list) for result in results)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(part=st.sampled_from(sorted(MANIFEST)), value=JSON)
def test_any_manifest_is_judged(part: str, value: Any) -> None:
    assert isinstance(check_manifest(MANIFEST | {part: value}), list)
