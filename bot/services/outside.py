"""What people without Slack do through a link: read, comment, fill in, sign."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest
from typing import Literal

from bot.services.documents import Act, acted, document_of
from bot.services.links import (
    CODE_LASTS,
    CODE_TRIES,
    CODES,
    Post,
    code_hash,
    hash_of,
    new_code,
    post_letter,
)
from playbooks.document_actions import add_note, fill_document
from playbooks.documents import Document
from playbooks.run import Run, RunStatus, Step, StepStatus
from playbooks.signatures import OUTSIDER
from playbooks.signing_rounds import is_signing
from storage.database import Database, Transaction
from storage.links import Link

Outcome = Literal["done", "wrong_code", "no_code"]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to: nothing of any other step or run."""

    link: Link
    run: Run
    step: Step
    document: Document
    names: Mapping[str, str]  # of the team's people, by their Slack id


class OutsideService:
    """Links that work; of every other one nothing is said."""

    def __init__(self, database: Database, post: Post, *, wake: Callable[[], None]) -> None:
        self._database = database
        self._post = post
        self._wake = wake

    @property
    def has_mail(self) -> bool:
        """Whether codes are mailed; else the account manager has told one."""
        return self._post.has_mail

    async def open(self, token: str, kind: str, *, at: datetime) -> Opened | None:
        """What a link shows; None for one that does not work, whatever the cause."""
        return await self._database.run(lambda tx: _open(tx, token, kind, at=at))

    async def send_code(self, token: str, *, at: datetime) -> bool:
        """Mail a code to the address the link is bound to; False where it gets no more."""

        def work(tx: Transaction) -> bool:
            opened = _open(tx, token, "sign", at=at, lock=True)
            if opened is None or opened.link.purpose != "sign":
                return False
            link = opened.link
            if link.codes_sent >= CODES or not (self._post.has_mail and link.email):
                return False
            code = new_code()
            sent = replace(
                link, code=code_hash(token, code), code_until=at + CODE_LASTS, code_tries=0,
                codes_sent=link.codes_sent + 1,
            )  # fmt: skip
            tx.links.save(sent)
            letter = self._post.letters.code(opened.run, opened.step, name=link.name, code=code)
            key = f"code/{link.token}/{sent.codes_sent}"
            post_letter(tx, opened.run, letter, to=link.email, key=key, at=at)
            return True

        sent = await self._database.run(work)
        self._wake()
        return sent

    async def confirm(
        self, token: str, code: str, act: Callable[[Opened], Act], *, at: datetime
    ) -> Outcome | None:
        """Sign or send back, with the code; the link is used up by it. None: no such link."""

        def work(tx: Transaction) -> Outcome | None:
            opened = _open(tx, token, "sign", at=at, lock=True)
            if opened is None or opened.link.purpose != "sign":
                return None
            link = opened.link
            if not link.code or link.code_until is None or link.code_until <= at:
                return "no_code"
            if link.code_tries >= CODE_TRIES:
                return "no_code"
            if not compare_digest(link.code, code_hash(token, code)):
                tx.links.save(replace(link, code_tries=link.code_tries + 1))
                return "wrong_code"
            tx.links.save(replace(link, used_at=at, code=""))
            acted(tx, self._post, opened.run, opened.step, act(opened), by=OUTSIDER, at=at)
            return "done"

        outcome = await self._database.run(work)
        self._wake()
        return outcome

    async def note(self, token: str, text: str, *, at: datetime) -> bool:
        """Keep a remark; False where the link does not work."""

        def work(tx: Transaction) -> bool:
            opened = _open(tx, token, "sign", at=at, lock=True)
            if opened is None or opened.link.purpose == "read":
                return False
            name = opened.link.name
            acted(
                tx, self._post, opened.run, opened.step,
                lambda document, run, _: add_note(document, run, text=text, name=name, at=at),
                by=OUTSIDER, at=at,
            )  # fmt: skip
            return True

        noted = await self._database.run(work)
        self._wake()
        return noted

    async def fill(
        self, token: str, answers: Mapping[str, tuple[str, ...]], *, finish: bool, at: datetime
    ) -> bool:
        """Keep the answers in the draft; `finish` uses the link up. False: no such link."""

        def work(tx: Transaction) -> bool:
            opened = _open(tx, token, "form", at=at, lock=True)
            if opened is None:
                return False
            link = opened.link
            acted(
                tx, self._post, opened.run, opened.step,
                lambda document, run, _: fill_document(
                    document, run, answers=answers, by=OUTSIDER, name=link.name, at=at
                ),
                by=OUTSIDER, at=at,
            )  # fmt: skip
            if finish:
                tx.links.save(replace(link, used_at=at))
            return True

        filled = await self._database.run(work)
        self._wake()
        return filled


def _open(
    tx: Transaction, token: str, kind: str, *, at: datetime, lock: bool = False
) -> Opened | None:
    """Find a link and all it may show; its run is locked before it, as everywhere."""
    found = tx.links.find(hash_of(token), at=at)
    if found is None or (found.purpose == "form") != (kind == "form"):
        return None
    run = tx.runs.get(found.run_id, workspace=found.workspace, lock=lock)
    link = tx.links.find(hash_of(token), at=at, lock=True) if lock else found
    step = run.step(found.step) if run else None
    if link is None or run is None or step is None:
        return None
    document = document_of(tx, run, step)
    if not _works(link, run, step, document):
        return None
    ids = {step.owner, run.lead, *(version.by for version in document.versions)}
    ids |= {one.person for one in document.signatures}
    people = tx.people.many(ids, workspace=run.workspace).values()
    return Opened(link, run, step, document, {person.id: person.name for person in people})


def _works(link: Link, run: Run, step: Step, document: Document) -> bool:
    """Whether what the link is for can still be done."""
    if run.status is not RunStatus.ACTIVE and link.purpose != "read":
        return False
    if link.purpose == "sign":
        is_newest = link.version == document.number
        is_turn = not (document.returned or document.open_request or document.signed_by(link.role))
        return is_newest and is_turn and is_signing(run, step)
    if link.purpose == "form":
        return step.status is StepStatus.ACTIVE
    return document.current is not None
