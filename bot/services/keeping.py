"""Save what an action made of a document, and do what follows from it, in one transaction."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services.links import Offered, Post, Wanted, issue, post_letter
from playbooks.calendars import Facts
from playbooks.document_actions import freeze_document
from playbooks.documents import Document, DocumentChange, form_of, is_signed, new_document
from playbooks.run import Change, EventKind, Refused, Run, RunStatus, Step, StepStatus
from playbooks.signing import code_prefix, establish
from playbooks.signing_rounds import ask_again, is_signing, with_chase
from playbooks.standing_in import with_stand_ins
from storage.database import Transaction

_HANDED_IN = {StepStatus.DECIDING, StepStatus.DONE}


def keep(
    tx: Transaction, post: Post, before: DocumentChange, change: DocumentChange, facts: Facts, *,
    by: str, at: datetime,
) -> tuple[DocumentChange, list[Offered]]:  # fmt: skip
    """Save a changed document and run; the last signature establishes the project."""
    if is_signed(change.document) and not is_signed(before.document):
        change = _established(tx, change, facts, by=by, at=at)
    if change.document != before.document:
        tx.documents.save(change.document)
    if change.run != before.run or change.events:
        tx.runs.save(with_stand_ins(Change(change.run, change.events), facts, at=at))
    return change, _links(tx, post, before.document, change, by=by, at=at)


def _established(
    tx: Transaction, change: DocumentChange, facts: Facts, *, by: str, at: datetime
) -> DocumentChange:
    run = change.run
    code = run.code or next_code(tx, run, at=at)
    closed = establish(change.document, run, facts, code=code, by=by, at=at)
    return DocumentChange(closed.document, closed.run, change.events + closed.events)


def next_code(tx: Transaction, run: Run, *, at: datetime) -> str:
    """A project code nobody has had, such as CP-2026-0007."""
    year = at.astimezone(ZoneInfo(run.zone)).year
    number = tx.counters.next(f"project-{year}", workspace=run.workspace)
    return f"{code_prefix(run.playbook.id)}-{year}-{number:04}"


def _links(
    tx: Transaction, post: Post, before: Document, change: DocumentChange, *, by: str, at: datetime
) -> list[Offered]:  # fmt: skip
    """Void what no longer holds, and write to whom was asked, reminded or answered."""
    run, document = change.run, change.document
    step = run.step(document.step)
    if step is None:
        return []
    is_new = document.number != before.number
    is_returned = len(document.revisions) > len(before.revisions)
    if is_new or is_returned or step.is_closed:
        tx.links.revoke(run.id, step.key, workspace=run.workspace, at=at, purpose="sign")
    if is_signed(document) and not is_signed(before):
        _send_record(tx, post, change, step, at=at)
    chased = any(event.kind is EventKind.DOCUMENT_CHASED for event in change.events)
    known = set() if chased else set(before.asked)
    wanted = [
        Wanted("sign", one.name, one.by, at, one.email, one.role, again=chased)
        for one in document.asked
        if one.method == "link" and one.version == document.number and one not in known
        and not document.signed_by(one.role) and (one.email or not chased)
    ]  # fmt: skip
    if not post.public_url:
        return []
    return [issue(tx, post, run, step, document, one) for one in wanted]


def _send_record(
    tx: Transaction, post: Post, change: DocumentChange, step: Step, *, at: datetime
) -> None:
    document = change.document
    for one in document.asked:
        if post.has_mail and one.email and one.version == document.number:
            letter = post.letters.signed(change.run, step, document, name=one.name)
            key = f"signed/{document.run}/{step.key}/{document.number}/{one.role}"
            post_letter(tx, change.run, letter, to=one.email, key=key, at=at)


def follow_run(tx: Transaction, post: Post, before: Run, change: Change, facts: Facts) -> Change:
    """What documents do when their run has changed: a step handed in freezes its version.

    Raises Refused where something the document needs is missing.
    """
    if not change.events or not any(step.form or step.sign for step in before.playbook.steps):
        return change
    if before.status is not RunStatus.ACTIVE and change.run.status is RunStatus.ACTIVE:
        _wait_anew(tx, change)
    for step in change.run.steps:
        was = before.step(step.key)
        if was and _has_moved(before, was, change.run, step) and form_of(before, step):
            change = _follow_step(tx, post, before, was, change, facts)
    return change


def _wait_anew(tx: Transaction, change: Change) -> None:
    """A run that stood still goes on: its clients are reminded as if they had been asked now."""
    run, at = change.run, change.events[-1].at
    for document in tx.documents.of_run(run.id, workspace=run.workspace).values():
        step = run.step(document.step)
        later = with_chase(document, run, at=at) if step and is_signing(run, step) else document
        if later != document:
            tx.documents.save(later)


def _has_moved(before: Run, was: Step, run: Run, step: Step) -> bool:
    return was.status is not step.status or is_signing(before, was) != is_signing(run, step)


def _follow_step(
    tx: Transaction, post: Post, before: Run, was: Step, change: Change, facts: Facts
) -> Change:
    run, last = change.run, change.events[-1]
    by, at = last.by, last.at
    step = run.step(was.key) or was
    document = tx.documents.get(run.id, was.key, workspace=run.workspace)
    old = document or new_document(run, was)
    now = DocumentChange(old, run)
    handed_in = step.status in _HANDED_IN and was.status is StepStatus.ACTIVE
    if handed_in and (old.needs or old.answers):
        frozen = _frozen(old, before, by=by, at=at)
        now = DocumentChange(frozen.document, run, frozen.events)
    if is_signing(run, step) and not is_signing(before, was):
        asked = ask_again(now.document, run, by=by, at=at)
        now = DocumentChange(asked.document, run, now.events + asked.events)
    if is_signing(run, step) and is_signed(now.document):  # handed in again, and still the same
        now = _established(tx, now, facts, by=by, at=at)
    if now.document != old:
        tx.documents.save(now.document)
    _links(tx, post, old, now, by=by, at=at)
    return Change(now.run, change.events + now.events)


def _frozen(document: Document, run: Run, *, by: str, at: datetime) -> DocumentChange:
    """The document frozen; a refusal knows the run, so that it can name what is missing."""
    try:
        return freeze_document(document, run, by=by, at=at)
    except Refused as refused:
        refused.run = run
        raise
