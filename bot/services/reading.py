"""What people look at: nothing here changes anything."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from bot.refs import card_key
from bot.services.runs import Receipt
from playbooks.deliveries import Delivery, deliveries
from playbooks.run import Refused, Run, RunStatus, Step
from playbooks.waiting import Waiting, waiting_of
from storage.database import Database, Transaction
from storage.messages import Message

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
HOME_LIMIT = 300  # open steps looked at for one person
RUN_LIMIT = 100  # runs somebody is shown


class ReadingService:
    """Runs, my work, and where the bot has said what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self, run_id: str, *, workspace: str) -> Run:
        """One run; raises Refused when there is none."""
        run = await self._database.run(lambda tx: tx.runs.get(run_id, workspace=workspace))
        if run is None:
            raise Refused("no_such_run")
        return run

    async def active_in(self, channel: str, *, workspace: str) -> list[Run]:
        """The active runs of a channel, the latest first."""
        return await self._database.run(lambda tx: tx.runs.active_in(channel, workspace=workspace))

    async def going_in(self, channel: str, *, workspace: str) -> list[Run]:
        """The runs of a channel that have not ended, active ones first."""
        return await self._database.run(
            lambda tx: tx.runs.active_in(channel, workspace=workspace, paused=True)
        )

    async def active(self, *, workspace: str) -> list[Run]:
        """The active runs of a workspace, the latest first."""
        found = await self._database.run(lambda tx: tx.runs.all(workspace=workspace))
        return [run for run in found if run.status is RunStatus.ACTIVE]

    async def anchors(self, *, workspace: str) -> list[date]:
        """The days that active runs count from, in order."""
        active = await self.active(workspace=workspace)
        return sorted(run.anchor_on for run in active if run.anchor_on)

    async def work_of(self, person: str, *, workspace: str) -> list[tuple[Run, Step]]:
        """The open steps somebody owns, the first due first; active ones before waiting ones."""
        return await self._database.run(
            lambda tx: tx.runs.open_steps(person, workspace=workspace, limit=HOME_LIMIT)
        )

    async def to_decide(self, person: str, *, workspace: str) -> list[tuple[Run, Step]]:
        """The steps that wait for somebody's decision."""
        return await self._database.run(
            lambda tx: tx.runs.to_decide(person, workspace=workspace, limit=HOME_LIMIT)
        )

    async def waiting_for(self, person: str, *, workspace: str) -> Waiting:
        """The gates, signatures and readings that wait for somebody."""

        def work(tx: Transaction) -> Waiting:
            found = tx.waits.of(
                person, "gate", "sign", "ack", workspace=workspace, limit=HOME_LIMIT
            )
            runs = tx.runs.several({run_id for run_id, _ in found}, workspace=workspace)
            documents = {
                (run_id, wait.subject): document
                for run_id, wait in found
                if wait.kind == "sign"
                and (document := tx.documents.get(run_id, wait.subject, workspace=workspace))
            }
            return waiting_of(person, [(runs[id_], wait) for id_, wait in found], documents)

        return await self._database.run(work)

    async def runs_of(self, person: str, *, workspace: str) -> list[Run]:
        """The active runs somebody leads or works in."""
        return await self._database.run(
            lambda tx: tx.runs.led_or_owned(person, workspace=workspace, limit=RUN_LIMIT)
        )

    async def message_at(self, channel: str, ts: str, *, workspace: str) -> Message | None:
        """What the bot said there."""
        return await self._database.run(lambda tx: tx.messages.at(channel, ts, workspace=workspace))

    async def cards_of(
        self, steps: Collection[tuple[str, str, str]], *, workspace: str
    ) -> dict[tuple[str, str], tuple[str, str]]:
        """Channel and timestamp of steps' cards, for (run, step key, channel), by run and key."""

        def work(tx: Transaction) -> dict[tuple[str, str], tuple[str, str]]:
            found = {}
            for run_id, key, channel in steps:
                card = tx.messages.get(card_key(run_id, key, channel), workspace=workspace)
                if card and card.ts:
                    found[run_id, key] = (channel, card.ts)
            return found

        return await self._database.run(work)

    async def first_time(self, key: str, *, workspace: str, at: datetime) -> bool:
        """Whether a delivery comes for the first time; it is noted as seen."""
        return await self._database.run(
            lambda tx: tx.receipts.first_time(key, workspace=workspace, at=at)
        )

    async def was_taken(self, receipt: Receipt | None, *, workspace: str) -> bool:
        """Whether what a delivery asked for has been done before."""
        if receipt is None:
            return False
        return await self._database.run(
            lambda tx: tx.receipts.seen(receipt.key, workspace=workspace)
        )

    async def next_reminder(self) -> datetime | None:
        """When the next reminder falls due, of a step or a gate, in any workspace."""

        def work(tx: Transaction) -> datetime | None:
            found = [tx.nudges.next_due()]
            for due, name in (
                (tx.runs.due_reminders, "remind_at"), (tx.runs.due_acknowledgements, "ack_at"),
            ):  # fmt: skip
                for workspace, run_id, key in due(at=FOREVER, limit=1):
                    run = tx.runs.get(run_id, workspace=workspace)
                    found.append(getattr(run.step(key) if run else None, name, None))
            for workspace, run_id in tx.runs.due_gates(at=FOREVER, limit=1):
                run = tx.runs.get(run_id, workspace=workspace)
                found.append(run.gate_at if run else None)
            return min((moment for moment in found if moment), default=None)

        return await self._database.run(work)

    async def deliveries(self, run_id: str, *, workspace: str) -> tuple[Delivery, ...]:
        """Who was asked for what in a run, about which version, and what they did."""

        def work(tx: Transaction) -> tuple[Delivery, ...]:
            run = tx.runs.get(run_id, workspace=workspace)
            history = tx.events.history(run_id, workspace=workspace)
            return deliveries(run, history) if run else ()

        return await self._database.run(work)
