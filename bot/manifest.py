"""The Slack app's manifest: what the bot asks Slack for."""

from typing import Any

SCOPES = (
    "channels:history", "channels:join", "channels:manage", "channels:read", "chat:write",
    "chat:write.public", "commands", "dnd:read", "files:read", "files:write", "groups:history",
    "groups:read", "groups:write", "im:history", "im:write", "metadata.message:read",
    "pins:write", "reactions:read", "users:read",
)  # fmt: skip
EVENTS = (
    "app_home_opened", "channel_left", "file_change", "file_deleted", "group_left",
    "member_joined_channel", "member_left_channel", "message.channels", "message.groups",
    "reaction_added",
)  # fmt: skip


def build_manifest(url: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode, or for HTTP with the bot's public address."""
    endpoint = f"{url.rstrip('/')}/slack/events" if url else None
    at = {"url": endpoint} if endpoint else {}
    requests = {"request_url": endpoint} if endpoint else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "SOP Bot",
            "description": "Runs your marketing SOPs in Slack: steps, owners, reminders, evidence.",
            "background_color": "#1f4d45",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True, "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "SOP Bot", "always_online": True},
            "slash_commands": [
                {
                    "command": "/sop", "description": "Run a marketing SOP",
                    "usage_hint": "start | my | status | list | help", "should_escape": True, **at,
                }
            ],
            "shortcuts": [
                {
                    "name": "Start an SOP", "type": "global", "callback_id": "run.start",
                    "description": "Choose a playbook and start a run",
                },
                {
                    "name": "Attach to a step", "type": "message",
                    "callback_id": "message.evidence",
                    "description": "Keep this message as a step's evidence",
                },
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **requests},
            "interactivity": {"is_enabled": True, **requests},
            "org_deploy_enabled": False,
            "socket_mode_enabled": endpoint is None,
            "token_rotation_enabled": False,
        },
    }  # fmt: skip
