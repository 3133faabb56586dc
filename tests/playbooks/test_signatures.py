"""Only who is named signs, once, in time, and paper before a witness."""

from dataclasses import replace
from datetime import timedelta

import pytest

from playbooks.document_actions import add_note, fill_document
from playbooks.documents import is_signed
from playbooks.people import Person
from playbooks.run import RunStatus, StepStatus
from playbooks.signatures import OUTSIDER
from playbooks.signing import (
    Paper,
    code_prefix,
    record_paper,
    send_link,
    sign_document,
    witness_paper,
)
from tests.playbooks.engine import DORA, NINA, STRANGER, found, refused
from tests.playbooks.signing_run import (
    CLIENT,
    FACTS,
    LEAD,
    MONDAY,
    WEI,
    ours,
    signing_run,
    to_sign,
)


def test_only_the_named_person_signs_and_once() -> None:
    run, document = to_sign()
    assert refused(lambda: ours(document, run, by=LEAD)) == "not_signatory"
    signed = ours(document, run)
    assert refused(lambda: ours(signed, run)) == "already_signed"


def test_one_person_signs_for_one_side_only() -> None:
    run, document = to_sign(people={"lead": (LEAD,), "writer": (WEI,), "client": (WEI,)})
    signed = ours(document, run)
    assert (
        refused(lambda: sign_document(signed, run, role="client", version=1, by=WEI, at=MONDAY))
        == "signs_twice"
    )


def test_nothing_is_signed_before_it_is_handed_in_or_after_the_run() -> None:
    run, document = to_sign()
    early = run.with_step(replace(found(run, "confirm"), status=StepStatus.ACTIVE))
    late = replace(run, status=RunStatus.CANCELLED)
    assert refused(lambda: ours(document, early)) == "not_to_sign"
    assert refused(lambda: ours(document, late)) == "not_to_sign"


@pytest.mark.parametrize("email", ["", "zhao", "a b@c.de", "a@b", "a@b.c\nBcc: x@y.zz", "<a@b.cd>"])
def test_a_link_needs_an_address_that_can_be_one(email: str) -> None:
    run, document = to_sign()
    send = {"role": "client", "name": CLIENT, "by": LEAD, "at": MONDAY}
    assert refused(lambda: send_link(document, run, email=email, **send)) == "email_wrong"  # type: ignore[arg-type]


def test_links_are_sent_by_the_account_manager_to_the_clients_side() -> None:
    run, document = to_sign()

    def send(role: str, by: str, name: str = CLIENT) -> str:
        return refused(
            lambda: send_link(
                document, run, role=role, name=name, email="z@c.example", by=by, at=MONDAY
            )
        )

    assert send("client", STRANGER) == "not_yours"
    assert send("writer", LEAD) == "link_unwanted"
    assert send("client", LEAD, name=" ") == "name_missing"


def test_paper_counts_once_a_second_person_has_seen_it() -> None:
    run, document = to_sign()
    paper = Paper("client", CLIENT, "F0SCAN", DORA)
    change = record_paper(document, run, FACTS, paper=paper, by=LEAD, at=MONDAY)
    recorded = ours(change.document, run)
    assert not is_signed(recorded)
    see = {"role": "client", "version": 1, "at": MONDAY}
    assert refused(lambda: witness_paper(recorded, run, FACTS, by=LEAD, **see)) == "witness_wrong"  # type: ignore[arg-type]
    seen = witness_paper(recorded, run, FACTS, by=DORA, **see)  # type: ignore[arg-type]
    assert is_signed(seen.document)
    facts = seen.events[0].facts
    assert (facts["method"], facts["witness"], facts["recorded_by"]) == ("paper", DORA, LEAD)
    assert (
        refused(
            lambda: witness_paper(seen.document, run, FACTS, by=NINA, **see)  # type: ignore[arg-type]
        )
        == "already_signed"
    )


def test_paper_needs_a_name_a_scan_and_a_witness_of_the_team() -> None:
    run, document = to_sign()
    guest = replace(
        FACTS, people={**FACTS.people, "UGUEST": Person("UGUEST", "G", is_external=True)}
    )
    wrong = {
        Paper("client", "", "F", DORA): "name_missing",
        Paper("client", CLIENT, "", DORA): "paper_missing",
        Paper("client", CLIENT, "F", LEAD): "witness_wrong",
        Paper("client", CLIENT, "F", "UGUEST"): "witness_wrong",
        Paper("writer", CLIENT, "F", DORA): "name_missing",
        Paper("nobody", CLIENT, "F", DORA): "stale_button",
    }
    for paper, code in wrong.items():
        assert code == refused(
            lambda paper=paper: record_paper(  # type: ignore[misc]
                document, run, guest, paper=paper, by=LEAD, at=MONDAY
            )
        )


def test_a_remark_is_kept_and_changes_no_signature() -> None:
    run, document = to_sign()
    signed = ours(document, run)
    noted = add_note(signed, run, text=" Please explain ", name="Mr Wu", at=MONDAY)
    assert noted.document.notes[0].text == "Please explain"
    assert noted.document.missing() == signed.missing()
    again = add_note(noted.document, run, text="Please explain", name="Mr Wu", at=MONDAY)
    assert again.events == ()


def test_an_outsider_fills_only_a_draft() -> None:
    run, document = signing_run()
    change = fill_document(
        document, run, answers={"goal": ("x",)}, by=OUTSIDER, name="Mr Wu",
        at=MONDAY + timedelta(hours=1),
    )  # fmt: skip
    assert [event.facts for event in change.events] == [{"name": "Mr Wu"}]
    run, document = to_sign()
    assert (
        refused(
            lambda: fill_document(
                document, run, answers={"goal": ("x",)}, by=OUTSIDER, name="Mr Wu", at=MONDAY
            )
        )
        == "document_closed"
    )


def test_the_prefix_of_a_code_comes_from_the_playbook() -> None:
    assert code_prefix("client-project") == "CP"
    assert code_prefix("event") == "EV"
