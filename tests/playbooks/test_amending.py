"""What changes after it was handed in: the step's policy, and who says whether it matters."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from playbooks.amendments import judge_change
from playbooks.deliverables import stage_of
from playbooks.levels import standing
from playbooks.records import Evidence
from playbooks.run import EventKind, Refused, Run, RunStatus, StepStatus
from playbooks.step_actions import add_evidence, reopen_step
from playbooks.submission import Handed, complete_step
from tests.playbooks.engine import DORA, FACTS, LEAD, MONDAY, WEI, found, started, step
from tests.playbooks.submitting import FILE, LATER, ONE, TWO, approved, fetched, submitted


@pytest.mark.parametrize("people", [(), (WEI,), (WEI, LEAD)])
def test_reset_voids_what_was_decided_however_far_it_was(people: tuple[str, ...]) -> None:
    run = approved(fetched(submitted(), F1=ONE).run, *people)
    change = fetched(run, F1=TWO)
    now = found(change.run, "kv")
    outcome = standing(change.run, now)
    assert outcome
    assert (now.status, outcome.outcome) == (StepStatus.ACTIVE, "changed")
    assert found(change.run, "next").status is StepStatus.WAITING
    [event] = [e for e in change.events if e.kind is EventKind.SUBMISSION_CHANGED]
    assert event.by == WEI
    assert event.facts["changes"] == [["replaced", "kv.pdf", ONE.digest, TWO.digest]]
    assert stage_of(change.run, now) == "draft"
    assert now.versions[0].evidence[0].digest == ONE.digest


def test_the_same_content_again_is_no_change() -> None:
    run = approved(fetched(submitted(), F1=ONE).run, WEI, LEAD)
    change = fetched(run, F1=ONE)
    assert (change.run, change.events) == (run, ())


@pytest.mark.parametrize(
    ("kind", "piece", "counts"),
    [
        ("file", replace(FILE, value="F9"), True),
        ("file", replace(FILE, kind="link", value="https://a"), False),
        ("link", replace(FILE, kind="message", value="https://b"), True),
        ("text", replace(FILE, kind="text", value="new"), True),
        ("list", replace(FILE, value="F9"), False),
    ],
)
def test_more_of_the_deliverable_is_a_change_and_nothing_else(
    kind: str, piece: Evidence, counts: bool
) -> None:
    kinds: dict[str, Any] = {"list": "file"}
    first = replace(FILE, kind=kinds.get(kind, kind), value="https://first")
    run = approved(submitted("reset", first, kind=kind), WEI)
    change = add_evidence(run, "kv", FACTS, evidence=piece, by=LEAD, at=LATER)
    now = found(change.run, "kv")
    assert (now.status is StepStatus.ACTIVE) is counts
    assert now.evidence[-1].value == piece.value
    assert now.versions[0].evidence == found(run, "kv").versions[0].evidence


def test_a_step_nobody_else_decides_on_takes_evidence_as_ever() -> None:
    run = started(step("kv", "designer", deliverable={"title": "It", "kind": "file"}), step("b"))
    run = complete_step(run, "kv", FACTS, by=DORA, at=MONDAY, handed=Handed(evidence=[FILE])).run
    more = replace(FILE, value="F2")
    change = add_evidence(run, "kv", FACTS, evidence=more, by=LEAD, at=LATER)
    assert [e.kind for e in change.events] == [EventKind.EVIDENCE_ADDED]
    assert found(change.run, "kv").status is StepStatus.DONE


def test_what_changes_after_the_run_has_ended_is_told_and_opens_nothing() -> None:
    run = approved(fetched(submitted(), F1=ONE).run, WEI, LEAD)
    run = complete_step(run, "next", FACTS, by=LEAD, at=LATER).run
    assert run.status is RunStatus.FINISHED
    change = fetched(run, F1=TWO)
    now = found(change.run, "kv")
    assert (now.status, now.moves[-1].kind) == (StepStatus.DONE, "amend")
    assert stage_of(change.run, now) == "internal"


@pytest.mark.parametrize("policy", ["notify", "ask"])
def test_the_approval_stands_where_the_policy_lets_it(policy: str) -> None:
    run = approved(fetched(submitted(policy), F1=ONE).run, WEI, LEAD)
    now = found(fetched(run, F1=TWO).run, "kv")
    move = now.moves[-1]
    assert (now.status, move.kind, move.before, move.after) == (
        StepStatus.DONE, "amend", ONE.digest, TWO.digest,
    )  # fmt: skip
    assert move.to == (LEAD if policy == "ask" else "")


def asked() -> Run:
    """A change that Lei, who decided last, is asked about."""
    run = approved(fetched(submitted("ask"), F1=ONE).run, WEI, LEAD)
    return fetched(run, F1=TWO).run


def judge(run: Run, material: bool, by: str = LEAD, version: int = 1) -> Run:
    return judge_change(run, "kv", version, FACTS, material=material, by=by, at=LATER).run


def test_who_was_asked_says_once_whether_it_matters() -> None:
    run = judge(asked(), material=False)
    assert found(run, "kv").status is StepStatus.DONE
    refusals: Mapping[str, Any] = {
        "nothing_changed": lambda: judge(run, material=True),
        "judges_other": lambda: judge(asked(), material=True, by=WEI),
        "version_passed": lambda: judge(asked(), material=True, version=2),
    }
    for code, act in refusals.items():
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == code
    again = judge(asked(), material=True)
    assert found(again, "kv").status is StepStatus.ACTIVE
    assert found(again, "next").status is StepStatus.WAITING


def test_a_deliverable_is_authorised_only_once_approved_inside() -> None:
    run = fetched(submitted(), F1=ONE).run
    assert stage_of(run, found(run, "kv"), signed=True) == "draft"
    run = approved(run, WEI, LEAD)
    assert stage_of(run, found(run, "kv")) == "internal"
    assert stage_of(run, found(run, "kv"), signed=True) == "authorised"
    run = reopen_step(run, "kv", FACTS, by=LEAD, at=LATER).run
    assert stage_of(run, found(run, "kv"), signed=True) == "draft"
