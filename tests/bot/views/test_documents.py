"""Every view of documents, with ordinary and with the worst input, against the checker."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.ids import ViewId
from bot.views import document_modals as modals
from bot.views import document_notices as notices
from bot.views import mails
from bot.views.blocks import Message
from bot.views.document_answers import build_link_message, build_sent_message
from bot.views.documents import build_client_message, build_document_message
from playbooks.document_text import digest_of
from playbooks.documents import Document, new_document
from playbooks.records import Version as Handed
from playbooks.run import Run, RunStatus, Step, StepStatus
from playbooks.signatures import Asked, Need, Revision, Signature, Version
from playbooks.texts import LANGUAGES
from tests.bot.views.checking import elements, faults_of, texts
from tests.bot.views.nasty import LONG
from tests.factories import AT, HEAD, LEAD, OWNER, a_playbook, a_run, a_step, a_told_step

Shown = Message | dict[str, Any]
NEEDS = (Need("ours", "head"), Need("client", "client"))
TYPES = ("text", "number", "date", "link", "gate", "choice", "multi-choice")


def form(words: str) -> dict[str, Any]:
    choices = [{"id": f"c{n}", "title": f"{n} {words}"} for n in range(14)]
    questions = [
        {"id": f"q{n}", "ask": words, "type": kind, "required": "true"}
        | ({"choices": choices} if "choice" in kind else {})
        | ({"blocks-on": "no"} if kind == "gate" else {})
        for n, kind in enumerate(TYPES)
    ]
    return {"id": "req", "title": words, "questions": questions, "document": "# T\n\n{{q0}}"}


def a_signing_run(words: str, language: str) -> tuple[Run, Step]:
    roles = {
        "controller": {"title": words, "lead": "true"}, "designer": {"title": words},
        "head": {"title": words}, "client": {"title": words, "outsider": "true"},
    }  # fmt: skip
    sign = [{"side": "ours", "by": "head"}, {"side": "client", "by": "client"}]
    told = a_told_step("req", title=words, form="req", sign=sign, rounds=2)
    later = a_told_step("work", needs=["req"], due="after(req) + 2 workdays")
    playbook = a_playbook(told, later, roles=roles, forms=[form(words)])
    handed = Handed(number=1, by=OWNER, at=AT, evidence=(), levels=(), comment="", digest="d")
    step = a_step("req", status=StepStatus.DECIDING, versions=(handed,))
    waiting = a_step("work", status=StepStatus.WAITING, due_planned=True)
    people = {"controller": (LEAD,), "designer": (OWNER,), "head": (HEAD,)}
    run = a_run(step, waiting, playbook=playbook, language=language, people=people, name=words)
    return run, step


def a_version(number: int, words: str) -> Version:
    text = f"# {number}\n\n- **Goal** {words}\n" + f"- {words}\n" * (number * 6)
    return Version(number, text, digest_of(text), OWNER, AT)


def documents(run: Run, step: Step, words: str) -> Iterator[Document]:
    blank = new_document(run, step)
    versions = (a_version(1, words), a_version(2, words))
    document = replace(blank, versions=versions, answers={"q0": (words[:3000],)})
    asked = Asked("client", "client", words[:120], "", "z@c.example", "link", 2, LEAD, AT)
    last = versions[-1]
    ours = Signature("ours", "head", words, HEAD, "slack", AT, 2, last.digest)
    theirs = Signature("client", "client", words, "", "link", AT, 2, last.digest)
    paper = replace(theirs, method="paper", recorded_by=LEAD, wanted=OWNER)
    yield document
    yield replace(document, asked=(asked,), signatures=(ours,))
    yield replace(document, signatures=(ours, paper))
    yield replace(document, signatures=(ours, replace(paper, witness=OWNER)))
    yield replace(document, signatures=(ours, theirs))
    revision = Revision(1, words, words, 2, AT, extra=True)
    yield replace(document, asked=(asked,), revisions=(revision,))
    yield replace(document, revisions=(replace(revision, cost=words, days=3, settled_by=LEAD),))
    yield replace(document, needs=())


def messages(run: Run, step: Step, document: Document, language: str) -> Iterator[Shown]:
    late = AT + timedelta(days=12)
    for state in (run, replace(run, status=RunStatus.CANCELLED, ended_at=AT, ended_by=LEAD)):
        for version in document.versions:
            yield build_document_message(state, step, document, version, late, language)
            yield build_client_message(state, step, document, version, HEAD, language)
    done = replace(step, status=StepStatus.DONE, closed_at=AT, closed_by=LEAD)
    yield build_document_message(
        replace(run, code="CP-2026-0001").with_step(done), done, document, document.versions[-1],
        AT, language,
    )  # fmt: skip


def others(run: Run, step: Step, document: Document, words: str, lang: str) -> Iterator[Shown]:
    told = {"name": words, "text": words, "version": 2, "number": 1, "cost": words, "days": 3}
    paper = {"witness": OWNER, "name": words, "version": 2, "role": "client"}
    yield notices.build_noted_message(step, told, lang)
    yield notices.build_changes_message(step, told, lang)
    yield notices.build_form_filled_message(step, words, lang)
    yield notices.build_paper_message(run, step, LEAD, paper, lang)
    yield notices.build_chased_message(run, step, document, lang)
    yield notices.build_chaser_message(run, step, document, HEAD, lang)
    yield notices.build_established_message(run, 2, "CP-2026-0001", lang)
    yield notices.build_priced_message(LEAD, told, lang)
    yield notices.build_waived_message(LEAD, 1, lang)
    yield build_sent_message(words, "z@c.example", lang, signing=True)
    yield build_sent_message(words, "z@c.example", lang, signing=False)
    for reading in (True, False):
        url = f"https://sop.example/sign/{'x' * 43}"
        yield build_link_message(words, url, "123456", lang, reading=reading)
    last = document.versions[-1]
    yield modals.build_fill_modal(run, step, document, lang)
    yield modals.build_sign_modal(run, step, last, "head", lang)
    yield modals.build_read_modal(run, step, last, lang)
    for has_mail in (True, False):
        yield modals.build_send_modal(run, step, document, NEEDS[1], lang, has_mail=has_mail)
        for view in (ViewId.FORM_SEND, ViewId.SIGN_COMMENT):
            yield modals.build_invite_modal(view, run, step, lang, has_mail=has_mail)
    yield modals.build_paper_modal(run, step, document, last, "client", lang)
    yield modals.build_changes_modal(run, step, last, lang)
    yield modals.build_price_modal(run, step, document, lang)


@pytest.mark.parametrize("words", ["Confirmation", LONG], ids=["ordinary", "worst"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_every_view_of_a_document(language: str, words: str) -> None:
    run, step = a_signing_run(words, language)
    for document in documents(run, step, words):
        for shown in messages(run, step, document, language):
            assert faults_of(shown) == []
        for shown in others(run, step, document, words, language):
            assert faults_of(shown) == []


def test_whoever_has_to_sign_is_mentioned_first() -> None:
    run, step = a_signing_run("Confirmation", "en")
    document = next(documents(run, step, "Confirmation"))
    shown = build_document_message(run, step, document, document.versions[-1], AT, "en")
    assert shown.text.startswith(f"<@{HEAD}>, please sign.")
    assert shown.blocks[0]["text"]["text"].startswith(f"🟡 <@{HEAD}>")
    assert [len(elements(shown, name)) for name in ("sign.sign", "sign.send")] == [1, 1]
    assert "−" not in texts(shown)


@pytest.mark.parametrize("words", ["Confirmation", LONG], ids=["ordinary", "worst"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_mails_say_the_same_in_text_and_html(language: str, words: str) -> None:
    run, step = a_signing_run(words, language)
    _, asked, *_ = documents(run, step, words)
    url = f"https://sop.example/sign/{'x' * 43}"
    letters = [
        mails.sign(run, step, asked, name=words, url=url, again=False),
        mails.sign(run, step, asked, name=words, url=url, again=True),
        mails.form(run, step, name=words, url=url),
        mails.comment(run, step, asked, name=words, url=url),
    ]
    for letter in letters:
        assert url in letter.text
        assert f'href="{url}"' in letter.html
        assert "<!channel>" not in letter.html
        assert len(letter.subject) <= mails.SUBJECT
        assert "\n" not in letter.subject
    code = mails.code(run, step, name=words, code="012345")
    assert "012345" in code.text
    assert "012345" in code.html
