"""What is still to be said in Slack, and what has been said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.ids import OnceKey
from bot.services.facts import facts_of
from playbooks.calendars import Facts
from playbooks.documents import Document
from playbooks.run import Event, Run
from storage.blobs import Blob
from storage.database import Database, Transaction
from storage.messages import Message

LEASE = timedelta(seconds=15)  # longer than a call to Slack; a killed bot is silent so long
BATCH = 200  # runs looked at in one round
ASKING = ("reminder", "notice")  # kinds of messages that may have buttons which outlive their use
DIRECT = "D"  # how the id of a conversation with one person begins


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run with events that Slack has not heard of."""

    workspace: str
    run_id: str
    channel: str


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The present state of a run and its numbered events still to be said."""

    run: Run
    events: tuple[tuple[int, Event], ...]
    facts: Facts  # its calendar and its people, as far as they are known
    documents: Mapping[str, Document] = field(default_factory=dict)  # by their step
    said: tuple[str, ...] = ()  # keys of what asks somebody to act, here or in private


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message belongs: its key, what it is about, its channel and thread."""

    key: str
    run_id: str
    kind: str
    subject: str
    channel: str
    thread_key: str | None = None


class OutboxService:
    """The events not yet announced and the messages they became."""

    def __init__(self, database: Database, *, holder: str) -> None:
        self._database = database
        self._holder = holder

    async def waiting(self, *, at: datetime) -> list[Waiting]:
        """The runs that have something to say, the longest waiting first."""
        rows = await self._database.run(lambda tx: tx.events.unannounced_runs(at=at, limit=BATCH))
        return [Waiting(*row) for row in rows]

    async def depth(self) -> int:
        """How many events Slack has not heard of."""
        return await self._database.run(lambda tx: tx.events.unannounced_count())

    async def lease(self, channel: str, *, workspace: str, at: datetime) -> bool:
        """Take or prolong the right to speak in a channel."""
        return await self._database.run(
            lambda tx: tx.queues.lease(
                channel, workspace=workspace, holder=self._holder, at=at, until=at + LEASE
            )
        )

    async def release(self, channel: str, *, workspace: str, next_at: datetime | None) -> None:
        """Give the right back; the channel rests until `next_at`."""
        await self._database.run(
            lambda tx: tx.queues.release(
                channel, workspace=workspace, holder=self._holder, next_at=next_at
            )
        )

    async def unsaid(self, run_id: str, *, workspace: str) -> Unsaid | None:
        """What a run has still to say."""

        def work(tx: Transaction) -> Unsaid | None:
            run = tx.runs.get(run_id, workspace=workspace)
            events = tuple(tx.events.unannounced(run_id, workspace=workspace))
            if not (run and events):
                return None
            asked = tx.messages.shown_of(run_id, workspace=workspace, kinds=ASKING)
            said = [m.key for m in asked if m.channel == run.channel or m.channel[:1] == DIRECT]
            told = {key.person for key in map(OnceKey.parse, said) if key}
            facts = facts_of(tx, run, tuple(told - {""}))
            documents = tx.documents.of_run(run_id, workspace=workspace)
            drafts = {step: document.answers for step, document in documents.items()}
            return Unsaid(run, events, replace(facts, drafts=drafts), documents, tuple(said))

        return await self._database.run(work)

    async def announced(
        self, run_id: str, numbers: Collection[int], *, workspace: str, at: datetime
    ) -> None:
        """Note that Slack has heard of these events."""
        await self._database.run(
            lambda tx: tx.events.mark_announced(run_id, numbers, workspace=workspace, at=at)
        )

    async def find(self, key: str, *, workspace: str) -> Message | None:
        """The message with this key."""
        return await self._database.run(lambda tx: tx.messages.get(key, workspace=workspace))

    async def claim(self, place: Place, *, workspace: str, at: datetime) -> Message:
        """Note that a message is about to be posted; an earlier note comes back unchanged."""
        return await self._database.run(
            lambda tx: tx.messages.claim(
                place.key, workspace=workspace, run_id=place.run_id, kind=place.kind,
                subject=place.subject, channel=place.channel, thread_key=place.thread_key, at=at,
            )
        )  # fmt: skip

    async def shown(self, key: str, *, ts: str, drawn: str, workspace: str, at: datetime) -> None:
        """Note that Slack shows a message."""
        await self._database.run(
            lambda tx: tx.messages.shown(key, workspace=workspace, ts=ts, drawn=drawn, at=at)
        )

    async def redrawn(self, key: str, *, drawn: str, workspace: str) -> None:
        """Note that Slack shows other content now."""
        await self._database.run(
            lambda tx: tx.messages.redrawn(key, workspace=workspace, drawn=drawn)
        )

    async def blob(self, digest: str, *, workspace: str) -> Blob | None:
        """A content that was handed in."""
        return await self._database.run(lambda tx: tx.blobs.get(digest, workspace=workspace))

    async def forget(self, key: str, *, workspace: str) -> None:
        """Forget a message that is gone from Slack."""
        await self._database.run(lambda tx: tx.messages.forget(key, workspace=workspace))
