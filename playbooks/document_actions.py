"""Fill a document, freeze its versions, and take the client's remarks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from playbooks.document_text import digest_of, fill_template, literal, plain
from playbooks.documents import Document, DocumentChange, form_of
from playbooks.flow import TEXT_LIMIT, require_step, require_theirs, worded
from playbooks.form_answers import check_answers, lacking
from playbooks.questions import Form
from playbooks.run import Event, EventKind, Refused, Run, Step, StepStatus
from playbooks.signatures import OUTSIDER, Note, Version
from playbooks.signing_rounds import ask_again

_OPEN = {StepStatus.ACTIVE, StepStatus.DECIDING}


def require_form(run: Run, key: str) -> tuple[Step, Form]:
    """The open step and its form; refuse where there is none, or it is not its time."""
    step = require_step(run, key)
    form = form_of(run, step)
    if form is None:
        raise Refused("document_missing")
    if step.status not in _OPEN:
        raise Refused("document_closed", owner=step.owner)
    return step, form


def fill_document(
    document: Document, run: Run, *, answers: Mapping[str, tuple[str, ...]], by: str, at: datetime,
    name: str = "",
) -> DocumentChange:  # fmt: skip
    """Keep answers in the draft; `name` is whoever filled it in without Slack.

    While it is being signed every edit makes a new version, and all are asked again.
    """
    step, form = require_form(run, document.step)
    if by != OUTSIDER:
        require_theirs(run, step, by)
    elif step.status is not StepStatus.ACTIVE:
        raise Refused("document_closed", owner=step.owner)
    if document.open_request:
        raise Refused("request_open", number=document.open_request.number)
    kept = {question: tuple(map(plain, values)) for question, values in answers.items()}
    kept = {question: tuple(filter(None, values)) for question, values in kept.items()}
    check_answers(form, kept)
    merged = {**document.answers, **kept}
    filled = replace(document, answers={id_: given for id_, given in merged.items() if given})
    if filled.answers == document.answers:
        return DocumentChange(document, run)
    if step.status is StepStatus.DECIDING:
        frozen = freeze_document(filled, run, by=by, at=at)
        asked = ask_again(frozen.document, run, by=by, at=at)
        return DocumentChange(asked.document, run, frozen.events + asked.events)
    kind = EventKind.DOCUMENT_FILLED if by == OUTSIDER else EventKind.DOCUMENT_SAVED
    event = Event(kind, at, by, step.key, {"name": name} if name else {})
    return DocumentChange(filled, run, (event,))


def freeze_document(document: Document, run: Run, *, by: str, at: datetime) -> DocumentChange:
    """Make the draft a version, if it differs from the last; signatures on that one are void."""
    step, form = require_form(run, document.step)
    missing = lacking(form, document.answers)
    if missing and document.needs:
        raise Refused("document_incomplete", step=step.key, questions=missing)
    text = text_of(document, form, run.language)
    last = document.current
    if last and last.digest == digest_of(text):
        return DocumentChange(document, run)
    version = Version(document.number + 1, text, digest_of(text), by, at)
    frozen = replace(document, versions=(*document.versions, version), chased=0, chase_at=None)
    told = {"version": version.number, "digest": version.digest}
    events = [Event(EventKind.DOCUMENT_FROZEN, at, by, step.key, told)]
    void = [one.name for one in document.signatures if last and one.version == last.number]
    if last and void:
        lost = {"version": last.number, "names": void}
        events.append(Event(EventKind.DOCUMENT_VOIDED, at, by, step.key, lost))
    return DocumentChange(frozen, run, tuple(events))


def text_of(document: Document, form: Form, language: str) -> str:
    """The draft as it would be frozen, with the change requests it answers."""
    return fill_template(form, document.answers, language) + _requests(document)


def _requests(document: Document) -> str:
    lines = [
        f"{n}. {_one_line(each.text)} · {_one_line(each.cost or '0')} · +{each.days} d"
        for n, each in enumerate((r for r in document.revisions if r.extra and not r.is_open), 1)
    ]
    return "\n---\n\n" + "\n".join(lines) + "\n" if lines else ""


def _one_line(text: str) -> str:
    return literal(" ".join(text.split()))


def add_note(document: Document, run: Run, *, text: str, name: str, at: datetime) -> DocumentChange:
    """Keep a remark that somebody of the client made on the page."""
    step, _ = require_form(run, document.step)
    note = Note(plain(worded(text))[:TEXT_LIMIT], name, document.number, at)
    last = document.notes[-1] if document.notes else None
    if last and (last.text, last.name) == (note.text, note.name):
        return DocumentChange(document, run)
    told = {"name": name, "text": note.text, "version": note.version}
    event = Event(EventKind.DOCUMENT_NOTED, at, OUTSIDER, step.key, told)
    return DocumentChange(replace(document, notes=(*document.notes, note)), run, (event,))
