"""Whatever people do in whatever order: "signed" means all signed the very same text."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from playbooks.documents import Document, DocumentChange, is_signed
from playbooks.revisions import ask_changes, price_request, waive_request
from playbooks.run import Refused, Run
from playbooks.signatures import OUTSIDER
from playbooks.signing import Paper, record_paper, send_link, sign_document, witness_paper
from tests.playbooks.engine import DORA
from tests.playbooks.signing_run import CLIENT, FACTS, LEAD, MONDAY, WEI, edited, to_sign

Doing = tuple[str, int, str]
DEEDS = ["edit", "ours", "theirs", "paper", "witness", "send", "changes", "price", "waive"]
doings = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(1, 4), st.sampled_from(["A", "B", "C"])),
    max_size=25,
)


def do(document: Document, run: Run, doing: Doing) -> Document:
    """What one of them does; raises Refused where the rules do not allow it."""
    deed, number, word = doing
    on: dict[str, Any] = {"document": document, "run": run, "at": MONDAY}
    facts: dict[str, Any] = {"facts": FACTS}
    paper = Paper("client", CLIENT, word, DORA)
    mail: dict[str, Any] = {"name": CLIENT, "email": f"{word}@client.example", "role": "client"}
    acts: dict[str, Callable[[], DocumentChange]] = {
        "edit": lambda: edited(document, run, word),
        "ours": lambda: sign_document(**on, role="writer", version=number, by=WEI),
        "theirs": lambda: sign_document(**on, role="client", version=number, by=OUTSIDER),
        "paper": lambda: record_paper(**on, **facts, paper=paper, by=LEAD),
        "witness": lambda: witness_paper(**on, **facts, role="client", version=number, by=DORA),
        "send": lambda: send_link(**on, **mail, by=LEAD),
        "changes": lambda: ask_changes(**on, text=word, version=number, by=OUTSIDER),
        "price": lambda: price_request(**on, **facts, cost=word, days=0, by=LEAD),
        "waive": lambda: waive_request(**on, by=WEI),
    }
    return acts[deed]().document


@given(doings)
def test_signed_means_that_every_side_signed_the_same_digest(done: list[Doing]) -> None:
    run, document = to_sign(rounds=1)
    for doing in done:
        before = document
        with suppress(Refused):
            document = do(document, run, doing)
        assert document.versions[: before.number] == before.versions  # nothing frozen changes
        assert len(document.signatures) >= len(before.signatures)
        digest = document.versions[-1].digest
        agreeing = {
            one.role
            for one in document.signatures
            if one.digest == digest and one.version == document.number and one.counts
        }
        assert is_signed(document) == (agreeing == {"writer", "client"})


@given(doings)
def test_a_witness_is_never_who_recorded_the_paper(done: list[Doing]) -> None:
    run, document = to_sign()
    for doing in done:
        with suppress(Refused):
            document = do(document, run, doing)
    for signature in document.signatures:
        assert signature.counts == (signature.method != "paper" or bool(signature.witness))
        assert not signature.witness or signature.witness != signature.recorded_by


def test_a_signature_on_another_text_does_not_count() -> None:
    run, document = to_sign()
    for role, by in (("writer", WEI), ("client", OUTSIDER)):
        document = sign_document(document, run, role=role, version=1, by=by, at=MONDAY).document
    assert is_signed(document)
    forged = replace(document.versions[-1], digest="0" * 64)
    assert not is_signed(replace(document, versions=(forged,)))
