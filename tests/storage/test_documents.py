"""Documents come back as they were; links, mails and numbers are used once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from playbooks.documents import Document
from playbooks.run import RunStatus
from playbooks.signatures import Asked, Need, Note, Revision, Signature, Version
from storage.database import Database, Transaction
from storage.links import Link
from storage.mails import Mail
from tests.storage.factories import AT, ELSEWHERE, HERE, LATER, add, make_run

DOCUMENT = Document(
    HERE, "r1", "brief", needs=(Need("ours", "head"),), answers={"goal": ("More", "better")},
    versions=(Version(1, "Text\n", "d1", "UA", AT),),
    signatures=(Signature("ours", "head", "", "UA", "slack", AT, 1, "d1", witness="UB"),),
    asked=(Asked("client", "boss", "Zhao", "", "z@c.example", "link", 1, "UA", AT),),
    notes=(Note("Why?", "Wu", 1, AT),),
    revisions=(Revision(1, "Less", "Zhao", 1, AT, True, "5", 2, "UA", LATER),),
    chased=2, chase_at=LATER,
)  # fmt: skip
LINK = Link(
    HERE, "t1", "r1", "brief", "sign", 1, "boss", "Zhao", "z@c.example", "UA", expires_at=LATER
)


def test_a_document_comes_back_as_it_was(database: Database) -> None:
    add(database, make_run())
    database.run_now(lambda tx: tx.documents.save(DOCUMENT))
    changed = replace(DOCUMENT, chased=3, chase_at=None)
    assert database.run_now(lambda tx: tx.documents.of_run("r1", workspace=HERE)) == {
        "brief": DOCUMENT
    }
    database.run_now(lambda tx: tx.documents.save(changed))
    found = database.run_now(lambda tx: tx.documents.get("r1", "brief", workspace=HERE))
    assert found == changed


def test_due_chasers_are_found_in_time(database: Database) -> None:
    add(database, make_run())
    database.run_now(lambda tx: tx.documents.save(DOCUMENT))
    due: Callable[[Transaction], Any] = lambda tx: tx.documents.due_chasers(at=LATER, limit=9)  # noqa: E731
    early: Callable[[Transaction], Any] = lambda tx: tx.documents.due_chasers(at=AT, limit=9)  # noqa: E731
    assert database.run_now(due) == [(HERE, "r1", "brief")]
    assert database.run_now(early) == []
    add(database, make_run("still", status=RunStatus.PAUSED))
    database.run_now(lambda tx: tx.documents.save(replace(DOCUMENT, run="still")))
    assert database.run_now(due) == [(HERE, "r1", "brief")]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"used_at": AT},
        {"expires_at": AT},
        {"token": "t2"},
    ],
)
def test_a_used_expired_or_unknown_link_is_not_found(
    database: Database, spoilt: dict[str, Any]
) -> None:
    database.run_now(lambda tx: tx.links.add(replace(LINK, **spoilt)))
    assert database.run_now(lambda tx: tx.links.find("t1", at=AT)) is None


def test_a_link_is_found_without_knowing_its_workspace_until_it_is_revoked(
    database: Database,
) -> None:
    database.run_now(lambda tx: tx.links.add(LINK))
    assert database.run_now(lambda tx: tx.links.find("t1", at=AT, lock=True)) == LINK
    other: dict[str, Any] = {"workspace": HERE, "at": AT, "role": "other"}
    database.run_now(lambda tx: tx.links.revoke("r1", "brief", **other))
    assert database.run_now(lambda tx: tx.links.find("t1", at=AT)) == LINK
    database.run_now(lambda tx: tx.links.revoke("r1", "brief", workspace=HERE, at=AT))
    assert database.run_now(lambda tx: tx.links.find("t1", at=AT)) is None


def test_a_mail_is_claimed_by_one_sender_only(database: Database) -> None:
    mail = Mail(HERE, "m1", "z@c.example", "S", "T", "<p>T</p>", [{"name": "a", "content": "eA=="}])
    added = [database.run_now(lambda tx: tx.mails.add(mail, at=AT)) for _ in range(2)]
    assert added == [True, False]
    claim: Callable[[Transaction], Any] = lambda tx: tx.mails.claim(at=AT, until=LATER)  # noqa: E731
    assert database.run_now(claim) == replace(mail, attempts=1)
    assert database.run_now(claim) is None
    database.run_now(lambda tx: tx.mails.sent("m1", workspace=HERE, at=AT))
    assert database.run_now(lambda tx: tx.mails.state("m1", workspace=HERE)) == "sent"
    assert database.run_now(lambda tx: tx.mails.given_up(at=LATER)) == 0


def test_what_a_killed_sender_left_behind_is_not_sent_again(database: Database) -> None:
    database.run_now(lambda tx: tx.mails.add(Mail(HERE, "m1", "z", "S", "T", ""), at=AT))
    database.run_now(lambda tx: tx.mails.claim(at=AT, until=LATER))
    assert database.run_now(lambda tx: tx.mails.given_up(at=AT)) == 0
    assert database.run_now(lambda tx: tx.mails.given_up(at=LATER)) == 1
    late = LATER + timedelta(days=1)
    assert database.run_now(lambda tx: tx.mails.claim(at=late, until=late)) is None
    assert database.run_now(lambda tx: tx.mails.state("m1", workspace=HERE)) == "unsure"


def test_a_mail_that_did_not_go_out_is_tried_again_later(database: Database) -> None:
    database.run_now(lambda tx: tx.mails.add(Mail(HERE, "m1", "z", "S", "T", ""), at=AT))
    database.run_now(lambda tx: tx.mails.claim(at=AT, until=LATER))
    database.run_now(lambda tx: tx.mails.again("m1", workspace=HERE, at=LATER))
    assert database.run_now(lambda tx: tx.mails.claim(at=AT, until=LATER)) is None
    again = database.run_now(lambda tx: tx.mails.claim(at=LATER, until=LATER))
    assert again
    assert again.attempts == 2


def test_each_number_is_given_once_and_to_each_workspace_its_own(url: str) -> None:
    database = Database(url)

    def take(_: int) -> int:
        return database.run_now(lambda tx: tx.counters.next("project-2026", workspace=HERE))

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take, range(30))) == list(range(1, 31))
    assert database.run_now(lambda tx: tx.counters.next("project-2026", workspace=ELSEWHERE)) == 1
    database.close()
