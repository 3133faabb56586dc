"""The demo: a local workspace and the bot in it, with a run already under way."""

import asyncio
import tempfile
import webbrowser
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, time
from pathlib import Path

import typer

from bot.app import Bot
from bot.demo_story import EVENT_IN, STORY_LASTS, play_story
from bot.manifest import build_manifest
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from bot.settings import Settings
from playbooks.calendars import WorkCalendar, local_moment

PACE = 0.05  # seconds between messages in a channel: two months pass in two minutes here
LOOK_EVERY = 0.5  # seconds
ZONE = "Asia/Shanghai"
MORNING = time(9, 40)
EVENT_MORNING = time(7, 30)


class Demo:
    """`start` it, look at the page, `stop` it."""

    def __init__(self, *, port: int, data: Path | None, locale: str, browser: bool) -> None:
        self._port = port
        self._data = data
        self._locale = locale
        self._browser = browser
        self._stack = AsyncExitStack()
        self._today = demo_day(datetime.now(UTC).date())

    async def start(self) -> None:
        """Open the workspace, let the bot in, and play what has happened so far."""
        today = self._today
        clock = SandboxClock(story_start(today), ticking=True)
        workspace = Sandbox(
            clock, self._port, post_every=0, manifest=build_manifest(),
            next_moment=self._next_moment,
        )  # fmt: skip
        self.workspace = await self._stack.enter_async_context(workspace)
        folder = self._data or Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        self.bot = Bot(
            demo_settings(workspace, folder), clock=clock, post_every=PACE, look_every=LOOK_EVERY
        )
        await self.bot.start()
        self._stack.push_async_callback(self.bot.stop)
        await play_story(self.workspace, clock, today, language=self._locale)
        clock.set(local_moment(today, MORNING, ZONE))
        typer.echo(f"SOP Bot's local workspace: {workspace.url}  (Ctrl+C ends it)")
        if self._browser:
            await asyncio.to_thread(webbrowser.open, workspace.url)

    async def stop(self) -> None:
        """Close everything."""
        await self._stack.aclose()

    async def _next_moment(self, kind: str) -> datetime | None:
        """The moment a button of the clock bar jumps to."""
        if kind == "next_reminder":
            return await self.bot.reading.next_reminder()
        day = WorkCalendar("CN").shift(self._today, EVENT_IN)
        return local_moment(day, EVENT_MORNING, ZONE)


def demo_day(today: date) -> date:
    """Today, or the next working day."""
    return WorkCalendar("CN").first_workday(today)


def story_start(today: date) -> datetime:
    """When the run under way was started."""
    return local_moment(WorkCalendar("CN").shift(today, -STORY_LASTS), MORNING, ZONE)


def demo_settings(workspace: Sandbox, folder: Path) -> Settings:
    """The bot's settings for a local workspace; the environment's Slack is not touched."""
    return Settings(
        _env_file=None, slack_bot_token=workspace.bot_token, slack_app_token=workspace.app_token,
        slack_api_url=workspace.api_url, slack_signing_secret="", sopbot_mode="socket",
        sopbot_port=0, database_url=f"sqlite:///{folder.resolve()}/sopbot.db",
    )  # fmt: skip
