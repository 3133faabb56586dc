"""A message is claimed before it is sent, and known by key and place afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.database import Database
from storage.messages import Message
from tests.storage.factories import AT, HERE, LATER

CARD = Message(
    key="run:r1",
    run_id="r1",
    kind="run",
    subject="",
    channel="C1",
    thread_key=None,
    state="sending",
    sending_at=AT,
)


def claim(database: Database, message: Message = CARD, at: datetime = AT) -> Message:
    return database.run_now(
        lambda tx: tx.messages.claim(
            message.key,
            workspace=HERE,
            run_id=message.run_id,
            kind=message.kind,
            subject=message.subject,
            channel=message.channel,
            thread_key=message.thread_key,
            at=at,
        )
    )


def show(database: Database, key: str = "run:r1", ts: str = "1.1") -> None:
    database.run_now(
        lambda tx: tx.messages.shown(key, workspace=HERE, ts=ts, drawn="hash", at=LATER)
    )


def test_a_claimed_message_is_being_sent(database: Database) -> None:
    assert claim(database) == CARD
    assert database.run_now(lambda tx: tx.messages.get("run:r1", workspace=HERE)) == CARD


def test_a_second_claim_tells_of_the_first(database: Database) -> None:
    claim(database)
    assert claim(database, at=LATER).sending_at == AT
    show(database)
    assert claim(database, at=LATER).state == "shown"


def test_a_shown_message_is_found_by_its_place(database: Database) -> None:
    claim(database)
    show(database)
    shown = replace(CARD, state="shown", ts="1.1", drawn="hash", shown_at=LATER)
    assert database.run_now(lambda tx: tx.messages.at("C1", "1.1", workspace=HERE)) == shown
    assert database.run_now(lambda tx: tx.messages.at("C2", "1.1", workspace=HERE)) is None


def test_a_redrawn_message_keeps_its_place(database: Database) -> None:
    claim(database)
    show(database)
    database.run_now(lambda tx: tx.messages.redrawn("run:r1", workspace=HERE, drawn="new"))
    message = database.run_now(lambda tx: tx.messages.get("run:r1", workspace=HERE))
    assert message is not None
    assert (message.drawn, message.ts, message.shown_at) == ("new", "1.1", LATER)


def test_a_forgotten_message_can_be_claimed_anew(database: Database) -> None:
    claim(database)
    show(database)
    database.run_now(lambda tx: tx.messages.forget("run:r1", workspace=HERE))
    assert database.run_now(lambda tx: tx.messages.get("run:r1", workspace=HERE)) is None
    assert claim(database, at=LATER) == replace(CARD, sending_at=LATER)


def test_a_message_shown_later_than_another_claim_keeps_one_row(database: Database) -> None:
    for minutes in range(3):
        claim(database, at=AT + timedelta(minutes=minutes))
    assert database.run_now(lambda tx: tx.messages.get(CARD.key, workspace=HERE)) == CARD


def test_what_slack_shows_of_a_run_is_found_by_kind(database: Database) -> None:
    for key, kind, run_id in (
        ("a", "reminder", "r1"), ("b", "notice", "r1"), ("c", "run", "r1"), ("d", "notice", "r2"),
        ("e", "notice", "r1"),
    ):  # fmt: skip
        claim(database, replace(CARD, key=key, kind=kind, run_id=run_id))
        if key != "e":
            show(database, key)
    asked = ["reminder", "notice"]
    found = database.run_now(lambda tx: tx.messages.shown_of("r1", workspace=HERE, kinds=asked))
    assert [message.key for message in found] == ["a", "b"]
