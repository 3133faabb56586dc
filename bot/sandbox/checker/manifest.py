"""Check an app manifest (rules 72 and 74)."""

import re
from collections.abc import Collection
from typing import Any

from bot.sandbox.checker.faults import Fault, Report
from bot.sandbox.checker.jsons import is_unique, items_of, object_of, objects_of
from bot.sandbox.checker.methods import METHODS
from bot.sandbox.shapes import Json

TOP_KEYS = {
    "$schema", "_metadata", "display_information", "features", "oauth_config", "settings",
    "app_directory", "functions", "workflows", "datastores", "outgoing_domains", "types",
    "external_auth_providers", "mcp_servers",
}  # fmt: skip
COMMAND_KEYS = {"command": 32, "description": 2000, "usage_hint": 1000, "url": 3000}
SHORTCUT_KEYS = {"name": 24, "callback_id": 255, "description": 150}
COLOR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "channel_id_changed": (),
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "file_shared": ("files:read",),
    "file_change": ("files:read",),
    "file_deleted": ("files:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
}


def check_manifest(manifest: Any, methods: Collection[str] = ()) -> list[Fault]:
    """Return what is wrong with a manifest, also for the `methods` the app calls."""
    report = Report(error_name="invalid_manifest")
    if not report.need(isinstance(manifest, dict), 72, "", "must be an object"):
        return report.faults
    report.keys(manifest, TOP_KEYS, 72, "")
    features, settings = _part(manifest, "features"), _part(manifest, "settings")
    scopes = _part(_part(manifest, "oauth_config"), "scopes")
    _check_display(report, _part(manifest, "display_information"))
    _check_features(report, features)
    _check_scopes(report, scopes)
    _check_settings(report, settings)
    granted = {*_names(scopes, "bot"), *_names(scopes, "bot_optional")}
    events = _names(_part(settings, "event_subscriptions"), "bot_events")
    _check_events(report, events, granted, features)
    _check_urls(report, features, settings)
    for method in sorted(methods):
        needed = METHODS[method].scopes
        message = f"{method} needs {' or '.join(needed)}"
        report.need(not needed or granted.intersection(needed), 74, "/oauth_config", message)
    return report.faults


def _part(value: Json, key: str) -> Json:
    return object_of(value.get(key))


def _names(value: Json, key: str) -> list[str]:
    return [one for one in items_of(value.get(key)) if isinstance(one, str)]


def _check_display(report: Report, display: Json) -> None:
    here = "/display_information"
    known = {"name", "description", "long_description", "background_color"}
    report.keys(display, known, 72, here)
    report.size(display.get("name"), 35, 72, f"{here}/name")
    if "description" in display:
        report.size(display["description"], 140, 72, f"{here}/description")
    if "long_description" in display:
        report.size(display["long_description"], 4000, 72, f"{here}/long_description", least=175)
    color = display.get("background_color", "#000")
    report.need(COLOR.fullmatch(str(color)), 72, f"{here}/background_color", "must be #rrggbb")


def _check_features(report: Report, features: Json) -> None:
    report.size(_part(features, "bot_user").get("display_name"), 80, 72, "/features/bot_user")
    for place, one in enumerate(objects_of(features.get("slash_commands"))):
        here = f"/features/slash_commands/{place}"
        report.keys(one, COMMAND_KEYS.keys() | {"should_escape"}, 72, here)
        _check_texts(report, here, one, COMMAND_KEYS, ("command", "description"))
        slash = str(one.get("command", "")).startswith("/")
        report.need(slash, 72, f"{here}/command", "must begin with /")
    shortcuts = features.get("shortcuts", [])
    report.size(shortcuts, 10, 72, "/features/shortcuts", least=0)
    for place, one in enumerate(objects_of(shortcuts)):
        here = f"/features/shortcuts/{place}"
        report.keys(one, SHORTCUT_KEYS.keys() | {"type"}, 72, here)
        _check_texts(report, here, one, SHORTCUT_KEYS, tuple(SHORTCUT_KEYS))
        known = one.get("type") in ("global", "message")
        report.need(known, 72, f"{here}/type", "must be global or message")


def _check_texts(
    report: Report, path: str, value: Json, limits: dict[str, int], required: tuple[str, ...]
) -> None:
    for key, most in limits.items():
        if key in value or key in required:
            report.size(value.get(key), most, 72, f"{path}/{key}")


def _check_scopes(report: Report, scopes: Json) -> None:
    here = "/oauth_config/scopes"
    report.keys(scopes, {"bot", "user", "bot_optional", "user_optional"}, 72, here)
    for kind, named in scopes.items():
        if report.size(named, 255, 72, f"{here}/{kind}", least=0):
            report.need(is_unique(items_of(named)), 72, f"{here}/{kind}", "a scope twice")
            short = all(isinstance(one, str) and 1 <= len(one) <= 50 for one in items_of(named))
            report.need(short, 72, f"{here}/{kind}", "a scope has 1 to 50 characters")


def _check_settings(report: Report, settings: Json) -> None:
    for key in ("socket_mode_enabled", "org_deploy_enabled", "token_rotation_enabled"):
        flag = isinstance(settings.get(key, False), bool)
        report.need(flag, 72, f"/settings/{key}", "must be true or false")
    enabled = _part(settings, "interactivity").get("is_enabled")
    here = "/settings/interactivity/is_enabled"
    report.need(isinstance(enabled, bool), 72, here, "must be true or false")


def _check_events(report: Report, events: list[str], granted: set[str], features: Json) -> None:
    here = "/settings/event_subscriptions/bot_events"
    report.size(events, 100, 72, here, least=0)
    report.need(is_unique(events), 72, here, "an event twice")
    for event in events:
        if report.need(event in EVENT_SCOPES, 72, here, f"unknown event: {event}"):
            needed = EVENT_SCOPES[event]
            heard = not needed or granted.intersection(needed)
            report.need(heard, 72, here, f"{event} needs {' or '.join(needed)}")
    commanded = not features.get("slash_commands") or "commands" in granted
    report.need(commanded, 72, "/oauth_config/scopes/bot", "slash commands need commands")
    home = _part(features, "app_home")
    greeted = not home.get("home_tab_enabled") or "app_home_opened" in events
    report.need(greeted, 72, here, "a Home tab needs app_home_opened")
    direct = "message.im" not in events or home.get("messages_tab_enabled")
    report.need(direct, 72, "/features/app_home", "message.im needs messages_tab_enabled")


def _check_urls(report: Report, features: Json, settings: Json) -> None:
    places: dict[str, Json] = {
        f"/features/slash_commands/{place}/url": {"request_url": one.get("url")}
        for place, one in enumerate(objects_of(features.get("slash_commands")))
    }
    for key in ("event_subscriptions", "interactivity"):
        places[f"/settings/{key}/request_url"] = _part(settings, key)
    socket = bool(settings.get("socket_mode_enabled"))
    for path, holder in places.items():
        url = holder.get("request_url")
        if socket:
            report.advise(not url, 72, path, "is not used in Socket Mode")
        else:
            web = isinstance(url, str) and url.startswith("https://")
            report.need(web, 72, path, "must be an https address without Socket Mode")
