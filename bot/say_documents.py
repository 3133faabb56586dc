"""What an event makes the bot say about a step's document."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.saying import Saying, language_for, step_card
from bot.views.blocks import Message
from bot.views.document_notices import (
    build_changes_message,
    build_chased_message,
    build_chaser_message,
    build_established_message,
    build_form_filled_message,
    build_noted_message,
    build_paper_message,
    build_priced_message,
    build_waived_message,
)
from bot.views.documents import build_client_message, build_document_message
from playbooks.calendars import Facts
from playbooks.documents import Document
from playbooks.run import Event, EventKind, Run, RunStatus, Step
from playbooks.signatures import Version
from playbooks.signing_rounds import is_signing, signatory


def say_document(
    event: Event, number: int, run: Run, step: Step, document: Document,
    facts: Facts, *, outsiders: bool,
) -> Iterator[Saying]:  # fmt: skip
    """The living messages of its versions, and what is said once, in the thread of the step.

    Where another company reads the channel, owner and signatories hear of it directly.

    A client in Slack hears of it directly, and of nothing else.
    """
    # What nobody signs is finished with its step, and is told then.
    finished = not document.needs
    yield from living_documents(
        run, step, document, facts, outsiders=outsiders, create=finished
    )  # fmt: skip
    notice = _notice(event, run, step, document)
    if notice:
        key = f"{run.id}/{event.kind}/{step.key}/{number}"
        yield Saying(
            key=key, kind="notice", subject=step.id, draw=lambda _: notice(),
            under=None if outsiders else step_card(run, step, facts),
            to=str(event.facts.get("witness") or step.owner) if outsiders else "",
        )  # fmt: skip
    if event.kind is EventKind.DOCUMENT_CHASED:
        for person in _clients(run, document):
            yield _chaser(number, run, step, document, person, facts)


def living_documents(
    run: Run, step: Step, document: Document, facts: Facts, *, outsiders: bool,
    create: bool = False,
) -> Iterator[Saying]:  # fmt: skip
    """The messages of a document's versions, with the team and with the client's signatories."""
    for version in document.versions:
        over = step.is_closed or run.status is not RunStatus.ACTIVE
        posts = version.number == document.number and (create or not over)
        yield _living(run, step, document, version, facts, create=posts and not outsiders)
        for person in _ours(run, step, document) if outsiders else ():
            language = language_for(person, run, facts)
            card = _living(run, step, document, version, facts, create=posts, language=language)
            key = f"{card.key}/{person}"
            yield replace(card, key=key, under=None, to=person)
        for person in _clients(run, document):
            yield _to_client(run, step, document, version, person, facts)


def _clients(run: Run, document: Document) -> list[str]:
    """The client's signatories who are in Slack."""
    people = [signatory(run, need) for need in document.needs if need.side == "client"]
    return [person for person in people if person]


def _ours(run: Run, step: Step, document: Document) -> list[str]:
    """Who of the team has to do with the document."""
    heads = {signatory(run, need) for need in document.needs if need.side == "ours"}
    return sorted({step.owner, *heads})


def _living(
    run: Run, step: Step, document: Document, version: Version, facts: Facts, *, create: bool,
    language: str = "",
) -> Saying:  # fmt: skip
    def draw(at: datetime) -> Message:
        said_in = language or run.language
        return build_document_message(run, step, document, version, at, said_in)

    return Saying(
        key=f"{run.id}/approval/{step.key}/{version.number}/sign/{run.channel}", kind="approval",
        subject=step.id, living=True, draw=draw, create=create,
        under=step_card(run, step, facts),
    )  # fmt: skip


def _to_client(
    run: Run, step: Step, document: Document, version: Version, person: str,
    facts: Facts,
) -> Saying:  # fmt: skip
    language = language_for(person, run, facts)
    is_newest = version.number == document.number
    asks = is_newest and is_signing(run, step) and run.status is RunStatus.ACTIVE
    return Saying(
        key=f"{run.id}/approval/{step.key}/{version.number}/sign/{person}", kind="approval",
        subject=step.id, living=True, create=asks, to=person,
        draw=lambda _: build_client_message(run, step, document, version, person, language),
    )  # fmt: skip


def _chaser(
    number: int, run: Run, step: Step, document: Document, person: str,
    facts: Facts,
) -> Saying:  # fmt: skip
    language = language_for(person, run, facts)
    return Saying(
        key=f"{run.id}/document_chased/{step.key}/{number}/{person}", kind="reminder",
        subject=step.id, to=person,
        draw=lambda _: build_chaser_message(run, step, document, person, language),
    )  # fmt: skip


def _notice(event: Event, run: Run, step: Step, document: Document) -> Callable[[], Message] | None:
    """What is said once in the thread."""
    told, by, language = event.facts, event.by, run.language
    notices: dict[EventKind, Callable[[], Message]] = {
        EventKind.DOCUMENT_NOTED: lambda: build_noted_message(step, told, language),
        EventKind.DOCUMENT_FILLED: lambda: build_form_filled_message(step, told["name"], language),
        EventKind.DOCUMENT_CHASED: lambda: build_chased_message(run, step, document, language),
        EventKind.CHANGES_ASKED: lambda: build_changes_message(step, told, language),
        EventKind.CHANGE_PRICED: lambda: build_priced_message(by, told, language),
        EventKind.CHANGE_WAIVED: lambda: build_waived_message(by, told["number"], language),
        EventKind.PAPER_RECORDED: lambda: build_paper_message(run, step, by, told, language),
        EventKind.RUN_ESTABLISHED: lambda: build_established_message(
            run, told["version"], told["code"], language
        ),
    }  # fmt: skip
    return notices.get(event.kind)
