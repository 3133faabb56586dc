"""A document is filled, frozen in versions, and signed by both sides on the very same one."""

from dataclasses import replace

import pytest

from playbooks.document_actions import fill_document, freeze_document
from playbooks.document_text import Line, differences, digest_of
from playbooks.documents import is_signed
from playbooks.run import EventKind, StepStatus
from playbooks.signatures import OUTSIDER
from playbooks.signing import (
    establish,
    send_link,
    sign_document,
)
from tests.playbooks.engine import STRANGER, found, kinds, refused
from tests.playbooks.signing_run import (
    CLIENT,
    FACTS,
    LEAD,
    MONDAY,
    WEI,
    edited,
    ours,
    signing_run,
    theirs,
    to_sign,
)


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
