"""What the team does to documents: fill, freeze, ask, sign, and remind the client."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.services.facts import facts_of
from bot.services.keeping import follow_run, keep
from bot.services.links import Offered, Post, Wanted, issue
from bot.services.runs import BATCH
from playbooks.calendars import Facts
from playbooks.document_actions import require_form
from playbooks.documents import Document, DocumentChange, new_document
from playbooks.flow import require_theirs
from playbooks.run import Change, Refused, Run, Step
from playbooks.signing import is_email, send_link
from playbooks.signing_rounds import chase_client
from storage.database import Database, Transaction

log = structlog.get_logger(__name__)

Act = Callable[[Document, Run, Facts], DocumentChange]


class DocumentService:
    """Documents of runs; every change is saved with its run and its events."""

    def __init__(
        self, database: Database, post: Post, *, told: Callable[[], None],
        mailed: Callable[[], None],
    ) -> None:  # fmt: skip
        self._database = database
        self._post = post
        self._told = told  # wakes the announcer
        self._mailed = mailed  # wakes whoever empties the outbox

    @property
    def has_links(self) -> bool:
        """Whether outsiders can open pages of ours."""
        return bool(self._post.public_url)

    @property
    def has_mail(self) -> bool:
        """Whether we can write mails."""
        return self._post.has_mail

    async def look(self, run_id: str, key: str, *, workspace: str) -> tuple[Run, Step, Document]:
        """A run, a step of it and its document; raises Refused where there is none."""

        def work(tx: Transaction) -> tuple[Run, Step, Document]:
            run = tx.runs.get(run_id, workspace=workspace)
            if run is None:
                raise Refused("no_such_run")
            step = run.step(key)
            if step is None:
                raise Refused("no_such_step", step=key)
            return run, step, document_of(tx, run, step)

        return await self._database.run(work)

    async def change(
        self, run_id: str, key: str, act: Act, *, workspace: str, by: str, at: datetime,
        people: tuple[str, ...] = (),
    ) -> list[Offered]:  # fmt: skip
        """Let an action change a document; returns the links made for it."""

        def work(tx: Transaction) -> list[Offered]:
            run = tx.runs.get(run_id, workspace=workspace, lock=True)
            if run is None:
                raise Refused("no_such_run")
            step = run.step(key)
            if step is None:
                raise Refused("no_such_step", step=key)
            return acted(tx, self._post, run, step, act, by=by, at=at, people=people)

        offered = await self._database.run(work)
        self.wake()
        return offered

    async def send(
        self, run_id: str, key: str, *, workspace: str, role: str, name: str, email: str, by: str,
        at: datetime,
    ) -> Offered:  # fmt: skip
        """Give the client's signatory a link to sign."""
        if not self._post.public_url:
            raise Refused("no_public_url")

        def act(document: Document, run: Run, _: Facts) -> DocumentChange:
            mails = self._post.has_mail
            return send_link(
                document, run, role=role, name=name, email=email if mails else "", by=by, at=at,
                mails=mails,
            )  # fmt: skip

        [offered] = await self.change(run_id, key, act, workspace=workspace, by=by, at=at)
        return offered

    async def invite(self, run_id: str, key: str, wanted: Wanted, *, workspace: str) -> Offered:
        """Give somebody a link to fill the form, to comment, or to read."""
        if not wanted.name:
            raise Refused("name_missing")
        mails = self._post.has_mail and wanted.purpose != "read"
        if mails and not is_email(wanted.email):
            raise Refused("email_wrong")
        asked = wanted if mails else replace(wanted, email="")

        def work(tx: Transaction) -> Offered:
            run = tx.runs.get(run_id, workspace=workspace, lock=True)
            if run is None:
                raise Refused("no_such_run")
            step = _linked_step(run, key, asked)
            document = document_of(tx, run, step)
            if asked.purpose != "form" and document.current is None:
                raise Refused("no_version")
            return issue(tx, self._post, run, step, document, asked)

        offered = await self._database.run(work)
        self.wake()
        return offered

    async def chase_due(self, *, at: datetime) -> int:
        """Remind clients who have had a version for long; returns how many were dealt with."""
        due = await self._database.run(lambda tx: tx.documents.due_chasers(at=at, limit=BATCH))
        return sum([await self._chase(*each, at=at) for each in due])

    async def _chase(self, workspace: str, run_id: str, key: str, *, at: datetime) -> bool:
        def act(document: Document, run: Run, facts: Facts) -> DocumentChange:
            return chase_client(document, run, facts, at=at)

        try:
            await self.change(run_id, key, act, workspace=workspace, by="clock", at=at)
        except Exception as error:
            log.error("the client was not reminded", run=run_id, exc_info=error)
            return False
        return True

    def follow(self, tx: Transaction, before: Run, change: Change, facts: Facts) -> Change:
        """What documents do when their run has changed."""
        return follow_run(tx, self._post, before, change, facts)

    def wake(self) -> None:
        """Let Slack and the mailboxes hear of it."""
        self._told()
        self._mailed()


def _linked_step(run: Run, key: str, wanted: Wanted) -> Step:
    """The step a link is for; only its owner and the lead let others in."""
    step = run.step(key)
    if step is None:
        raise Refused("no_such_step", step=key)
    if wanted.purpose != "read":
        require_form(run, key)
        require_theirs(run, step, wanted.by)
    return step


def document_of(tx: Transaction, run: Run, step: Step) -> Document:
    """The document of a step, a blank one before anything was filled in."""
    found = tx.documents.get(run.id, step.key, workspace=run.workspace)
    return found or new_document(run, step)


def acted(
    tx: Transaction, post: Post, run: Run, step: Step, act: Act, *, by: str, at: datetime,
    people: tuple[str, ...] = (),
) -> list[Offered]:  # fmt: skip
    """Let an action change the document of a locked run, and save what comes of it."""
    document, facts = document_of(tx, run, step), facts_of(tx, run, people)
    try:
        change = act(document, run, facts)
    except Refused as refused:
        refused.run = run
        raise
    before = DocumentChange(document, run)
    return keep(tx, post, before, change, facts, by=by, at=at)[1]
