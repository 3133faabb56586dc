"""An app manifest is whole and fits what the app does."""

from copy import deepcopy
from typing import Any

import pytest

from bot.sandbox.checker.manifest import check_manifest

Json = dict[str, Any]

MANIFEST: Json = {
    "_metadata": {"major_version": 2},
    "display_information": {"name": "SOP Bot", "background_color": "#38557a"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "SOP Bot"},
        "slash_commands": [{"command": "/sop", "description": "Run an SOP"}],
        "shortcuts": [
            {
                "name": "Start an SOP",
                "type": "global",
                "callback_id": "run.start",
                "description": "Open the form",
            }
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:history"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def spoiled(path: str, value: Any) -> Json:
    manifest = deepcopy(MANIFEST)
    *outer, last = path.split("/")
    place: Any = manifest
    for key in outer:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[last] = value
    return manifest


SPOILS: list[tuple[str, Any, str]] = [
    ("colour", "red", "additional property"),
    ("display_information/name", "A" * 36, "1 to 35"),
    ("display_information/background_color", "blue", "#rrggbb"),
    ("display_information/long_description", "short", "175 to 4000"),
    ("features/slash_commands/0/command", "sop", "begin with /"),
    ("features/slash_commands/0/description", "", "1 to 2000"),
    ("features/shortcuts/0/type", "local", "global or message"),
    ("features/shortcuts/0/name", "A" * 25, "1 to 24"),
    ("oauth_config/scopes/bot", ["commands", "commands"], "twice"),
    ("oauth_config/scopes/bot", ["chat:write", "im:history"], "slash commands need"),
    ("settings/event_subscriptions/bot_events", ["message.im"], "needs app_home_opened"),
    ("settings/event_subscriptions/bot_events", ["app_home_opened", "dawn"], "unknown event"),
    (
        "settings/event_subscriptions/bot_events",
        ["app_home_opened", "app_mention"],
        "app_mentions:read",
    ),
    ("features/app_home/messages_tab_enabled", False, "messages_tab_enabled"),
    ("settings/interactivity/is_enabled", None, "true or false"),
    ("settings/socket_mode_enabled", False, "https address"),
]


def test_a_whole_manifest_has_no_faults() -> None:
    methods = ["chat.postMessage", "views.open", "auth.test"]
    assert [str(fault) for fault in check_manifest(MANIFEST, methods)] == []


@pytest.mark.parametrize(("path", "value", "words"), SPOILS)
def test_each_spoiled_part_is_named(path: str, value: Any, words: str) -> None:
    faults = [str(fault) for fault in check_manifest(spoiled(path, value))]
    assert any(words in fault for fault in faults), faults


def test_news_of_files_needs_the_right_to_read_them() -> None:
    manifest = spoiled(
        "settings/event_subscriptions/bot_events", ["app_home_opened", "file_change"]
    )
    assert any("file_change needs files:read" in str(f) for f in check_manifest(manifest))


def test_a_method_without_its_scope_is_named() -> None:
    faults = check_manifest(MANIFEST, ["pins.add"])
    assert [(fault.rule, "pins:write" in fault.message) for fault in faults] == [(74, True)]
