"""A team that works through an SOP in Slack: it clicks again where no answer came."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.refs import card_key
from bot.sandbox.person import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shapes import InteractionFailed
from playbooks.run import Run, RunStatus, Step, StepStatus
from storage.database import Database, Transaction
from tests.endurance.answers import decider_of, filled_in, is_asking

Json = dict[str, Any]
Dare = Callable[[Coroutine[Any, Any, Any]], Awaitable[Any]]

CHANNEL, WORKSPACE = "C0DEALER", "T0SANDBOX"
WANG, LI, CHEN, ANNA = "U0WANG", "U0LI", "U0CHEN", "U0ANNA"
ROLES = {
    "role.controller": WANG, "role.head": CHEN, "role.coordinator": LI, "role.designer": LI,
    "role.content_manager": ANNA, "role.brand_manager": ANNA, "role.digital_manager": ANNA,
    "role.finance": ANNA,
}  # fmt: skip
START = datetime(2025, 8, 20, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shanghai
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
DEADLINE = 60  # seconds for one thing to happen, on a machine that does much else


class Story:
    """What people do, and when; the same seed gives the same story."""

    def __init__(
        self, sandbox: Sandbox, database: Database, *, seed: int = 1, nudges: int = 12,
        dare: Dare | None = None, twice: bool = False,
    ) -> None:  # fmt: skip
        self.sandbox, self.database = sandbox, database
        self._random = Random(seed)  # noqa: S311
        self._nudges = nudges  # how often people wait until they are reminded
        self._dare = dare or _simply
        self._times = 2 if twice else 1  # how often a button is pressed at once

    async def play(self, playbook: str = "event", *, channel: str = CHANNEL) -> Run:
        """Start a run and work through it to its end."""
        run = await self.start(playbook, channel=channel)
        while run.status is RunStatus.ACTIVE:
            active = [step for step in run.steps if step.status is StepStatus.ACTIVE]
            step = min(active, key=lambda step: step.due_at or FOREVER)
            if self._nudges and self._random.random() < 0.4:
                self._nudges -= 1
                await self.await_reminder(active)
            await self.finish(run, step)
            await self.settle()
            run = await self.read(run.id)
        return run

    async def start(self, playbook: str, *, channel: str = CHANNEL, **values: Any) -> Run:
        """Fill in the start form until a run is there."""
        person, before = self.sandbox.person(WANG), {run.id for run in await self.runs()}
        event_on = (self.sandbox.clock.now() + timedelta(days=60)).date().isoformat()
        known = {"name": f"Event {len(before)}", "channel": channel, "language": "en"}
        while not (new := [run for run in await self.runs() if run.id not in before]):
            with suppress(InteractionFailed, LookupError):
                if not person.modal:
                    await self._use(person.command(f"/sop start {playbook}", channel=channel))
                shown = {block.get("block_id") for block in (person.modal or {})["blocks"]}
                filled = known | values | ROLES | {"anchor_on": event_on}
                wanted = {k: v for k, v in filled.items() if k in shown}
                await self._use(_together([person.submit(wanted) for _ in range(self._times)]))
        await self.leave(person)
        await self.settle()
        return new[0]

    async def await_reminder(self, steps: list[Step]) -> None:
        """Do nothing until the first of these steps is reminded of."""
        moments = [step.remind_at for step in steps if step.remind_at]
        if moments and min(moments) > self.sandbox.clock.now():
            self.sandbox.clock.set(min(moments))
        await self.settle()

    async def finish(self, run: Run, step: Step) -> None:
        """Press Done, send the form, and let those who are asked approve, until it is done."""
        person = self.sandbox.person(step.owner)
        while (now := (await self.read(run.id)).step(step.key)) and not now.is_closed:
            with suppress(InteractionFailed, LookupError):
                if now.status is StepStatus.DECIDING:
                    await self.approve(run, now)
                    continue
                await self.leave(person)
                card = await self.card(run, step)
                clicks = [person.click(card, "step.done") for _ in range(self._times)]
                await self._use(_together(clicks))
                await self.fill_in(person)
        await self.leave(person)

    async def fill_in(self, person: Person) -> None:
        """Send the form there is, page after page, as long as another one comes."""
        sent = None
        while (form := person.modal) and form != sent:
            await self._use(self.send(person, form))
            sent = form

    async def send(self, person: Person, form: Json) -> None:
        """Send a form filled in; it must have been filled in rightly."""
        errors = await person.submit(filled_in(form))
        assert not errors, errors

    async def approve(self, run: Run, step: Step) -> None:
        """Let whoever is asked approve in the thread, once the request stands there."""

        def asked() -> Json | None:
            messages = self.sandbox.space.channel(run.channel).messages
            return next((m for m in messages if is_asking(m, step.id)), None)

        await self.settle()  # whoever decides before all are asked spares the others a message
        request = await self.sandbox.until(asked, timeout=DEADLINE) or {}
        person = self.sandbox.person(decider_of(request))
        clicks = [person.click(request, "approval.approve") for _ in range(self._times)]
        await self._use(_together(clicks))
        await self.settle()

    async def tick(self, run: Run, step: str, *items: str) -> None:
        """Tick items on the step's card."""
        key = card_key(run.id, step, run.channel)
        owner = self.sandbox.person(_found(run, step).owner)
        await owner.check(self.said(run.channel)[key], *items)

    async def comment(self, run: Run, step: str, text: str) -> None:
        """Keep a remark with the step."""
        owner = self.sandbox.person(_found(run, step).owner)
        card = await self.card(run, _found(run, step))
        await owner.click(card, "step.menu", option="step.comment ")
        assert await owner.submit({"comment": text}) is None

    async def leave(self, person: Person) -> None:
        """Close what is open."""
        while person.modal:
            with suppress(InteractionFailed):
                await person.close()

    async def _use(self, act: Coroutine[Any, Any, Any]) -> None:
        """Do something as soon as Slack reaches the bot."""
        await self.sandbox.until(lambda: self.sandbox.socket.connected, timeout=DEADLINE)
        await self._dare(act)

    async def card(self, run: Run, step: Step) -> Json:
        """The step's card."""
        key = card_key(run.id, step.key, run.channel)
        await self.sandbox.until(lambda: key in self.said(run.channel), timeout=DEADLINE)
        return self.said(run.channel)[key]

    def said(self, channel: str) -> dict[str, Json]:
        """What the bot has said in a channel, by key, the latest of each."""
        messages = self.sandbox.space.channel(channel).messages
        return {key_of(message): message for message in messages if key_of(message)}

    async def settle(self) -> None:
        """Wait until the bot has reminded of all that is due and said all there is to say."""
        async with asyncio.timeout(2 * DEADLINE):
            still = False
            while not still:
                while await self.sandbox.space.changes.wait(0.05):
                    pass  # the database is asked only when the workspace is quiet
                still = await self._is_still()

    async def _is_still(self) -> bool:
        at = self.sandbox.clock.now()

        def work(tx: Transaction) -> bool:
            due = tx.runs.due_reminders(at=at, limit=1)
            return not due and not tx.events.unannounced_runs(at=FOREVER, limit=1)

        return await self.database.run(work)

    async def runs(self) -> list[Run]:
        """Every run, as it is kept."""
        return await self.database.run(lambda tx: tx.runs.all(workspace=WORKSPACE))

    async def read(self, run_id: str) -> Run:
        """One run, as it is kept."""
        run = await self.database.run(lambda tx: tx.runs.get(run_id, workspace=WORKSPACE))
        assert run
        return run


async def _together(acts: list[Coroutine[Any, Any, Any]]) -> None:
    await asyncio.gather(*acts)


def _found(run: Run, key: str) -> Step:
    step = run.step(key)
    assert step
    return step


async def _simply(act: Coroutine[Any, Any, Any]) -> None:
    await act


def key_of(message: Json) -> str:
    """The key that a message of the bot carries."""
    return str(message.get("metadata", {}).get("event_payload", {}).get("key", ""))
