"""How an installation is: a finding for each of its parts, the most needed first."""

import asyncio
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot import doctor_local as local
from bot import doctor_slack as slack
from bot.clock import Clock
from bot.directory import Directory
from bot.doctor_local import Finding
from bot.doctor_slack import Answer
from bot.services.reading import ReadingService
from bot.settings import Settings
from storage.database import Database, WrongUrl


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Look at every part; nothing is changed, posted or sent."""
    client = slack.client_for(settings)
    bot = await _ask(settings, "SLACK_BOT_TOKEN", client.auth_test)
    now = clock.now()
    return [
        slack.look_at_bot_token(bot),
        await _reached_by(settings),
        slack.look_at_scopes(bot),
        slack.look_at_clock(bot, now),
        *await _database_and_channels(settings, bot),
        await asyncio.to_thread(local.look_at_playbooks, settings),
        local.look_at_model(settings),
        await local.look_at_mail(settings),
        local.look_at_address(settings),
    ]


async def _ask(
    settings: Settings, name: str, call: Callable[[], Awaitable[AsyncSlackResponse]]
) -> Answer:
    fault = settings.slack_faults().get(name)
    return Answer(fault) if fault else await slack.ask(name, call(), settings)


async def _reached_by(settings: Settings) -> Finding:
    if settings.mode == "http":
        return slack.look_at_signing_secret(settings)
    client = slack.client_for(settings)
    token = settings.slack_app_token
    return slack.look_at_app_token(
        await _ask(
            settings, "SLACK_APP_TOKEN", lambda: client.apps_connections_open(app_token=token)
        )
    )


async def _database_and_channels(settings: Settings, bot: Answer) -> list[Finding]:
    try:
        database = Database(settings.database_url)
    except WrongUrl as error:
        return [Finding("broken", "database", str(error)), _unseen("the database")]
    try:
        found = await asyncio.to_thread(local.look_at_database, database)
        if found.health == "ok" and not bot.fault:
            return [found, *await _channels(settings, database, str(bot.facts.get("team_id")))]
        if found.health == "not set":
            return [found, Finding("ok", "channels", "no run is active")]
        return [found, _unseen("Slack's answer" if found.health == "ok" else "the database")]
    finally:
        await asyncio.to_thread(database.close)


async def _channels(settings: Settings, database: Database, workspace: str) -> list[Finding]:
    runs = await ReadingService(database).active(workspace=workspace)
    return await slack.look_at_channels(runs, Directory(slack.client_for(settings)))


def _unseen(lacking: str) -> Finding:
    return Finding("warning", "channels", f"not looked at without {lacking}")
