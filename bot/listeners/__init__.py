"""Slack's entrances: one listener per kind, which looks up what to do by the id."""

import re

from slack_bolt.async_app import AsyncApp

from bot.listeners.desk import Desk
from bot.listeners.dispatch import Entrance

# Bolt compares every listener with every request, so that fewer are faster.
ANYTHING = re.compile(".*", re.DOTALL)


def register_listeners(app: AsyncApp, desk: Desk) -> None:
    """Answer everything that Slack sends."""
    entrance = Entrance(desk)
    app.command(ANYTHING)(entrance.on_command)
    app.action(ANYTHING)(entrance.on_action)
    app.view(ANYTHING)(entrance.on_view)
    app.shortcut(ANYTHING)(entrance.on_shortcut)
    app.event(ANYTHING)(entrance.on_event)
