"""The demo: a local workspace and the bot in it, with a run already under way."""

import asyncio
import socket
import tempfile
import webbrowser
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import typer

from bot.app import Bot
from bot.demo_story import CALENDAR, STORY_LASTS, WANG, ZONE, play_story
from bot.manifest import build_manifest
from bot.os_errors import reason_of
from bot.sandbox.clock import SandboxClock
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import snapshot
from bot.sandbox.state.cast import TEAM_ID
from bot.settings import Settings
from playbooks.calendars import local_moment

PACE = 0.05  # seconds between messages in a channel: two months pass in two minutes here
LOOK_EVERY = 0.5  # seconds
SAVE_EVERY = 2.0  # seconds at least between two savings
LOCALES = {"en": "en-US", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}  # of who sits there first
MORNING = time(9, 40)
EVENT_MORNING = time(7, 30)


class CannotShow(RuntimeError):
    """The demo's port or folder cannot be used."""


class Demo:
    """`start` it, look at the page, `stop` it; `data` keeps it for the next time."""

    def __init__(
        self, *, port: int, locale: str, data: Path | None = None, browser: bool = False
    ) -> None:
        self._port = port
        self._locale = locale
        self._browser = browser
        self._stack = AsyncExitStack()
        self._folder = data or Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        self._kept = self._folder / "workspace.json"

    async def start(self) -> None:
        """Open the workspace, let the bot in, and play what has happened so far."""
        today = demo_day(datetime.now(UTC).date())
        kept_at = self._look()
        clock = SandboxClock(kept_at or story_start(today), ticking=True)
        workspace = await self._open(clock)
        if kept_at:
            snapshot.restore(workspace.space, self._kept)
        settings = demo_settings(workspace, self._folder)
        settings.require_playbooks()
        self.bot = Bot(settings, clock=clock, post_every=PACE, look_every=LOOK_EVERY)
        self._stack.push_async_callback(self.bot.stop)
        await self.bot.start()
        if not kept_at:
            await play_story(workspace, clock, today, self._locale, settled=self.bot.settled)
            clock.set(local_moment(today, MORNING, ZONE))
        self._stack.callback(snapshot.save, workspace.space, self._kept)
        keeping = asyncio.create_task(self._keep())
        self._stack.callback(keeping.cancel)
        typer.echo(f"SOP Bot's local workspace: {workspace.url}  (Ctrl+C ends it)")
        if self._browser:
            await asyncio.to_thread(webbrowser.open, workspace.url)

    def _look(self) -> datetime | None:
        """The moment that a workspace kept in the folder has come to."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return snapshot.kept_at(self._kept) if self._kept.exists() else None
        except OSError as error:
            raise CannotShow(
                f"--data {str(self._folder)!r} cannot be used ({reason_of(error)}):"
                " choose another folder"
            ) from None
        except (ValueError, LookupError, TypeError):
            raise CannotShow(
                f"{str(self._kept)!r} holds no workspace of the demo: remove it, or choose another"
                " --data"
            ) from None

    async def _open(self, clock: SandboxClock) -> Sandbox:
        self.workspace = workspace = Sandbox(
            clock, self._port, post_every=0, manifest=build_manifest(),
            next_moment=self._next_moment,
        )  # fmt: skip
        self._stack.push_async_callback(workspace.stop)
        try:
            await workspace.start()
        except OSError as error:
            raise CannotShow(
                f"port {self._port} cannot be used ({reason_of(error)}): choose another with --port"
            ) from None
        people = workspace.space.users
        people[WANG] = replace(people[WANG], locale=LOCALES[self._locale])
        return workspace

    async def stop(self) -> None:
        """Close everything."""
        await self._stack.aclose()

    async def _keep(self) -> None:
        """Save the workspace whenever it has changed."""
        space, saved = self.workspace.space, 0
        while True:
            if space.changes.version != saved:
                saved = space.changes.version
                snapshot.save(space, self._kept)
            await asyncio.sleep(SAVE_EVERY)

    async def _next_moment(self, kind: str) -> datetime | None:
        """The moment a button of the clock bar jumps to."""
        if kind == "next_reminder":
            return await self.bot.reading.next_reminder()
        now = self.workspace.clock.now()
        days = await self.bot.reading.anchors(workspace=TEAM_ID)
        mornings = (local_moment(day, EVENT_MORNING, ZONE) for day in days)
        return next((morning for morning in mornings if morning > now), None)


def demo_day(today: date) -> date:
    """Today, or the next working day."""
    return CALENDAR.first_workday(today)


def story_start(today: date) -> datetime:
    """When the run under way was started."""
    return local_moment(CALENDAR.shift(today, -STORY_LASTS), MORNING, ZONE)


def free_port() -> int:
    """A port of this machine that nobody listens on; the bot's pages for outsiders stand there."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def demo_settings(workspace: Sandbox, folder: Path) -> Settings:
    """The bot's settings for a local workspace; the environment's Slack is not touched."""
    port = free_port()
    return Settings.read(
        _env_file=None, slack_bot_token=workspace.bot_token, slack_app_token=workspace.app_token,
        slack_api_url=workspace.api_url, slack_signing_secret="", sopbot_mode="socket",
        sopbot_port=port, sopbot_public_url=f"http://127.0.0.1:{port}",
        smtp_url=workspace.mailbox.url, sopbot_mail_from="SOP Bot <sopbot@agency.example>",
        database_url=f"sqlite:///{folder.resolve()}/sopbot.db",
    )  # fmt: skip
