"""A document is filled, frozen in versions, and signed by both sides on the very same one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from playbooks.document_actions import add_note, fill_document, freeze_document
from playbooks.document_text import Line, differences, digest_of
from playbooks.documents import Document, is_signed
from playbooks.people import Person
from playbooks.run import EventKind, Run, RunStatus, StepStatus
from playbooks.signatures import OUTSIDER
from playbooks.signing import (
    Paper,
    code_prefix,
    establish,
    record_paper,
    send_link,
    sign_document,
    witness_paper,
)
from tests.playbooks.engine import DORA, NINA, STRANGER, found, kinds, refused
from tests.playbooks.signing_run import (
    CLIENT,
    FACTS,
    LEAD,
    MONDAY,
    WEI,
    edited,
    signing_run,
    to_sign,
)


def ours(document: Document, run: Run, *, by: str = WEI) -> Document:
    return sign_document(
        document, run, role="writer", version=document.number, by=by, at=MONDAY
    ).document


def theirs(document: Document, run: Run) -> Document:
    return sign_document(
        document, run, role="client", version=document.number, by=OUTSIDER, name=CLIENT, at=MONDAY
    ).document


def test_answers_are_kept_over_several_sittings() -> None:
    run, document = signing_run()
    first = fill_document(document, run, answers={"goal": ("More",)}, by=LEAD, at=MONDAY)
    second = fill_document(first.document, run, answers={"budget": ("500",)}, by=LEAD, at=MONDAY)
    assert second.document.answers == {"goal": ("More",), "budget": ("500",)}
    assert second.document.versions == ()


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"budget": ("lots",)}, "answer.number"),
        ({"budget": ("-1",)}, "answer.min"),
        ({"budget": ("nan",)}, "answer.number"),
        ({"goal": ("a", "b")}, "answer.choice"),
        ({"goal": ("x" * 3001,)}, "answer.long"),
        ({"else": ("x",)}, "answer.choice"),
    ],
)
def test_an_answer_that_does_not_fit_is_named(
    answers: dict[str, tuple[str, ...]], problem: str
) -> None:
    run, document = signing_run()
    with pytest.raises(Exception, match="form_invalid") as error:
        fill_document(document, run, answers=answers, by=LEAD, at=MONDAY)
    [found_problem] = error.value.facts["fields"].values()  # type: ignore[attr-defined]
    assert found_problem.key == problem


def test_only_owner_and_lead_fill_it_in_slack() -> None:
    run, document = signing_run()
    fill = {"goal": ("x",)}
    assert (
        refused(lambda: fill_document(document, run, answers=fill, by=STRANGER, at=MONDAY))
        == "not_yours"
    )


def test_what_is_required_must_be_answered_before_it_is_frozen() -> None:
    run, document = signing_run()
    assert refused(lambda: freeze_document(document, run, by=LEAD, at=MONDAY)) == (
        "document_incomplete"
    )


def test_a_version_holds_the_text_and_its_hash() -> None:
    run, document = to_sign()
    [version] = document.versions
    assert version.text == "# Confirmation\n\n- **Goal** More dealers\n- **Budget** –\n"
    assert version.digest == digest_of(version.text)
    again = freeze_document(document, run, by=LEAD, at=MONDAY)
    assert again.document.versions == document.versions
    assert again.events == ()


def test_both_signatures_close_the_step_and_issue_the_code() -> None:
    run, document = to_sign()
    document = theirs(ours(document, run), run)
    assert is_signed(document)
    change = establish(document, run, FACTS, code="CP-2026-0001", by=OUTSIDER, at=MONDAY)
    assert change.run.code == "CP-2026-0001"
    assert change.run.established_at == MONDAY
    assert found(change.run, "confirm").status is StepStatus.DONE
    assert found(change.run, "work").status is StepStatus.ACTIVE
    assert not found(change.run, "work").due_planned
    assert kinds(change.events)[0] == (EventKind.STEP_DONE, "confirm")
    assert (EventKind.RUN_ESTABLISHED, "confirm") in kinds(change.events)


def test_one_signature_establishes_nothing() -> None:
    run, document = to_sign()
    signed = ours(document, run)
    assert not is_signed(signed)
    assert establish(signed, run, FACTS, code="X", by=WEI, at=MONDAY).run == run


def test_a_second_document_keeps_the_code_of_the_first() -> None:
    run, document = to_sign()
    run = replace(run, code="CP-2026-0001", established_at=MONDAY)
    signed = theirs(ours(document, run), run)
    change = establish(signed, run, FACTS, code="CP-2026-0002", by=WEI, at=MONDAY)
    assert change.run.code == "CP-2026-0001"
    assert EventKind.RUN_ESTABLISHED not in {event.kind for event in change.events}


def test_an_edit_voids_the_signatures_and_asks_all_again() -> None:
    run, document = to_sign()
    document = send_link(
        document, run, role="client", name=CLIENT, email="z@client.example", by=LEAD, at=MONDAY
    ).document
    signed = ours(document, run)
    change = edited(signed, run, "Even more dealers")
    assert change.document.number == 2
    assert change.document.missing() == document.needs
    assert [event.kind for event in change.events] == [
        EventKind.DOCUMENT_FROZEN, EventKind.DOCUMENT_VOIDED, EventKind.DOCUMENT_ASKED,
    ]  # fmt: skip
    asked = [(one.role, one.person, one.email) for one in change.document.asked if one.version == 2]
    assert asked == [("writer", WEI, ""), ("client", "", "z@client.example")]
    assert differences(*(version.text for version in change.document.versions)) == (
        Line("-", "- **Goal** More dealers"), Line("+", "- **Goal** Even more dealers"),
    )  # fmt: skip
    assert (
        refused(
            lambda: sign_document(change.document, run, role="writer", version=1, by=WEI, at=MONDAY)
        )
        == "version_replaced"
    )


def test_an_edit_that_changes_nothing_voids_nothing() -> None:
    run, document = to_sign()
    signed = ours(document, run)
    assert edited(signed, run, " More dealers\n").document == signed


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
