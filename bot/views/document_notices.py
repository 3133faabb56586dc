"""What is said once about a document, in its step's thread or to one person."""

from collections.abc import Mapping
from typing import Any

from bot.ids import ActionId
from bot.refs import SignRef
from bot.views.blocks import Message, button, text_message
from bot.views.dates import moment
from bot.views.document_lines import name_of_document
from bot.views.markup import Markup, escape, mention, phrase, title
from bot.words.catalogue import say
from playbooks.documents import Document
from playbooks.run import Run, Step


def build_noted_message(step: Step, facts: Mapping[str, Any], language: str) -> Message:
    """The client's remark."""
    return text_message(phrase(language, "notice.noted", **_said(step, facts, language)))


def build_changes_message(step: Step, facts: Mapping[str, Any], language: str) -> Message:
    """The client wants changes."""
    return text_message(phrase(language, "notice.changes", **_said(step, facts, language)))


def _said(step: Step, facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    name = str(facts.get("name") or "")
    return {
        "owner": mention(step.owner), "number": int(facts["version"]),
        "name": title(name, 80) if name else phrase(language, "document.client"),
        "text": escape(str(facts["text"]), 2500),
    }  # fmt: skip


def build_form_filled_message(step: Step, name: str, language: str) -> Message:
    """Somebody outside has filled in answers."""
    facts = {"owner": mention(step.owner), "name": title(name, 80)}
    return text_message(phrase(language, "notice.form_filled", **facts))


def build_paper_message(
    run: Run, step: Step, by: str, facts: Mapping[str, Any], language: str
) -> Message:
    """A second person is asked to look at the signed paper."""
    line = phrase(
        language, "notice.paper",
        witness=mention(str(facts["witness"])), by=mention(by), name=title(str(facts["name"]), 80),
        number=int(facts["version"]),
    )  # fmt: skip
    ref = SignRef(run.id, step.key, int(facts["version"]), str(facts["role"]))
    return text_message(
        line, button(say(language, "sign.witness"), ActionId.SIGN_WITNESS, str(ref))
    )


def build_chased_message(run: Run, step: Step, document: Document, language: str) -> Message:
    """The client was reminded, or should be by whoever looks after them."""
    since = document.waiting_since()
    asked = [one for one in document.asked if one.version == document.number]
    client = next((one for one in asked if one.side == "client"), None)
    by_us = bool(client and (client.email or client.person))
    named = (client.name or client.person) if client else ""
    facts = {
        "owner": mention(step.owner), "number": document.number,
        "name": mention(named) if named else phrase(language, "document.client"),
        "moment": moment(since, language, run.zone) if since else Markup("–"),
    }  # fmt: skip
    key = "notice.chased" if by_us else "notice.chase_by_hand"
    return text_message(phrase(language, key, **facts))


def build_chaser_message(
    run: Run, step: Step, document: Document, person: str, language: str
) -> Message:
    """To a client in Slack: a polite word."""
    facts = {"title": title(name_of_document(run, step, language), 100), "number": document.number}
    return text_message(phrase(language, "notice.chase_client", person=mention(person), **facts))


def build_established_message(run: Run, number: int, code: str, language: str) -> Message:
    """Both sides have signed."""
    return text_message(phrase(language, "notice.established", number=number, code=code))


def build_priced_message(by: str, facts: Mapping[str, Any], language: str) -> Message:
    """A change request has its price."""
    told = {"number": int(facts["number"]), "days": int(facts["days"])}
    cost = title(str(facts["cost"]), 60)
    return text_message(phrase(language, "notice.priced", by=mention(by), cost=cost, **told))


def build_waived_message(by: str, number: int, language: str) -> Message:
    """A change request costs nothing."""
    return text_message(phrase(language, "notice.waived", by=mention(by), number=number))
