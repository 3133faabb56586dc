"""A run with one document that both sides sign, for the tests of the rules."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playbooks.document_actions import fill_document, freeze_document
from playbooks.documents import Document, DocumentChange, new_document
from playbooks.run import Run
from playbooks.signatures import OUTSIDER
from playbooks.signing import sign_document
from playbooks.signing_rounds import ask_again
from playbooks.submission import complete_step
from tests.playbooks.engine import FACTS, FORM, LEAD, MONDAY, WEI, found, playbook_of, start, step

CLIENT = "Ms Zhao"
SIGN = [{"side": "ours", "by": "writer"}, {"side": "client", "by": "client"}]
FORMS: Any = [
    {
        "id": "req", "title": "Requirement confirmation",
        "questions": [
            {"id": "goal", "ask": "The goal?", "required": True},
            {"id": "budget", "ask": "The budget?", "type": "number", "min": 0},
        ],
        "document": "# Confirmation\n\n- **Goal** {{goal}}\n- **Budget** {{budget}}",
    }
]  # fmt: skip
ROLES: Mapping[str, Any] = {
    "lead": {"title": "Lead", "lead": True}, "writer": {"title": "Head"},
    "client": {"title": "Decision maker", "outsider": True},
}  # fmt: skip


def signing_run(*, rounds: int | None = None, **form: Any) -> tuple[Run, Document]:
    """The run, just started, and its document with nothing in it."""
    told = step("confirm", form="req", sign=SIGN)
    if rounds is not None:
        told["rounds"] = rounds
    after = step("work", needs=["confirm"], due="after(confirm) + 5 workdays")
    playbook = playbook_of(told, after, forms=FORMS, roles=ROLES, id="client-project")
    people = {"lead": (LEAD,), "writer": (WEI,)}
    filled = replace(FORM, people=people, anchor_on=None, outsiders={"client": CLIENT})
    run = start(playbook, replace(filled, **form)).run
    return run, new_document(run, found(run, "confirm"))


def to_sign(*, rounds: int | None = None, **form: Any) -> tuple[Run, Document]:
    """The run and its document in version 1, which both sides have been asked to sign."""
    run, document = signing_run(rounds=rounds, **form)
    change = fill_document(document, run, answers={"goal": ("More dealers",)}, by=LEAD, at=MONDAY)
    frozen = freeze_document(change.document, run, by=LEAD, at=MONDAY).document
    run = complete_step(run, "confirm", FACTS, by=LEAD, at=MONDAY).run
    return run, ask_again(frozen, run, by=LEAD, at=MONDAY).document


def edited(document: Document, run: Run, goal: str) -> DocumentChange:
    """The account manager corrects the goal."""
    return fill_document(document, run, answers={"goal": (goal,)}, by=LEAD, at=MONDAY)


def ours(document: Document, run: Run, *, by: str = WEI) -> Document:
    """Whoever signs for us does."""
    return sign_document(
        document, run, role="writer", version=document.number, by=by, at=MONDAY
    ).document


def theirs(document: Document, run: Run) -> Document:
    """The client's signatory does, through a link."""
    return sign_document(
        document, run, role="client", version=document.number, by=OUTSIDER, name=CLIENT, at=MONDAY
    ).document


__all__ = [
    "CLIENT",
    "FACTS",
    "LEAD",
    "MONDAY",
    "WEI",
    "edited",
    "ours",
    "signing_run",
    "theirs",
    "to_sign",
]
