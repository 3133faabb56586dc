"""The client wants changes: rounds are counted, what goes beyond them has a price or is waived."""

from datetime import timedelta

import pytest

from playbooks.documents import Document
from playbooks.revisions import ask_changes, price_request, rounds_used, waive_request
from playbooks.run import EventKind, Run
from playbooks.signatures import OUTSIDER
from playbooks.signing import send_link, sign_document
from playbooks.signing_rounds import CHASES, chase_client, days_lost, hanging_on
from tests.playbooks.engine import STRANGER, found, refused, utc
from tests.playbooks.signing_run import CLIENT, FACTS, LEAD, MONDAY, WEI, edited, to_sign


def wanted(document: Document, run: Run, text: str = "Smaller") -> Document:
    return ask_changes(
        document, run, text=text, version=document.number, by=OUTSIDER, name=CLIENT, at=MONDAY
    ).document


def sent(document: Document, run: Run) -> Document:
    return send_link(
        document, run, role="client", name=CLIENT, email="z@c.example", by=LEAD, at=MONDAY
    ).document


def test_changes_count_a_round_and_stop_the_signing_until_a_new_version() -> None:
    run, document = to_sign(rounds=2)
    returned = wanted(document, run)
    assert rounds_used(returned) == 1
    assert (
        refused(lambda: sign_document(returned, run, role="writer", version=1, by=WEI, at=MONDAY))
        == "changes_wanted"
    )
    again = edited(returned, run, "Fewer dealers").document
    signed = sign_document(again, run, role="writer", version=2, by=WEI, at=MONDAY).document
    assert [need.role for need in signed.missing()] == ["client"]


def beyond() -> tuple[Run, Document]:
    run, document = to_sign(rounds=1)
    once = edited(wanted(document, run), run, "Fewer").document
    return run, wanted(once, run, "A second city")


def test_beyond_the_included_rounds_a_change_request_must_be_settled_first() -> None:
    run, document = beyond()
    assert document.open_request
    assert refused(lambda: edited(document, run, "Two cities")) == "request_open"
    assert refused(lambda: sent(document, run)) == "request_open"


def test_a_price_stands_in_the_next_version_and_moves_the_date() -> None:
    run, document = beyond()
    change = price_request(document, run, FACTS, cost="CNY 12,000", days=5, by=LEAD, at=MONDAY)
    due, moved = found(run, "confirm").due_at, found(change.run, "confirm").due_at
    assert due
    assert moved
    assert FACTS.calendar.between(due.date(), moved.date()) == 5
    assert found(change.run, "work").due_at != found(run, "work").due_at
    text = edited(change.document, change.run, "Two cities").document.versions[-1].text
    assert "1. A second city · CNY 12,000 · +5 d" in text
    assert (
        refused(
            lambda: price_request(change.document, run, FACTS, cost="1", days=0, by=LEAD, at=MONDAY)
        )
        == "no_request"
    )


@pytest.mark.parametrize(("cost", "days"), [("", 1), ("100", -1), ("100", 10_000)])
def test_a_price_needs_cost_and_sensible_days(cost: str, days: int) -> None:
    run, document = beyond()
    assert (
        refused(
            lambda: price_request(document, run, FACTS, cost=cost, days=days, by=LEAD, at=MONDAY)
        )
        == "price_missing"
    )


def test_only_who_signs_for_us_waives_it() -> None:
    run, document = beyond()
    assert refused(lambda: waive_request(document, run, by=LEAD, at=MONDAY)) == "head_only"
    waived = waive_request(document, run, by=WEI, at=MONDAY)
    assert waived.events[0].kind is EventKind.CHANGE_WAIVED
    text = edited(waived.document, run, "Two cities").document.versions[-1].text
    assert "A second city" not in text


def test_only_the_clients_signatory_wants_changes() -> None:
    run, document = to_sign()
    assert (
        refused(lambda: ask_changes(document, run, text="x", version=1, by=STRANGER, at=MONDAY))
        == "not_signatory"
    )
    assert (
        refused(lambda: ask_changes(document, run, text=" ", version=1, by=OUTSIDER, at=MONDAY))
        == "words_missing"
    )


def test_without_rounds_nothing_is_counted_as_extra() -> None:
    run, document = to_sign()
    for number in range(4):
        document = edited(wanted(document, run), run, f"Goal {number}").document
    assert rounds_used(document) == 4
    assert document.open_request is None


def test_the_client_is_reminded_after_two_working_days_then_every_three_and_no_more() -> None:
    run, document = to_sign()
    assert document.chase_at is None  # nobody of the client has it yet
    document = sent(document, run)
    assert document.waiting_since() == MONDAY
    moments = []
    while document.chase_at:
        at = document.chase_at
        change = chase_client(document, run, FACTS, at=at)
        moments += [at] * len(change.events)
        document = change.document
    shown = [moment.strftime("%m-%d %H:%M") for moment in moments]
    assert shown == ["03-04 02:00", "03-09 02:00", "03-12 02:00", "03-17 02:00"]
    assert len(shown) == CHASES


def test_nobody_is_reminded_before_the_time_or_of_what_is_returned() -> None:
    run, document = to_sign()
    document = sent(document, run)
    assert chase_client(document, run, FACTS, at=MONDAY + timedelta(days=1)).events == ()
    assert wanted(document, run).chase_at is None
    assert wanted(document, run).waiting_since() is None


def test_off_hours_a_reminder_waits_for_the_morning() -> None:
    run, document = to_sign()
    document = sent(document, run)
    change = chase_client(document, run, FACTS, at=utc("2026-03-07 12:00"))
    assert change.events == ()
    assert change.document.chase_at == utc("2026-03-09 01:00")


def test_what_the_waiting_costs_is_counted_in_working_days() -> None:
    run, _ = to_sign()
    step = found(run, "confirm")
    assert days_lost(run, step, at=MONDAY) == 0
    assert days_lost(run, step, at=utc("2026-03-12 02:00")) == 3
    assert hanging_on(run, step) == 1
