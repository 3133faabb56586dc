"""What is still to be said in Slack, and what has been said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.refs import OnceKey
from bot.services.digests import digests_of
from bot.services.facts import facts_of
from bot.services.leave_news import LeaveNews, news_of
from playbooks.calendars import Facts
from playbooks.documents import Document
from playbooks.nudges import Digest
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
    """A run, or a leave, with events that Slack has not heard of."""

    workspace: str
    run_id: str
    channel: str  # of a leave the person: it has a queue of its own
    is_leave: bool = False


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The present state of a run and its numbered events still to be said."""

    run: Run
    events: tuple[tuple[int, Event], ...]
    facts: Facts  # its calendar and its people, as far as they are known
    documents: Mapping[str, Document] = field(default_factory=dict)  # by their step
    said: tuple[str, ...] = ()  # keys of what asks somebody to act, here or in private
    digests: tuple[Digest, ...] = ()  # that name the run


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
        """The runs and leaves that have something to say, the longest waiting first."""

        def work(tx: Transaction) -> list[Waiting]:
            runs = tx.events.unannounced_runs(at=at, limit=BATCH)
            leaves = tx.events.unannounced_leaves(at=at, limit=BATCH)
            found = [Waiting(*row) for row in runs]
            return found + [Waiting(*row, is_leave=True) for row in leaves]

        return await self._database.run(work)

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
            facts = replace(facts, drafts=drafts)
            return Unsaid(run, events, facts, documents, tuple(said), digests_of(tx, run))

        return await self._database.run(work)

    async def announced(
        self, run_id: str, numbers: Collection[int], *, workspace: str, at: datetime
    ) -> None:
        """Note that Slack has heard of these events."""
        await self._database.run(
            lambda tx: tx.events.mark_announced(run_id, numbers, workspace=workspace, at=at)
        )

    async def leave_news(self, leave_id: str, *, workspace: str) -> LeaveNews | None:
        """What a leave has still to say."""
        return await self._database.run(lambda tx: news_of(tx, leave_id, workspace))

    async def leave_announced(
        self, leave_id: str, numbers: Collection[int], *, workspace: str, at: datetime
    ) -> None:
        """Note that Slack has heard of these events of a leave."""
        await self._database.run(
            lambda tx: tx.events.mark_announced(
                leave_id, numbers, workspace=workspace, at=at, subject="leave"
            )
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
