"""A local workspace with the bot in it, and short words for what people do there."""

import asyncio
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.app import Bot
from bot.sandbox.clock import SandboxClock
from bot.sandbox.person import Person
from bot.sandbox.sandbox import Sandbox
from bot.services.outbox import OutboxService
from bot.settings import Settings
from playbooks.calendars import local_moment
from playbooks.run import Event, Run, Step
from tests.scenarios.reading import Json

ZONE = "Asia/Shanghai"
TODAY = date(2025, 8, 20)  # a Wednesday
CHANNEL = "C0DEALER"
PRIVATE = "C0BRAND"  # the bot is not in it
WANG, LI, CHEN, ANNA = "U0WANG", "U0LI", "U0CHEN", "U0ANNA"  # en, zh-Hans, zh-Hant, en in Berlin
BOT = "U0SOPBOT"
SOPS = Path(__file__).with_name("sops")
DEADLINE = 20  # seconds, for a machine that does much else
LOOK_EVERY = 0.02  # seconds, where the workspace shows no news


def moment(day: str, clock: str = "10:00", zone: str = ZONE) -> datetime:
    """A wall clock's moment, such as 2025-08-25 10:00 in Shanghai."""
    return local_moment(date.fromisoformat(day), time.fromisoformat(clock), zone)


def settings_for(sandbox: Sandbox, folder: Path, **others: Any) -> Settings:
    """What the bot reads from its environment."""
    known: Json = {
        "slack_bot_token": sandbox.bot_token, "slack_app_token": sandbox.app_token,
        "slack_api_url": sandbox.api_url, "slack_signing_secret": "", "sopbot_mode": "socket",
        "sopbot_port": 0, "sopbot_playbooks": str(SOPS),
        "database_url": f"sqlite:///{folder}/sopbot.db",
    }  # fmt: skip
    return Settings.model_validate(known | others)


def outside_settings(sandbox: Sandbox) -> Json:
    """What lets the bot reach people outside: a mail server, and an address of its own."""
    return {
        "smtp_url": sandbox.mailbox.url, "sopbot_mail_from": "SOP Bot <sop@agency.example>",
        "sopbot_public_url": "https://sop.agency.example",
    }  # fmt: skip


class World:
    """What a test drives and looks at."""

    def __init__(self, sandbox: Sandbox, bot: Bot, clock: SandboxClock) -> None:
        self.sandbox, self.bot, self.clock = sandbox, bot, clock
        self.wang, self.li, self.chen, self.anna = map(sandbox.person, (WANG, LI, CHEN, ANNA))
        self._outbox = OutboxService(bot.database, holder="test")

    # what people do

    async def fill_start(
        self, by: Person, values: Json | None = None, *, playbook: str = "tryout",
        channel: str = CHANNEL,
    ) -> dict[str, str] | None:  # fmt: skip
        """Open the start form and send it; returns the errors at its fields."""
        await by.command(f"/sop start {playbook}", channel=channel)
        await by.choose("anchor_on", (TODAY + timedelta(days=90)).isoformat())
        return await by.submit({"name": "Dealer day"} | (values or {}))

    async def start(self, by: Person | None = None, **values: Any) -> Run:
        """Start the try-out: Wang leads, Li designs, Chen is head; wait until its cards stand."""
        roles = {"role.designer": LI, "role.head": CHEN}
        named = {name.replace("__", "."): value for name, value in values.items()}
        before = {run.id for run in await self.runs()}
        errors = await self.fill_start(by or self.wang, roles | {"language": "en"} | named)
        assert errors is None
        await self.settle()
        [run] = [run for run in await self.runs() if run.id not in before]
        return run

    async def finish(self, step: str, by: Person, values: Json | None = None) -> None:
        """Press Done on a step's card, and send the form if there is one."""
        await by.click(self.card(step), "step.done")
        if by.modal:
            assert await by.submit(values) is None
        await self.settle()

    async def choose(self, by: Person, step: str, action: str) -> None:
        """Take something from the menu of a step's card."""
        await by.click(self.card(step), "step.menu", option=f"{action} ")

    # what there is to see

    def told(self, kind: str, subject: str = "", channel: str = CHANNEL) -> list[Json]:
        """The bot's messages of a kind, the oldest first, those in threads included."""
        space = self.sandbox.space
        conversation = space.im(channel) if channel.startswith("U") else space.channel(channel)
        found = []
        for message in conversation.messages:
            payload = message.get("metadata", {}).get("event_payload", {})
            if payload.get("kind") == kind and subject in {"", payload["subject"]}:
                found.append(message)
        return found

    def card(self, step: str, channel: str = CHANNEL) -> Json:
        """The newest card of a step."""
        return self.told("step", step, channel)[-1]

    def run_card(self, channel: str = CHANNEL) -> Json:
        """The newest card of a run."""
        return self.told("run", channel=channel)[-1]

    def thread(self, card: Json) -> list[Json]:
        """The replies under a card."""
        return self.sandbox.messages(card["channel"], card["ts"])[1:]

    def reminders(self, step: str = "") -> list[str]:
        """The texts of a step's reminders."""
        return [message["text"] for message in self.told("reminder", step)]

    def whispers(self, person: Person, channel: str = CHANNEL) -> list[str]:
        """What one person alone was told, the oldest first."""
        return [message["text"] for message in person.ephemerals(channel)]

    # what is true

    async def runs(self) -> list[Run]:
        """Every run there is."""
        return await self.bot.database.run(lambda tx: tx.runs.all(workspace="T0SANDBOX"))

    async def run(self) -> Run:
        """The one run."""
        [run] = await self.runs()
        return run

    async def step(self, key: str) -> Step:
        """A step of the one run."""
        step = (await self.run()).step(key)
        assert step
        return step

    async def history(self) -> list[Event]:
        """All that has happened in the one run."""
        run = await self.run()
        return await self.bot.database.run(
            lambda tx: tx.events.history(run.id, workspace=run.workspace)
        )

    # time

    async def at(self, day: str, clock: str = "10:00", zone: str = ZONE) -> None:
        """Let it be that moment, and all that is due then happen."""
        self.clock.set(moment(day, clock, zone))
        await self.settle()

    async def clock_on(self, minutes: int) -> None:
        """Let some minutes pass."""
        self.clock.set(self.clock.now() + timedelta(minutes=minutes))
        await self.settle()

    async def settle(self) -> None:
        """Wait until the bot has nothing left to take in, to remind of or to say."""
        async with asyncio.timeout(DEADLINE):
            still = 0
            while still < 2:  # what one look misses has come further by the second
                still = still + 1 if await self._is_still() else 0
                if not still:
                    await self.sandbox.space.changes.wait(LOOK_EVERY)

    async def _is_still(self) -> bool:
        looked = await self.bot.leaves.turn_due(at=self.clock.now())
        looked += await self.bot.schedules.open_due(at=self.clock.now())
        looked += await self.bot.nudges.remind_due(at=self.clock.now())
        turned = await self.bot.runs.turn_days(at=self.clock.now())
        turned += await self.bot.documents.chase_due(at=self.clock.now())
        turned += await self.bot.mailer.send_due()
        await self.bot.keeper.keep_due()
        waiting = await self._outbox.waiting(at=self.clock.now())
        pressed = await self.bot.runs.press_gates(at=self.clock.now())
        if looked or turned or pressed or waiting:
            return False
        working = any(not task.done() for task in self.bot._tasks - {self.bot._announcing})
        speaking = self.bot.announcer._speaking
        return not (working or speaking or self.sandbox.events.under_way)
