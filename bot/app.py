"""The bot, put together: the only module that knows every part."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import structlog
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.announcer import Announcer
from bot.clock import Clock, SystemClock
from bot.courier import Courier
from bot.delivery import Delivery
from bot.directory import Directory
from bot.health import Health
from bot.jobs import LOOK_EVERY, schedule_jobs
from bot.keeper import Keeper
from bot.leave_teller import LeaveTeller
from bot.listeners import register_listeners
from bot.listeners.desk import Desk
from bot.metrics import CountFailures, reminder_called
from bot.outsiders import reach_outsiders
from bot.pages.calendars import CalendarPages
from bot.services.feeds import FeedService
from bot.services.freezing import FreezingService
from bot.services.leaves import LeaveService
from bot.services.nudges import NudgeService
from bot.services.outbox import OutboxService
from bot.services.people import PeopleService
from bot.services.plans import PlanService
from bot.services.preferences import PreferenceService
from bot.services.reading import FOREVER, ReadingService
from bot.services.records import RecordService
from bot.services.runs import RunService
from bot.services.schedules import ScheduleService
from bot.services.turning import TurningService
from bot.settings import Settings
from bot.shelf import Shelf
from bot.slack_files import SlackFiles
from bot.socket_mode import PING_EVERY, renew_address
from bot.speaker import Speaker
from bot.teller import Teller
from bot.tokens import Identity, try_token
from bot.troubles import Troubles
from bot.views.cycles import cycle_label
from bot.web import build_web, listen
from storage.database import Database

log = structlog.get_logger(__name__)

SETTLE_EVERY = 0.02  # seconds
CALL_TIMEOUT = 10  # seconds a call to Slack may take; a lease of a channel lasts longer
WORK_WITHIN = 1.5  # seconds a click may wait for the database; Slack waits three in all
FINISH_WITHIN = 3  # seconds that answers under way have when the bot is stopped


class Bot:
    """A running bot: `start`, then `stop`; `post_every` and `look_every` are seconds."""

    def __init__(
        self, settings: Settings, *, clock: Clock | None = None, post_every: float = 1.0,
        look_every: float = LOOK_EVERY,
    ) -> None:  # fmt: skip
        self._settings = settings
        self._clock = clock or SystemClock()
        self._post_every = post_every
        self._look_every = look_every
        self._tasks: set[asyncio.Task[Any]] = set()
        self._announcing: asyncio.Task[None] | None = None
        self._opened = AsyncExitStack()
        self._socket: AsyncSocketModeHandler | None = None
        self.shelf = Shelf(settings.playbook_folders)

    async def start(self) -> None:
        """Bring the database up to date, connect, and look for what is due."""
        settings = self._settings
        self.database = Database(settings.database_url)
        self._opened.push_async_callback(asyncio.to_thread, self.database.close)
        await asyncio.to_thread(self.database.upgrade)
        client = self._client(settings.slack_bot_token)
        self._identity = Identity(client, self._begin)
        self._app = AsyncApp(
            client=self._client(), authorize=self._identity,
            signing_secret=settings.slack_signing_secret or "socket-mode",
            process_before_response=True,
        )  # fmt: skip
        self._wire(client)
        self._opened.push_async_callback(self._finish)
        await self._listen(client)
        self._scheduler.start()
        self._opened.callback(self._scheduler.shutdown, wait=False)
        self._announcing = self._begin(self.announcer.run())
        self.announcer.wake()

    def _client(self, token: str | None = None) -> AsyncWebClient:
        return AsyncWebClient(
            token=token, base_url=self._settings.slack_api_url, timeout=CALL_TIMEOUT,
            # None that repeats: the announcer alone does, after it has looked for its post.
            retry_handlers=[CountFailures()],
        )  # fmt: skip

    def _wire(self, client: AsyncWebClient) -> None:
        self._directory = directory = Directory(client)
        self.outbox = outbox = OutboxService(self.database, holder=uuid4().hex)
        machine = SystemClock()
        files = SlackFiles(client)
        delivery = Delivery(
            outbox, Speaker(client), Courier(outbox, files), self._clock, machine,
            post_every=self._post_every,
        )  # fmt: skip
        freezing = FreezingService(self.database, told=self._wake)
        self.keeper = Keeper(freezing, files, self._clock)
        reached = reach_outsiders(
            self._settings, self.database, self._clock, told=self._wake, later=self._begin
        )
        self.documents, self.mailer, self._pages = reached
        follow = self.documents.follow
        public_url = self._settings.sopbot_public_url
        self._calendars = CalendarPages(
            FeedService(self.database, public_url), self._clock, lambda: self._identity.address
        )
        self.schedules = ScheduleService(
            self.database, told=self._wake, follow=follow, library=self.shelf.current,
            labels=cycle_label,
        )  # fmt: skip
        self.runs = RunService(self.database, told=self._wake, follow=follow)
        self.nudges = NudgeService(
            self.database, self.runs, told=self._wake, reminded=reminder_called,
            quiet=directory.quiet_until,
        )  # fmt: skip
        self.leaves = TurningService(self.database, self.runs, told=self._wake)
        troubles = Troubles(self.runs, directory, self._clock, rouse=self._rouse)
        teller = Teller(
            outbox, delivery, machine, on_trouble=troubles.tell,
            has_outsiders=lambda run: directory.is_external(run.channel),
            leaves=LeaveTeller(outbox, delivery, machine),
        )  # fmt: skip
        self.announcer = Announcer(outbox, teller, machine)
        self.reading = ReadingService(self.database)
        hurried = self.database.hurried(WORK_WITHIN)
        desk = Desk(
            runs=RunService(
                hurried, told=self._wake, follow=follow, begin=self.schedules.begin
            ),
            schedules=self.schedules.hurried(hurried),
            reading=ReadingService(hurried), documents=self.documents,
            people=PeopleService(hurried), directory=directory,
            feeds=FeedService(hurried, public_url), preferences=PreferenceService(hurried),
            library=self.shelf.current, clock=self._clock, later=self._begin,
            rouse=self._rouse,
            keep_files=self.keeper.keep_due, freezing=FreezingService(hurried, told=self._wake),
            plans=PlanService(hurried), records=RecordService(self.database), files=files,
            leaves=LeaveService(hurried, told=self._wake), turn_leaves=self._turn_leaves,
        )  # fmt: skip
        register_listeners(self._app, desk)
        # In this order: who is away is reminded of nothing.
        acts = (
            self.leaves.turn_due, self.schedules.open_due, self.nudges.remind_due,
            self.runs.press_gates,
            self.runs.turn_days, self.documents.chase_due,
        )  # fmt: skip
        self._scheduler = schedule_jobs(
            acts, self.announcer, self._clock, send=self.mailer.send_due, keep=self._keep,
            read=self.shelf.refresh, every=self._look_every,
        )  # fmt: skip

    async def _listen(self, client: AsyncWebClient) -> None:
        """Open our own HTTP first: whoever watches us sees that we wait for Slack."""
        settings = self._settings
        if settings.mode == "socket":
            self._socket = AsyncSocketModeHandler(
                self._app, settings.slack_app_token, ping_interval=PING_EVERY
            )
            self._opened.push_async_callback(self._socket.close_async)
        app = self._app if settings.mode == "http" else None
        health = Health(self.database, self._has_slack)
        site = build_web(app, health.ready, health.measured, self._pages, self._calendars)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        self._opened.push_async_callback(runner.cleanup)
        self.port = await listen(runner, settings.sopbot_host, settings.sopbot_port)
        await self._identity.learn()
        if self._socket:
            asked = client.apps_connections_open(app_token=settings.slack_app_token)
            self._socket.client.wss_uri = (await try_token("SLACK_APP_TOKEN", asked)).get("url")
            renewing = asyncio.create_task(renew_address(self._socket.client))
            self._opened.callback(renewing.cancel)
            await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Take nothing more in, finish what was answered, and close."""
        await self._opened.aclose()

    async def _finish(self) -> None:
        if self._announcing:
            self._announcing.cancel()  # what it was saying is found again at the next start
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=FINISH_WITHIN)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep(self) -> None:
        if not self.keeper.is_busy:  # a download may last for many ticks
            self._begin(self.keeper.keep_due())

    async def _rouse(self, workspace: str, channel: str) -> None:
        await self.announcer.rouse(channel, workspace=workspace)

    async def _turn_leaves(self) -> None:
        await self.leaves.turn_due(at=self._clock.now())

    def _wake(self) -> None:
        self.announcer.wake()

    async def settled(self) -> None:
        """Wait until everything that happened so far has been said."""
        while await self.outbox.waiting(at=FOREVER):  # noqa: ASYNC110 - news is in the database
            await asyncio.sleep(SETTLE_EVERY)

    def _begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Let work go on by itself; the bot does not stop in the midst of it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("background work failed", exc_info=error)

    async def _has_slack(self) -> bool:
        return self._socket is None or bool(await self._socket.client.is_connected())
