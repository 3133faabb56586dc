"""Private answers: refusals and failures, as a message or in a modal."""

from collections.abc import Iterable

from bot.ids import ViewId
from bot.views.blocks import Block, Message, text_message
from bot.views.inputs import modal
from bot.views.markup import joined, phrase
from bot.views.refusals import refusal_text
from bot.words.catalogue import say
from playbooks.people import Person
from playbooks.run import Refused

_FIELDS = {
    "items_open": ("items",), "words_missing": ("reason", "comment", "text"),
    "link_missing": ("evidence",), "file_missing": ("evidence",), "text_missing": ("evidence",),
    "link_wrong": ("evidence",), "link_long": ("evidence",), "evidence_none": ("evidence",),
    "cannot_own": ("person",), "already_theirs": ("person",), "date_past": ("due_at",),
    "owner_away": ("person",),
    "date_wrong": ("due_at",), "date_far": ("due_at",), "snooze_past": ("until_at",),
    "snooze_far": ("until_at",), "snoozed_enough": ("until_at",), "snooze_reason": ("reason",),
    "day_past": ("due_on",), "day_far": ("due_on",), "day_wrong": ("due_on",),
    "same_channel": ("channel",), "no_such_playbook": ("playbook",),
    "cannot_decide": ("person",), "delegate_author": ("person",), "delegate_twice": ("person",),
    "delegate_same": ("person",),
    "no_successor": ("successor",),
    "name_missing": ("name",), "email_wrong": ("email",), "paper_missing": ("scan",),
    "witness_wrong": ("witness",), "price_missing": ("days",),
}  # fmt: skip


def refusal_message(refused: Refused, person: Person) -> Message:
    """What did not happen, why, and what to do now."""
    return text_message(refusal_text(person.language, refused, person.zone, refused.run))


def fields_meant(refused: Refused) -> list[str]:
    """The fields of a form that a refusal is about, one of which the form has perhaps."""
    if refused.code in {"start_invalid", "form_invalid"}:
        return list(refused.facts["fields"])
    return list(_FIELDS.get(refused.code, ()))


def error_message(language: str, reference: str) -> Message:
    """Something broke here, and the number to tell whoever looks after the bot."""
    return text_message(phrase(language, "error", reference=reference))


def unreachable_message(languages: Iterable[str], *, in_doubt: bool) -> Message:
    """The database is away: what became of the request; in every language they may read."""
    key = "memory.in_doubt" if in_doubt else "memory.away"
    return text_message(joined("\n", [phrase(language, key) for language in languages]))


def silent_message(language: str) -> Message:
    """Slack did not say whether it did what was asked of it."""
    return text_message(phrase(language, "slow.slack"))


def wait_message(language: str) -> Message:
    """The answer to a form comes later."""
    return text_message(phrase(language, "slow.wait"))


def done_message(language: str) -> Message:
    """The answer to a form whose sender was asked to wait."""
    return text_message(phrase(language, "slow.done"))


def build_answer_modal(answer: Message, language: str) -> Block:
    """An answer where there is no channel to give it in."""
    return modal(ViewId.ANSWER, language, say(language, "form.answer"), answer.blocks)
